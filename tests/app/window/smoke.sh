#!/usr/bin/env bash
# smoke.sh PROGRAM: starts the real window on a virtual screen and drives it from outside: it opens
# a recording, takes keys, mouse and a new size, and closes; it shows a live run, and its child ends
# with it. Needs xvfb, xauth and xdotool.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [[ ${1:-} != --inside ]]; then
    exec xvfb-run -a -s "-screen 0 1280x800x24 -noreset" "$here/smoke.sh" --inside "$(realpath "$1")"
fi
title=smoke
program=$2
# shellcheck source=driver.sh
source "$here/driver.sh"
unset GOLANES_REPORT  # as a person starts it

drive() {
    xdotool mousemove 640 400 click 4 click 5 click 1
    xdotool key space space Right Left
    xdotool windowsize "$window" 900 600
    xdotool windowsize "$window" 1200 700
    sleep 1
    ! window_ended || fail "the window went away while it was used"
}

"$program" run alternate --duration 200ms --record "$folder/run.golanes" >"$folder/log" 2>&1 ||
    fail "cannot record a run"
open_window '^Golanes - run.golanes' "$folder/run.golanes"
drive
xdotool key ctrl+q
eventually window_ended || fail "Ctrl+Q did not close the window"
wait "$window_pid" || fail "the window ended with exit code $?"

open_window '^Golanes - ' --no-tour
eventually has_child || fail "the live run has no process of its own"
drive
run_pids=$(children)
[[ -n $run_pids ]] || fail "the live run went away while the window was used"
kill -9 "$window_pid"
wait "$window_pid" 2>/dev/null || true
window_pid=
for pid in $run_pids; do
    run_ended() { [[ ! -e /proc/$pid ]] || grep -q '^State:[[:space:]]*Z' "/proc/$pid/status" 2>/dev/null; }
    eventually run_ended || fail "the run outlived the window"
done
