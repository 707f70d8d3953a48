#include "ui/panels/axis_paint.h"

#include <algorithm>

#include <imgui.h>

#include "ui/panels/theme.h"
#include "ui/view/axis.h"

namespace golanes::ui {
namespace {

float text_width(ImFont* font, const char* text) {
    return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text).x;
}

}  // namespace

void paint_axis(const view::Viewport& screen, TimeNs origin, const AxisBand& band) {
    static std::vector<view::Tick> ticks;  // its memory is used again
    ImDrawList* draw = ImGui::GetWindowDrawList();
    ImFont* font = fonts().small;
    const float right = screen.left_px + screen.width_px;
    make_ticks(screen, origin, {text_width(font, "0"), 18 * ui_scale()}, ticks);
    for (const view::Tick& tick : ticks) {
        if (tick.px < screen.left_px || tick.px > right)
            continue;
        const float length = (tick.major ? 6.0F : 3.0F) * ui_scale();
        draw->AddRectFilled(
            {tick.px, band.bottom - length}, {tick.px + 1, band.bottom}, palette().dim_text);
        if (!tick.major)
            continue;
        draw->AddRectFilled(
            {tick.px, band.bottom}, {tick.px + 1, band.grid_bottom}, palette().grid);
        const float width = text_width(font, tick.label.c_str());
        const float left = std::clamp(
            tick.px - width / 2, screen.left_px, std::max(screen.left_px, right - width));
        if (tick.px - left < width)
            draw->AddText(font,
                          font->FontSize,
                          {left, band.top + 2 * ui_scale()},
                          palette().dim_text,
                          tick.label.c_str());
    }
}

}  // namespace golanes::ui
