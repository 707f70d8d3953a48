#pragma once
// Step bar: one line under the picture: an event back, an event on, what the event at the cursor
// says, and how fast virtual time goes.
#include "ui/panels/context.h"

namespace golanes::ui {

void draw_step_bar(const Context& context);

}  // namespace golanes::ui
