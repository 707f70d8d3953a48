#pragma once
// The controls: start and stop, hold, pause the view, engine, P, and the scenario's own knobs.
#include "ui/panels/context.h"

namespace golanes::ui {

void draw_controls_panel(const Context& context);

}  // namespace golanes::ui
