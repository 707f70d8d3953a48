#pragma once
// TickClock: turns processor ticks into nanoseconds, by one line through two anchors.
#include <cstdint>

#include "core/base/time.h"

namespace golanes {

/// The line ns = (ticks - base_ticks) * ns_per_tick. Plain data: it travels inside a run region.
struct TickClock {
    std::uint64_t base_ticks = 0;  ///< The tick count that is time 0.
    double ns_per_tick = 1.0;

    /// Nanoseconds from the base; negative before it.
    [[nodiscard]] TimeNs ns_from_ticks(std::uint64_t ticks) const {
        return static_cast<TimeNs>(
            static_cast<double>(static_cast<std::int64_t>(ticks - base_ticks)) * ns_per_tick);
    }

    [[nodiscard]] std::uint64_t ticks_from_ns(DurationNs duration) const {
        return static_cast<std::uint64_t>(static_cast<double>(duration) / ns_per_tick);
    }
};

/// Measures the tick rate against CLOCK_MONOTONIC once a process (10 ms, error about 0.02 ppm).
/// The base is the moment of the first call. Threads: any.
const TickClock& process_tick_clock();

/// Whether the counter runs at a constant rate through sleep states, as /proc/cpuinfo claims.
bool ticks_are_invariant();

}  // namespace golanes
