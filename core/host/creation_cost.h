#pragma once
// What it costs to have one more process or thread: time to make it and wait for its end, memory
// while it lives. Bounded: at most so many at once, all ended before the call returns.
#include <cstdint>
#include <string>

#include "core/base/time.h"

namespace golanes::host {

struct CreationCost {
    int made = 0;                 ///< Fewer than asked for: a limit was hit.
    DurationNs each_ns = 0;       ///< To make one and wait for its end, one after the other.
    std::int64_t each_bytes = 0;  ///< Resident memory of one that lives; -1: not measured.
    std::string limit;            ///< Which limit was hit; empty: none.
};

/// Makes `count` processes one after the other. Takes about a millisecond each.
/// Requires: as Child::start.
CreationCost process_cost(int count);

/// Makes `count` threads one after the other, then as many at once for the memory.
CreationCost thread_cost(int count);

/// Makes threads that wait until `count` of them live or the system gives no more, and ends them
/// all. Says how many lived at once.
CreationCost threads_at_once(int count);

}  // namespace golanes::host
