#include "ui/panels/row_names.h"

#include <fmt/format.h>

#include "ui/panels/gantt_paint.h"
#include "ui/panels/row_tools.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/view/palette.h"

namespace golanes::ui {
namespace {

void text_at(
    ImDrawList* draw, ImFont* font, ImVec2 at, ImU32 color, const char* text, float right) {
    const ImVec4 clip{at.x, at.y - 4, right, at.y + 2 * font->FontSize};
    draw->AddText(font, font->FontSize, at, color, text, nullptr, 0, &clip);
}

float text_width(ImFont* font, const char* text) {
    return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text).x;
}

}  // namespace

void draw_row_name(const view::Row& row, ImVec2 at, float right, const RowNameState& state) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    ImFont* small = fonts().small;
    const bool folds = state.rows != nullptr && view::is_heading(row.kind);
    if (folds)
        paint_fold_sign(
            {at.x + 8 * ui_scale(), at.y}, row.height, state.rows->folded.contains(row.kind));
    const float pad = (folds ? 17 : 8) * ui_scale();
    const float middle = at.y + (row.height - small->FontSize) / 2 - ui_scale();
    switch (row.kind) {
        case view::RowKind::ProcHeading: {
            const char* whole = tr("Ps: what each runs");
            const bool fits = at.x + pad + text_width(small, whole) <= right;
            text_at(
                draw, small, {at.x + pad, middle}, palette().dim_text, fits ? whole : "P", right);
            break;
        }
        case view::RowKind::GoroutineHeading:
            text_at(draw, small, {at.x + pad, middle}, palette().dim_text, tr("Goroutines"), right);
            break;
        case view::RowKind::Proc: {
            ImFont* font = fonts().normal;
            text_at(draw,
                    font,
                    {at.x + pad, at.y + (row.bar_height - font->FontSize) / 2},
                    palette().text,
                    fmt::format("P{}", row.number).c_str(),
                    right);
            const char* queue = tr("queue");
            if (row.bar_height + row.stripe_height > 2 * small->FontSize)
                text_at(draw,
                        small,
                        {right - pad - text_width(small, queue),
                         at.y + row.bar_height + row.stripe_height - small->FontSize},
                        palette().dim_text,
                        queue,
                        right);
            break;
        }
        case view::RowKind::MachineHeading:
            text_at(
                draw, small, {at.x + pad, middle}, palette().dim_text, tr("Ms: threads"), right);
            break;
        case view::RowKind::CpuHeading:
            text_at(draw, small, {at.x + pad, middle}, palette().dim_text, "CPU", right);
            break;
        case view::RowKind::Machine:
        case view::RowKind::Cpu: {
            const char* form = row.kind == view::RowKind::Machine ? "M{}" : "CPU {}";
            text_at(draw,
                    small,
                    {at.x + pad, middle},
                    palette().text,
                    fmt::format(fmt::runtime(form), row.number).c_str(),
                    right);
            break;
        }
        case view::RowKind::GlobalQueue:
            text_at(draw, small, {at.x + pad, middle}, palette().text, tr("global queue"), right);
            break;
        case view::RowKind::Goroutine: {
            const float swatch = 9 * ui_scale();
            const float top = at.y + (row.bar_height - swatch) / 2;
            if (row.number == state.selected)
                draw->AddRectFilled({at.x, at.y}, {right, at.y + row.height}, palette().selection);
            draw->AddRectFilled({at.x + pad, top},
                                {at.x + pad + swatch, top + swatch},
                                packed(view::goroutine_color(row.number, ground())));
            text_at(draw,
                    small,
                    {at.x + pad + swatch + 6 * ui_scale(), middle},
                    palette().text,
                    row.name.c_str(),
                    right - (state.rows != nullptr ? 2 * pin_center_px() : 2));
            break;
        }
        case view::RowKind::More:
            text_at(draw,
                    small,
                    {at.x + pad, middle},
                    palette().dim_text,
                    fmt::format(fmt::runtime(tr("... and {} more")), row.number).c_str(),
                    right);
            break;
    }
}

}  // namespace golanes::ui
