#pragma once
// gantt_paint: draws a laid-out Gantt with ImGui. Decides strokes and textures, nothing else. Plain
// rectangles only: rounding and borders cost a software renderer more than the picture is worth.
#include <imgui.h>

#include "ui/view/gantt.h"
#include "ui/view/palette.h"

namespace golanes::ui {

/// Where and how to draw.
struct GanttCanvas {
    ImDrawList* draw = nullptr;
    ImVec2 origin;  ///< Screen position of the content's (0, 0).
    ImVec2 min;     ///< Visible rectangle on the screen.
    ImVec2 max;
    GoroutineId selected = 0;  ///< Not 0: the others are dimmed.
};

/// Draws lanes, stripes and spans.
void paint_items(const view::Gantt& gantt, const GanttCanvas& canvas);

/// Draws marks with their labels; the labels stand in the top row.
void paint_marks(const view::Gantt& gantt, const GanttCanvas& canvas);

/// Shades the time between runs and writes the runs' numbers.
void paint_runs(const view::Gantt& gantt, const GanttCanvas& canvas);

/// Draws one sample of a state, as the legend shows it.
void paint_state_sample(
    ImDrawList* draw, ImVec2 min, ImVec2 max, model::State state, GoroutineId g);

/// Draws one sample of a mark, centred.
void paint_mark_sample(ImDrawList* draw, ImVec2 center, model::MarkKind kind);

ImU32 packed(view::Rgba color);
view::Ground ground();

}  // namespace golanes::ui
