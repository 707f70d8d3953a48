#pragma once
// Statistics of any range: of everything, of each P, of each goroutine, of one goroutine. The cost
// does not grow with the range (tally.h, run_levels.h): two chunks are read, at its ends.
#include <optional>
#include <vector>

#include "core/model/statistics.h"
#include "core/model/tally.h"

namespace golanes::model {

struct ProcStatistics {
    ProcId p = 0;
    DurationNs running_ns = 0;
    std::uint64_t switches = 0;
    std::uint64_t steals = 0;  ///< By it, from others.
    std::uint64_t preemptions = 0;
    Histogram latency;  ///< Of the goroutines that it started.
};

struct RangeStatistics {
    Statistics sums;  ///< As statistics() tells them.
    TallyCounts counts;
    std::array<DurationNs, kStates> state_ns{};      ///< Of all goroutines together, by State.
    std::array<DurationNs, kWaitReasons> wait_ns{};  ///< Waiting, by reason.
    std::vector<DurationNs> level_ns;  ///< Time during which so many goroutines ran at once.
    DurationNs procs_ns = 0;           ///< Time of all Ps that there were, together.
    double utilisation = 0;            ///< CPU time of that.
    Histogram latency;                 ///< Runnable until started, of those started in the range.
    Histogram waiting;                 ///< Of waits that ended in the range.
    Histogram slices;  ///< Time on a P from start to leave, of those that left in the range.
    std::vector<ProcStatistics> procs;
};

/// Everything over [t0, t1).
RangeStatistics range_statistics(const Timeline& timeline, TimeNs t0, TimeNs t1);

struct GoroutineStatistics {
    GoroutineId id = 0;
    std::array<DurationNs, 5> time{};  ///< By State, up to Blocking.
    std::uint32_t starts = 0;
    std::uint32_t preemptions = 0;

    [[nodiscard]] DurationNs of(State state) const { return time[static_cast<std::size_t>(state)]; }
};

/// The goroutines of a run that did anything in [t0, t1), by id.
std::vector<GoroutineStatistics> goroutine_statistics(const Timeline& timeline,
                                                      std::uint32_t run,
                                                      TimeNs t0,
                                                      TimeNs t1);

/// One goroutine over [t0, t1): as above, with its histograms. Cost: a look at each of its spans.
struct OneGoroutine {
    GoroutineStatistics sums;
    std::array<DurationNs, kWaitReasons> wait_ns{};
    Histogram latency;
    Histogram waiting;
    Histogram slices;
};

OneGoroutine one_goroutine(
    const Timeline& timeline, std::uint32_t run, GoroutineId id, TimeNs t0, TimeNs t1);

/// Goroutines that ran at one instant, in one part of a range.
struct RunningColumn {
    double mean = 0;
    int most = 0;
};

/// [t0, t1) in `columns` equal parts. Where parts are shorter than a chunk's 512th the curve is
/// exact, else it is that of the 512ths.
std::vector<RunningColumn> running_over_time(const Timeline& timeline,
                                             TimeNs t0,
                                             TimeNs t1,
                                             std::size_t columns);

}  // namespace golanes::model
