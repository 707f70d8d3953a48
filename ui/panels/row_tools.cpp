#include "ui/panels/row_tools.h"

#include <algorithm>
#include <cstring>

#include <imgui.h>

#include "ui/panels/items.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {

float pin_center_px() {
    return 10 * ui_scale();
}

void RowTools::draw_filter(const TimelineArea& area, ViewState& state) {
    if (state.rows.filter != text_.data()) {  // cleared elsewhere
        text_.fill(0);
        std::memcpy(text_.data(),
                    state.rows.filter.data(),
                    std::min(state.rows.filter.size(), text_.size() - 1));
    }
    const ImVec2 back = ImGui::GetCursorScreenPos();
    const float pad = 4 * ui_scale();
    ImGui::PushFont(fonts().small);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2(4 * ui_scale(), 2 * ui_scale()));
    ImGui::SetCursorScreenPos({area.min.x + pad, area.min.y});
    ImGui::SetNextItemWidth(std::max(20.0F, area.lanes_min.x - area.min.x - 3 * pad));
    if (ImGui::InputTextWithHint(
            "##timeline.filter", tr("filter names"), text_.data(), text_.size()))
        state.rows.filter = text_.data();
    tag("timeline.filter");
    hint(tr("Shows only the goroutines with this in their name, or of this number (G7)."));
    ImGui::PopStyleVar();
    ImGui::PopFont();
    ImGui::SetCursorScreenPos(back);
}

bool click_row_tool(const TimelineArea& area,
                    const view::Row& row,
                    ImVec2 mouse,
                    ViewState& state) {
    if (!area.in_gutter(mouse))
        return false;
    if (view::is_heading(row.kind)) {
        state.rows.toggle_folded(row.kind);
        return true;
    }
    const bool on_pin =
        row.kind == view::RowKind::Goroutine && mouse.x >= area.lanes_min.x - 2 * pin_center_px();
    if (on_pin)
        state.rows.toggle_pinned(row.number);
    return on_pin;
}

void paint_fold_sign(ImVec2 at, float height, bool folded) {
    const float half = 3.5F * ui_scale();
    const ImVec2 c{at.x, at.y + height / 2};
    ImDrawList* draw = ImGui::GetWindowDrawList();
    if (folded)
        draw->AddTriangleFilled({c.x - half, c.y - half},
                                {c.x + half, c.y},
                                {c.x - half, c.y + half},
                                palette().dim_text);
    else
        draw->AddTriangleFilled({c.x - half, c.y - half},
                                {c.x, c.y + half},
                                {c.x + half, c.y - half},
                                palette().dim_text);
}

void paint_pin(ImVec2 center, bool pinned) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const float unit = ui_scale();
    const ImU32 color = pinned ? palette().accent : palette().dim_text;
    const ImVec2 head{center.x, center.y - 2 * unit};
    if (pinned)
        draw->AddCircleFilled(head, 3.5F * unit, color);
    else
        draw->AddCircle(head, 3.5F * unit, color);
    draw->AddLine({center.x, center.y + 1.5F * unit}, {center.x, center.y + 6 * unit}, color, unit);
}

}  // namespace golanes::ui
