#pragma once
// RunClock: the time of one run, counted from its begin, so that two runs can be drawn on one axis.
// It shows wall time, or the work done: then it goes twice as fast while two goroutines run at
// once, and stands while none does.
#include <vector>

#include "core/model/timeline.h"
#include "ui/view/gantt.h"

namespace golanes::view {

enum class ClockKind { Wall, Work };

class RunClock {
 public:
    RunClock() = default;
    /// Work is read in some thousand parts of the run: within one it is told as even.
    RunClock(const model::Timeline& timeline, const model::RunInfo& run, ClockKind kind);

    /// What the clock shows at a time of the recording; outside the run it goes on as wall time.
    [[nodiscard]] DurationNs reading_at(TimeNs t) const;
    /// The inverse: where it stands, the time it stopped.
    [[nodiscard]] TimeNs time_of(DurationNs reading) const;

    /// What it shows at the run's end.
    [[nodiscard]] DurationNs length() const;

    [[nodiscard]] TimeRange run() const { return run_; }

 private:
    TimeRange run_;
    std::vector<double> readings_;  ///< At the borders of equal parts; empty: wall time.
};

/// Lays a run out anew along its clock: moves what build_gantt has placed by time to where the
/// viewport, whose times are readings, has it.
void place_by_clock(const RunClock& clock, const Viewport& readings, Gantt& gantt);

}  // namespace golanes::view
