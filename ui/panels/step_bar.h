#pragma once
// Step bar: one line under the picture: an event back, an event on, what the event at the cursor
// says, and how fast virtual time goes.
#include "ui/panels/context.h"
#include "ui/view/event_steps.h"

namespace golanes::ui {

/// "a goroutine starts", ... in the present language.
const char* step_over_words(view::StepOver kind);

void draw_step_bar(const Context& context);

}  // namespace golanes::ui
