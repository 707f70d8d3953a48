# From a bar of the outcomes to a run that lost updates: it is made again, and loses the same.
open_window '^Golanes - ' --no-tour
need_words '^(Events|事件) [1-9]'  # which are unsaved
scroll_to panel.scenarios scenario.race_counter
press scenario.race_counter
click quit.discard
click engine.virtual
need_item status.virtual
xdotool key 4
click outcomes.count
need_item outcomes.P8.virtual.0
need_item outcomes.count  # again: the counting has ended

shows_result() { shows ": $result$|^(outcome|结果) +$result$"; }

result=$(words | grep -E '^P = 2' | grep -oE '[0-9]+: [0-9]+ $' | cut -d: -f1 || true)  # of the last bar
((${result:-100} < 100)) || fail "no lost updates among the results: ${result:-none}"
bar=$(grep -oE '^item outcomes\.P2\.virtual\.[0-9]+ ' "$report" | tail -n 1 | cut -d' ' -f2)
click "$bar"
click quit.discard
need_words "^gl1\.race_counter\.p2\."
eventually shows_result || fail "the run of the bar \"$result\" does not show this result"
token=$(words | grep -oE '^gl1\.race_counter\.[^ ]+')
picture losing_run

xdotool key h  # a run that stands does not grow while it is saved
save_recording race_counter.golanes
"$program" dump "$folder/race_counter.golanes" >"$folder/dump"
grep -qF "\"$token\"" "$folder/dump" || fail "the recording is not of the token $token"
results=$(grep ' outcome ' "$folder/dump" | grep -oE 'result [0-9]+' | sort -u)
[[ $results == "result $result" ]] || fail "the bar said $result, the runs in the recording: $results"
close_window
