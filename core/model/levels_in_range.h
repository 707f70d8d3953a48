#pragma once
// How many goroutines ran at once in a range: from the summaries of the chunks that lie in it, and
// from the lanes of the Ps at its ends.
#include <functional>
#include <vector>

#include "core/model/run_levels.h"
#include "core/model/timeline.h"

namespace golanes::model {

/// Time by level over [t0, t1). Level 0 is what is left of the range.
std::vector<DurationNs> levels_in_range(const Timeline& timeline, TimeNs t0, TimeNs t1);

/// Calls f(from, to, level) for the stretches of [t0, t1) in which `level` > 0 goroutines ran, in
/// time order, read from the lanes of the Ps.
void sweep_lanes(const Timeline& timeline,
                 TimeNs t0,
                 TimeNs t1,
                 const std::function<void(TimeNs, TimeNs, int)>& f);

/// A part of a range, with the summary that covers it exactly, if there is one.
struct LevelPart {
    TimeNs begin = 0;
    TimeNs end = 0;
    const LevelSummary* summary = nullptr;
};

/// [t0, t1) cut at the chunks' borders. Parts that touch the range only in part have no summary
/// unless `partly` is set: then the summary reaches beyond the part.
std::vector<LevelPart> level_parts(const Timeline& timeline, TimeNs t0, TimeNs t1, bool partly);

}  // namespace golanes::model
