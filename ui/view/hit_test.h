#pragma once
// Hit test: what lies under the pointer. Coordinates as in gantt.h (content pixels).
#include <optional>

#include "ui/view/gantt.h"

namespace golanes::view {

struct Hit {
    std::uint32_t row = kNone;
    std::uint32_t item = kNone;  ///< A span, a merged run or a queue bar; kNone: bare lane.
    std::uint32_t mark = kNone;  ///< A mark within reach.
};

/// The row at height y; kNone: below the last.
std::uint32_t row_at(const Gantt& gantt, float y);

/// What is under (x, y), or within `reach_px` of it if it is narrower than that. nullopt: no row.
std::optional<Hit> hit_test(const Gantt& gantt, float x, float y, float reach_px = 2);

}  // namespace golanes::view
