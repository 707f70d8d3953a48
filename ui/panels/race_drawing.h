#pragma once
// Race drawing: the two accesses of a data race on the lines of their goroutines, and the edge that
// is missing between them.
#include "core/model/findings/finding.h"
#include "ui/panels/frame.h"
#include "ui/panels/view_state.h"

namespace golanes::ui {

/// Draws it over the width of the window, and below it a legend: each event in words with its line
/// of the program, a click goes there. Requires: a data race of that timeline.
void draw_race(const FrameInput& input,
               const model::Timeline& timeline,
               const model::Finding& race,
               ViewState& state);

}  // namespace golanes::ui
