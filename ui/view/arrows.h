#pragma once
// Arrows: who made the selected goroutine runnable and whom it made runnable, and from which P it
// was stolen. Read from the events in view.
#include <cstdint>
#include <vector>

#include "core/model/timeline.h"
#include "ui/view/viewport.h"

namespace golanes::view {

enum class ArrowKind : std::uint8_t {
    Spawn,  ///< From the goroutine with the go statement to the new one.
    Wake,   ///< From the goroutine that woke to the one woken.
    Steal,  ///< From the P whose queue it stood in to the P that took it.
};

struct Arrow {
    ArrowKind kind = ArrowKind::Wake;
    TimeNs time = 0;
    std::uint32_t from = 0;  ///< Goroutine, or P (Steal).
    std::uint32_t to = 0;
};

inline constexpr std::uint64_t kMostArrowEvents = 500'000;

/// The arrows of one goroutine in the range, by time, at most `most`. More events in the range than
/// kMostArrowEvents: none, zoom in.
std::vector<Arrow> arrows_of(const model::Timeline& timeline,
                             TimeRange range,
                             GoroutineId g,
                             std::size_t most = 400);

}  // namespace golanes::view
