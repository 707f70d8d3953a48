# The same program on one P and on two: the window's times are those of the runs themselves.
run_on() {  # PROCS: says its wall time and records it
    "$program" run alternate --engine virtual --seed 1 --procs "$1" --record "$folder/$1.golanes" |
        sed -n 's/^ *wall time *//p'
}

one=$(run_on 1)
two=$(run_on 2)
open_window '^Golanes - 1.golanes' "$folder/1.golanes"
click view.twin
click twin.by_procs
click twin.procs
click twin.P2
click twin.compare
need_item twin.verdict
times=$(awk -v one="$one" -v two="$two" 'BEGIN { printf "%s / %s = %.2f", one, two, one / two }')
words | grep -qF "$times" || fail "the comparison does not say $times"
picture compare_p1_p2
close_window
