#pragma once
// axis_paint: a time axis with its labels, and the grid below it.
#include "ui/view/viewport.h"

namespace golanes::ui {

/// Screen heights of an axis.
struct AxisBand {
    float top = 0;     ///< Of the labels.
    float bottom = 0;  ///< Where the ticks stand.
    float grid_bottom = 0;
};

/// Draws into the current window. `screen`: the times in view over screen pixels. Labels count
/// from `origin`.
void paint_axis(const view::Viewport& screen, TimeNs origin, const AxisBand& band);

}  // namespace golanes::ui
