#pragma once
// Costs: what the scheduler's own work takes in virtual time. With every cost at zero a virtual run
// has closed-form answers; with measured ones it looks like this machine.
#include <array>
#include <cstddef>
#include <cstdint>

#include "core/base/time.h"

namespace golanes::rt {

/// What is charged to the P that does it.
enum class Op : std::uint8_t {
    Switch,  ///< A goroutine starts on a P.
    Spawn,   ///< A go statement.
    Steal,   ///< A successful theft.
    Lock,    ///< A lock or unlock of a Mutex or RWMutex.
    Chan,    ///< A send, receive or close.
    Wake,    ///< An idle P is woken: charged to the woken one.
    Count_,
};

inline constexpr std::size_t kOpCount = static_cast<std::size_t>(Op::Count_);

/// Nanoseconds of each operation, before scaling.
struct Costs {
    std::array<DurationNs, kOpCount> ns{};
    /// Multiplies all of them, in percent: 0 (free) to 1000 (ten times).
    std::int32_t scale_percent = 100;

    [[nodiscard]] DurationNs of(Op op) const {
        return ns[static_cast<std::size_t>(op)] * scale_percent / 100;
    }

    friend bool operator==(const Costs&, const Costs&) = default;
};

}  // namespace golanes::rt
