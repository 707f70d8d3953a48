# The P slider of a program that runs: the run's own events tell that it took effect.
open_window '^Golanes - ' --no-tour
need_words 'P = 2'
click procs 0.21875  # the fourth of sixteen places
need_words 'P = 4'

runs_on_p3() {
    save_recording alternate.golanes
    "$program" dump "$folder/alternate.golanes" >"$folder/dump"
    grep -q ' P3 .* go_start ' "$folder/dump"
}

eventually runs_on_p3 || fail "nothing ran on P3"
grep -q 'proc_count  a=2$' "$folder/dump" || fail "the run did not begin with two Ps"
grep -q 'proc_count  a=4' "$folder/dump" || fail "no change to four Ps in the recording"  # in a run or between two
picture change_p
close_window
