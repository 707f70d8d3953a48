#pragma once
// What a switch between two threads costs: they hand a turn to each other on one CPU, so that each
// turn is one switch in the kernel.
#include <cstdint>

#include "core/base/time.h"

namespace golanes::host {

struct SwitchCost {
    DurationNs each_ns = 0;
    std::uint64_t kernel_switches = 0;  ///< Of this process meanwhile, as the kernel counted them.
};

/// Lets two threads take `turns` turns each. Blocks the caller: on a goroutine inside blocking().
SwitchCost thread_switch_cost(int turns);

}  // namespace golanes::host
