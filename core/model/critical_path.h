#pragma once
// The critical path: what had to happen, one after the other, before an event could. Read backwards
// from it: while a goroutine runs the path is on it; where it became runnable the path goes over to
// whoever woke or made it, except that a timer's wake-up leaves it on the sleeper.
#include <cstdint>
#include <vector>

#include "core/model/timeline.h"

namespace golanes::model {

enum class PathKind : std::uint8_t {
    Runs,       ///< It was on a P.
    WaitsForP,  ///< It was runnable.
    Sleeps,     ///< It waited for a timer, or for something that no goroutine did.
    Blocks,     ///< It was in a blocking call.
};

/// One stretch of the path. The next one begins where it ends.
struct PathStep {
    PathKind kind = PathKind::Runs;
    GoroutineId goroutine = 0;
    TimeNs start = 0;
    TimeNs end = 0;
    std::uint64_t event = 0;  ///< Number of the event at its start.
    PlaceId where = 0;        ///< Of that event.

    [[nodiscard]] DurationNs length() const { return end - start; }
};

struct CriticalPath {
    std::uint32_t run = 0;
    std::vector<PathStep> steps;  ///< Oldest first.
    bool is_whole = false;        ///< It reaches the beginning of the run.

    /// The time that steps of that kind take.
    [[nodiscard]] DurationNs time(PathKind kind) const;
};

/// The path to the event of that number: to what its goroutine did there; of an event of no
/// goroutine (RunEnd, say) to what main did last. Empty when there is no such event.
/// Cost: one look at each event back to the beginning of the run.
CriticalPath critical_path(const Timeline& timeline, std::uint64_t event);

}  // namespace golanes::model
