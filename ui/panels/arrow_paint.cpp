#include "ui/panels/arrow_paint.h"

#include <fmt/format.h>

#include "ui/panels/items.h"
#include "ui/panels/theme.h"
#include "ui/view/rows.h"

namespace golanes::ui {
namespace {

float middle_of(const view::Row& row) {
    return row.top + row.bar_height / 2;
}

/// A spawn begins at a dot, a wake at a bar, a theft at a square: told apart without colour.
void paint_tail(ImDrawList* draw, view::ArrowKind kind, ImVec2 at, ImU32 color) {
    const float size = 3 * ui_scale();
    switch (kind) {
        case view::ArrowKind::Spawn:
            draw->AddCircleFilled(at, size, color, 8);
            break;
        case view::ArrowKind::Wake:
            draw->AddRectFilled({at.x - size, at.y - 1}, {at.x + size, at.y + 1}, color);
            break;
        case view::ArrowKind::Steal:
            draw->AddRectFilled({at.x - size, at.y - size}, {at.x + size, at.y + size}, color);
            break;
    }
}

void paint_arrow(ImDrawList* draw, view::ArrowKind kind, ImVec2 from, ImVec2 to, ImU32 color) {
    const float width = 1.5F * ui_scale();
    const float head = 5 * ui_scale();
    const float towards = to.y > from.y ? 1.0F : -1.0F;
    draw->AddLine(from, {to.x, to.y - towards * head}, color, width);
    draw->AddTriangleFilled(to,
                            {to.x - head * 0.6F, to.y - towards * head},
                            {to.x + head * 0.6F, to.y - towards * head},
                            color);
    paint_tail(draw, kind, from, color);
}

}  // namespace

void paint_arrows(const view::Gantt& gantt,
                  const GanttCanvas& canvas,
                  const std::vector<view::Arrow>& arrows) {
    for (const view::Arrow& arrow : arrows) {
        const bool steal = arrow.kind == view::ArrowKind::Steal;
        const auto kind = steal ? view::RowKind::Proc : view::RowKind::Goroutine;
        const std::uint32_t from = view::row_of(gantt.rows, kind, arrow.from);
        const std::uint32_t to = view::row_of(gantt.rows, kind, arrow.to);
        if (from == view::kNone || to == view::kNone || from == to)
            continue;
        const float x = canvas.origin.x + gantt.viewport.px_from_time(arrow.time);
        if (x < canvas.min.x || x > canvas.max.x)
            continue;
        const ImVec2 a{x, canvas.origin.y + middle_of(gantt.rows[from])};
        const ImVec2 b{x, canvas.origin.y + middle_of(gantt.rows[to])};
        paint_arrow(canvas.draw, arrow.kind, a, b, palette().text);
        if (recording_items())
            tag_rect(fmt::format("timeline.arrow.{}", arrow.time).c_str(), a, b);
    }
}

}  // namespace golanes::ui
