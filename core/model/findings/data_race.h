#pragma once
// Data races on Shared variables: two accesses of different goroutines, one of them a write, with
// nothing that orders them.
#include <vector>

#include "core/model/findings/finding.h"
#include "core/model/findings/run_part.h"

namespace golanes::model {

enum class AccessKind : std::uint8_t { Read, Write, Update };

struct RaceAccess {
    AccessKind kind = AccessKind::Read;
    GoroutineId goroutine = 0;
    PlaceId where = 0;
    TimeNs time = 0;
    std::uint64_t event = 0;  ///< Its number.
};

struct DataRace {
    ObjectId object = 0;
    RaceAccess earlier;
    RaceAccess later;
    std::uint64_t times = 1;  ///< Pairs of accesses of these two kinds at these two places.
    /// The missing edge would lead from here (the next thing the earlier one's goroutine did that
    /// others can learn by) to there (the last thing by which the later one's learned). 0: none.
    std::uint64_t given = 0;
    std::uint64_t learned = 0;
};

/// The races of a run, each pair of places once. None where events were lost, or the recording has
/// no shared accesses (level scheduler).
std::vector<DataRace> data_races(const RunPart& part);

/// The same as findings, in the words of Go's race detector.
void find_data_races(const RunPart& part, std::vector<Finding>& findings);

}  // namespace golanes::model
