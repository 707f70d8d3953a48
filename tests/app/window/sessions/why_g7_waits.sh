# Which goroutine waits, and for what: the window says of G7 what the recording holds.
"$program" run unbuffered_chain --set last=6 --engine virtual --seed 1 --policy costs=1x \
    --record "$folder/relay.golanes" >"$folder/log" 2>&1 || true  # it ends in a deadlock
"$program" dump "$folder/relay.golanes" >"$folder/dump"
place=$(grep ' go_block  g=7 .* chan send ' "$folder/dump" | tail -n 1 | grep -oE '[a-z_]+\.cpp:[0-9]+')
[[ -n $place ]] || fail "in the recording G7 does not wait for a channel"

open_window '^Golanes - relay.golanes' "$folder/relay.golanes"
need_item view.why
xdotool key 6
need_item why.title
click why.G7
need_item inspector.name
need_words '\(G7\)'
grep -E 'chan send|发送' <(words) | grep -qF "$place" || fail "it is not said that G7 waits to send at $place"
picture why_g7_waits
close_window
