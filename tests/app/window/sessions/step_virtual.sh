# A virtual run event by event: on, back to where it was, on again; the run itself is led on.
open_window '^Golanes - ' --no-tour
click engine.virtual
need_item status.virtual

# Where the window stands, "event 1,204 at 1.20 ms", and how many events there are.
event_number() { words | grep -oE '(event|事件) [0-9,]+( at|，)' | tail -n 1 | tr -dc 0-9 || true; }
event_count() { words | grep -E '^(Events|事件) [0-9,]+$' | tr -dc 0-9; }
stands_beyond() { look && [[ $(event_number) -gt $1 ]]; }
stands_at() { look && [[ $(event_number) -eq $1 ]]; }

step_on() {
    local from
    from=$(event_number)
    xdotool key period
    eventually stands_beyond "${from:-0}" || fail "no step on from event ${from:-0}"
}

# The first step may stand before the last event: those behind it are gone through first.
leads_the_run() { step_on && [[ $(event_count) -gt $1 ]]; }

step_on
first=$(event_number)
step_on
xdotool key comma
eventually stands_at "$first" || fail "no step back to event $first"
picture step_virtual
count=$(event_count)
eventually leads_the_run "$count" || fail "the run stays at its event $count"

count=$(event_count)
save_recording alternate.golanes
recorded=$("$program" info --json "$folder/alternate.golanes" | grep -oE '"events": [0-9]+' | tr -dc 0-9)
((recorded == count)) || fail "led to event $count, the run went on to $recorded"
close_window
