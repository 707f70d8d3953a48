#pragma once
// Branch point: a place in a recorded virtual run from which it can be gone on with differently,
// because its token makes it again up to there. Pure; the step bar offers it.
#include <cstdint>
#include <optional>
#include <string>

#include "core/model/timeline.h"

namespace golanes::view {

struct BranchPoint {
    std::string token;               ///< With the live changes made up to there.
    std::uint64_t event_number = 0;  ///< Of the run, its RunBegin is 1; 0: the time says it.
    TimeNs time = 0;                 ///< Since the run began.
};

/// Whether a run can be branched at that time.
[[nodiscard]] bool can_branch(const model::RunInfo& run, TimeNs cursor);

/// The branch point at time `cursor`, or, when given, at the event of that number in the
/// recording. Empty: no run with a token is there.
[[nodiscard]] std::optional<BranchPoint> branch_point(const model::Timeline& timeline,
                                                      TimeNs cursor,
                                                      std::optional<std::uint64_t> event);

}  // namespace golanes::view
