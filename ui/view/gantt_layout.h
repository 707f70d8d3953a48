#pragma once
// gantt_layout: from a timeline and a viewport to the flat lists of gantt.h. Pure: no window, no
// clock.
#include "ui/view/gantt.h"
#include "ui/view/rows.h"

namespace golanes::view {

/// Software rendering stays smooth up to about this many rectangles.
inline constexpr std::size_t kMaxItems = 10'000;

struct GanttStyle {
    RowStyle rows;
    float visible_top = 0;  ///< Rows outside [top, bottom) of the content get no items.
    float visible_bottom = 1e9F;
    float label_min_px = 40;  ///< Narrower items carry no text (at scale 1).
    std::size_t max_items = kMaxItems;
};

/// Lays out what the viewport shows. `out` is cleared first and keeps its memory. Above max_items
/// the columns of merged spans get wider: detail goes, nothing vanishes.
void build_gantt(const model::Timeline& timeline,
                 const Viewport& viewport,
                 const GanttStyle& style,
                 Gantt& out);

/// The stretches of `range` in which P number `p` exists and a run goes on, by time. Stretches
/// nearer than `join` are one.
std::vector<TimeRange> lifetime_of_proc(const model::Timeline& timeline,
                                        std::uint32_t p,
                                        TimeRange range,
                                        DurationNs join);

}  // namespace golanes::view
