#pragma once
// Follow: where the picture stands when nobody moves it. A run of 10 us that repeats a thousand
// times a second must be a picture one can look at, and a run of a minute must scroll by.
//
// The rule: while the latest finished run is shorter than 30 ms and no longer one is under way, the
// view shows that run whole and changes at most twice a second. Otherwise the newest moment stands
// at the right edge of a window of fixed length, and the lanes scroll by.
#include <span>

#include "core/model/timeline.h"
#include "ui/view/viewport.h"

namespace golanes::view {

inline constexpr DurationNs kShortRunNs = 30 * kMillisecond;
inline constexpr DurationNs kFollowWindowNs = kSecond;
inline constexpr double kSwitchSeconds = 0.5;  ///< A short run stays in view at least this long.

/// The newest run that has ended; nullptr: none has.
const model::RunInfo* latest_finished(std::span<const model::RunInfo> runs);

/// Remembers which run it shows. Threads: one at a time.
class Follow {
 public:
    /// The view of a growing timeline that ends at `end`. `now_seconds` is any clock that does not
    /// go back.
    TimeRange range(std::span<const model::RunInfo> runs, TimeNs end, double now_seconds);

    /// Forgets the run in view: the next range() is the newest.
    void reset() { held_ = false; }

 private:
    [[nodiscard]] bool must_hold(std::span<const model::RunInfo> runs, double now_seconds) const;

    bool held_ = false;
    TimeRange shown_;
    double shown_since_ = 0;
};

/// What to look at when a live recording ends in the middle of a run (a crash): the end of that
/// run. Requires: there is a run.
TimeRange end_of_last_run(std::span<const model::RunInfo> runs, TimeNs end);

/// The first view of a recording that does not grow: its last run, or all of it if no run is
/// marked.
TimeRange initial_range(const model::Timeline& timeline);

}  // namespace golanes::view
