#pragma once
// LiveChange: what the owner changed while a virtual run went on, and exactly where. The list of
// them is part of a replay token: given again, the same run makes the same events.
#include <cstdint>

#include "core/base/time.h"

namespace golanes::rt {

/// The numbers stand in replay tokens: they never change.
enum class ChangeKind : std::uint8_t {
    Procs = 1,    ///< value = number of Ps.
    Hold = 2,     ///< The world stops.
    Release = 3,  ///< The world that Hold stopped goes on.
    Value = 4,    ///< Parameter number `index` becomes `value`.
    Stop = 5,     ///< The run ends.
    Policy = 6,   ///< Policy number `index` of the catalogue becomes `value`.
    Cpus = 7,     ///< Real runs only: value = number of CPUs.
};

/// One change, made between two steps of the virtual engine.
struct LiveChange {
    std::uint64_t step = 0;  ///< Steps the engine had made before: the exact place.
    TimeNs at = 0;           ///< Virtual time then, since the run began.
    ChangeKind kind = ChangeKind::Procs;
    std::uint32_t index = 0;
    std::int64_t value = 0;

    friend bool operator==(const LiveChange&, const LiveChange&) = default;
};

}  // namespace golanes::rt
