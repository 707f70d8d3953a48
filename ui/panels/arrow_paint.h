#pragma once
// arrow_paint: draws the arrows of the selected goroutine over the picture: who made it or woke it,
// whom it made or woke, which P it was stolen from.
#include <vector>

#include "ui/panels/gantt_paint.h"
#include "ui/view/arrows.h"

namespace golanes::ui {

/// Arrows whose rows are not drawn are left out.
void paint_arrows(const view::Gantt& gantt,
                  const GanttCanvas& canvas,
                  const std::vector<view::Arrow>& arrows);

}  // namespace golanes::ui
