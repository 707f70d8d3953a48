#pragma once
// Two runs beside each other: what each took, and how many times as fast the second was.
#include <optional>

#include "core/model/timeline.h"

namespace golanes::model {

/// What a run took.
struct RunCost {
    DurationNs wall_ns = 0;  ///< From its begin to its end.
    DurationNs cpu_ns = 0;   ///< Time goroutines ran on Ps, known off-CPU gaps taken out.
    int max_running = 0;     ///< Goroutines running at one instant.
    bool is_whole = false;   ///< It finished: neither stopped, crashed nor cut short.
};

/// Of a run that goes on: until now.
RunCost cost_of(const Timeline& timeline, const RunInfo& run);

/// The first's wall time by the second's: 2 when the second took half the time. Empty unless both
/// finished.
std::optional<double> speed_up(const RunCost& first, const RunCost& second);

/// The last run that came to an end by itself, well or badly; nullptr: there is none.
const RunInfo* last_ended_run(const Timeline& timeline);

/// The run of that number; nullptr: it is not in the timeline (any more).
const RunInfo* run_numbered(const Timeline& timeline, std::uint32_t number);

}  // namespace golanes::model
