# Drives the real window on a virtual screen from outside; sourced by smoke.sh and sessions.sh.
# Expects `program`; `folder` is a temporary one and the window's home. Needs xdotool.
# shellcheck shell=bash disable=SC2154  # the two say who they are, and where the program is
# What the window shows is asked of itself (app/window/window_report.h): no pixel is compared.

folder=$(mktemp -d)
report=$folder/report
window_pid=
trap '[[ -z $window_pid ]] || kill -9 "$window_pid" 2>/dev/null || true; rm -rf "$folder"' EXIT
export HOME=$folder XDG_STATE_HOME=$folder/state XDG_CONFIG_HOME=$folder/config
export XDG_CACHE_HOME=$folder/cache XDG_DATA_HOME=$folder/data TMPDIR=$folder
export LIBGL_ALWAYS_SOFTWARE=1 GOLANES_REPORT=$report
export LANGUAGE=${SESSION_LANGUAGE:-en}

fail() {
    printf '%s: %s\n' "${title:-window}" "$*" >&2
    cat "$folder/log" >&2
    [[ ! -e $report ]] || { printf '%s\n' '--- The window showed:' && grep -v '^item\|^hidden' "$report"; } >&2
    exit 1
}

# Tries a command for up to 20 seconds.
eventually() {
    local _
    for _ in $(seq 200); do
        if "$@"; then
            return 0
        fi
        sleep 0.1
    done
    return 1
}

find_window() { window=$(xdotool search --onlyvisible --name "$1" 2>/dev/null | head -n 1) && [[ -n $window ]]; }
window_ended() { ! kill -0 "$window_pid" 2>/dev/null; }
has_child() { [[ -n $(children) ]]; }
children() { cat "/proc/$window_pid"/task/*/children 2>/dev/null || true; }

# open_window TITLE [ARGUMENTS]
open_window() {
    local title=$1
    shift
    (cd "$folder" && exec "$program" "$@") >"$folder/log" 2>&1 &
    window_pid=$!
    eventually find_window "$title" || fail "no window called $title"
    [[ ${SESSION_THEME:-} != light ]] || use_light_theme
}

use_light_theme() {
    local name
    for name in menu.view menu.theme menu.light; do
        click "$name"
    done
    xdotool mousemove --window "$window" 640 790
}

# Closes the window whatever it shows; an unsaved recording is dropped.
close_window() {
    xdotool key ctrl+q
    eventually quit_or_discard || fail "Ctrl+Q did not close the window"
    wait "$window_pid" || fail "the window ended with exit code $?"
    window_pid=
}

quit_or_discard() {
    window_ended && return 0
    look 2>/dev/null && grep -q '^item quit.discard ' "$report" && press quit.discard
    window_ended
}

# Has the window say what it shows. The mouse rests in the corner meanwhile, for a tooltip would
# hide words, and moves a little, for an idle window draws seldom.
look() {
    local x=$((1 + RANDOM % 3)) _
    rm -f "$report"
    xdotool mousemove --window "$window" $((1279 - x)) 799
    for _ in $(seq 100); do
        [[ ! -e $report ]] || return 0
        ! window_ended || return 1
        sleep 0.05
    done
    return 1
}

words() { grep -v '^item \|^hidden ' "$report"; }
has_item() { look && grep -q "^item $1 " "$report"; }
lacks_item() { look && ! grep -q "^item $1 " "$report"; }
shows() { look && words | grep -qE -- "$1"; }
need_item() { eventually has_item "$1" || fail "no widget called $1"; }
need_words() { eventually shows "$1" || fail "the window does not say: $1"; }

# press ITEM [PART]: clicks it in the middle, or at a part (0 to 1) of its width. As last reported.
press() {
    local at
    at=$(awk -v name="$1" -v part="${2:-0.5}" \
        '$1 == "item" && $2 == name { print int($3 + part * ($5 - $3)), int(($4 + $6) / 2) }' "$report" | tail -n 1)
    # shellcheck disable=SC2086  # two numbers
    xdotool mousemove --window "$window" $at click 1
}

# click ITEM [PART]: waits for it first.
click() {
    need_item "$1"
    press "$@"
}

# Turns the wheel over a panel until an item in it is to be seen.
scroll_to() {
    eventually scrolled_to "$1" "$2" || fail "no $2 in $1"
}

scrolled_to() {
    look || return 1
    ! grep -q "^item $2 " "$report" || return 0
    local at
    at=$(awk -v name="$1" '$2 == name { print int(($3 + $5) / 2), int(($4 + $6) / 2) }' "$report" | tail -n 1)
    # shellcheck disable=SC2086
    xdotool mousemove --window "$window" $at click 5
    return 1
}

# save_recording FILE: under the name the window suggests, in the window's folder.
save_recording() {
    rm -f "$folder/$1"
    xdotool key ctrl+s
    need_item file.name
    xdotool key Return
    eventually test -e "$folder/$1" || fail "the window saved no $1"
}

# picture NAME: what a person sees now.
picture() {
    look || fail "the window does not answer"
    import -window "$window" "$pictures/$1.png" 2>>"$folder/log" || fail "no picture of the window"
}
