#pragma once
// The switch between the views below the timeline.
#include "ui/panels/context.h"
#include "ui/view/views.h"

namespace golanes::ui {

/// The view's title in the present language.
const char* view_title(view::ViewKind kind);

/// Draws one button a view, side by side, wrapped where it is narrow.
void draw_view_switch(const Context& context);

}  // namespace golanes::ui
