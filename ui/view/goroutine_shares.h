#pragma once
// Goroutine shares: how the time in view went for each goroutine.
#include <vector>

#include "core/model/timeline.h"
#include "ui/view/viewport.h"

namespace golanes::view {

/// One goroutine's time in a range, by what it did.
struct GoroutineShare {
    GoroutineId g = 0;
    std::uint32_t run = 0;  ///< The last one in the range that has it.
    DurationNs running = 0;
    DurationNs runnable = 0;
    DurationNs waiting = 0;
    DurationNs blocking = 0;
    DurationNs off_cpu = 0;
    std::uint32_t slices = 0;  ///< Stretches of running that touch the range.

    [[nodiscard]] DurationNs total() const {
        return running + runnable + waiting + blocking + off_cpu;
    }
};

/// The goroutines with at least one span in the range, by number; at most `most` of them.
std::vector<GoroutineShare> goroutine_shares(const model::Timeline& timeline,
                                             TimeRange range,
                                             std::size_t most = 2'000);

}  // namespace golanes::view
