#!/usr/bin/env bash
# sessions.sh PROGRAM [FOLDER]: what a person does with the window, done on a virtual screen from
# outside: one script a session in sessions/. Pictures of how each ended are left in FOLDER.
# SESSION=name runs one; SESSION_LANGUAGE=zh_CN and SESSION_THEME=light change the window's look.
# Needs xvfb, xauth, xdotool and imagemagick.
# shellcheck disable=SC2034,SC2154  # driver.sh and the sessions share these variables
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [[ ${1:-} != --inside ]]; then
    exec xvfb-run -a -s "-screen 0 1280x800x24 -noreset" "$here/sessions.sh" --inside "$(realpath "$1")" "${2:+$(realpath "$2")}"
fi

# Each in a shell of its own, with a folder and a window of its own.
run_session() (
    set -e
    title=$(basename "$1" .sh)
    program=$2
    # shellcheck source=driver.sh
    source "$here/driver.sh"
    pictures=${3:-$folder}
    # shellcheck source=/dev/null
    source "$1"
    printf '%s: %d s\n' "$title" "$SECONDS"
)

failed=0
set +e  # after `||` a session would go on behind what failed
for session in "$here"/sessions/${SESSION:-*}.sh; do
    SECONDS=0
    run_session "$session" "$2" "$3"
    failed=$((failed | $?))
done
exit "$failed"
