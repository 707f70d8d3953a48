#include "ui/view/follow.h"

#include <algorithm>

namespace golanes::view {
namespace {

bool is_short(const model::RunInfo& run) {
    return run.end >= 0 && run.end - run.begin < kShortRunNs;
}

bool still_held_back(const model::RunInfo& newest, TimeNs end) {
    return newest.end >= 0 || end - newest.begin < kShortRunNs;
}

TimeRange newest_window(std::span<const model::RunInfo> runs, TimeNs end) {
    const TimeNs begin = runs.empty() ? 0 : runs.front().begin;
    const DurationNs air = kFollowWindowNs / 50;
    if (end - begin < kFollowWindowNs - 2 * air)
        return {begin - air, begin - air + kFollowWindowNs};
    return {end + air - kFollowWindowNs, end + air};
}

}  // namespace

const model::RunInfo* latest_finished(std::span<const model::RunInfo> runs) {
    const auto found = std::find_if(
        runs.rbegin(), runs.rend(), [](const model::RunInfo& run) { return run.end >= 0; });
    return found == runs.rend() ? nullptr : &*found;
}

bool Follow::must_hold(std::span<const model::RunInfo> runs, double now_seconds) const {
    const bool in_recording = !runs.empty() && shown_.end > runs.front().begin &&
                              shown_.start < runs.back().begin + kShortRunNs;
    return held_ && in_recording && now_seconds - shown_since_ < kSwitchSeconds;
}

TimeRange Follow::range(std::span<const model::RunInfo> runs, TimeNs end, double now_seconds) {
    const model::RunInfo* finished = latest_finished(runs);
    const bool whole =
        finished != nullptr && is_short(*finished) && still_held_back(runs.back(), end);
    if (!whole) {
        held_ = false;
        return newest_window(runs, end);
    }
    if (!must_hold(runs, now_seconds)) {
        shown_ = fitted({finished->begin, finished->end});
        shown_since_ = now_seconds;
        held_ = true;
    }
    return shown_;
}

TimeRange end_of_last_run(std::span<const model::RunInfo> runs, TimeNs end) {
    return fitted({std::max(runs.back().begin, end - kFollowWindowNs), end});
}

TimeRange initial_range(const model::Timeline& timeline) {
    const auto runs = timeline.runs();
    if (runs.empty())
        return fitted({timeline.start(), timeline.end()});
    const model::RunInfo* finished = latest_finished(runs);
    const model::RunInfo& run = finished != nullptr ? *finished : runs.back();
    return fitted({run.begin, run.end >= 0 ? run.end : timeline.end()});
}

}  // namespace golanes::view
