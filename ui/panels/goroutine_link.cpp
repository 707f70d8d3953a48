#include "ui/panels/goroutine_link.h"

#include "ui/panels/gantt_paint.h"
#include "ui/panels/items.h"
#include "ui/panels/moment.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"
#include "ui/view/palette.h"

namespace golanes::ui {

void flow_on(float width_px) {
    const float gap = 6 * ui_scale();
    const float right = ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x;
    if (ImGui::GetItemRectMax().x + gap + width_px <= right)
        ImGui::SameLine(0, gap);
    else
        ImGui::SetCursorPosX(ImGui::GetCursorPosX() + 18 * ui_scale());
}

void flow_text(ImU32 color, const std::string& text) {
    flow_on(ImGui::CalcTextSize(text.c_str()).x);
    colored_text(color, text.c_str());
}

bool goroutine_link(const std::string& name,
                    const model::Timeline& timeline,
                    std::uint32_t run,
                    GoroutineId g,
                    ViewState& state) {
    const std::string text = timeline.goroutine_name(run, g);
    const float swatch = ImGui::GetTextLineHeight() * 0.7F;
    const float pad = swatch + 10 * ui_scale();
    const ImVec2 words = ImGui::CalcTextSize(text.c_str());
    const ImVec2 size{words.x + pad + 6 * ui_scale(), words.y + 2 * ui_scale()};
    const bool pressed = ImGui::InvisibleButton(name.c_str(), size);
    tag(name);
    const ImVec2 min = ImGui::GetItemRectMin();
    const ImVec2 max = ImGui::GetItemRectMax();
    const bool lit = ImGui::IsItemHovered() || ImGui::IsItemFocused();
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const bool chosen = state.selected == g && state.selected_run == run;
    draw->AddRectFilled(min, max, chosen ? palette().selection : palette().raised);
    if (lit)
        draw->AddRect(min, max, palette().accent);
    const float top = min.y + (size.y - swatch) / 2;
    const float left = min.x + 5 * ui_scale();
    draw->AddRectFilled(
        {left, top}, {left + swatch, top + swatch}, packed(view::goroutine_color(g, ground())));
    draw->AddText({min.x + pad, min.y + ui_scale()}, palette().text, text.c_str());
    ImGui::LogText("%s ", text.c_str());  // text that is drawn by hand is not logged by itself
    if (pressed)
        select_goroutine(state, run, g);
    hint(tr("Click to select this goroutine everywhere."));
    return pressed;
}

}  // namespace golanes::ui
