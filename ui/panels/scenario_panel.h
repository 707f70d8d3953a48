#pragma once
// The list of scenarios: a click starts one.
#include "ui/panels/context.h"

namespace golanes::ui {

void draw_scenario_panel(const Context& context);

}  // namespace golanes::ui
