#pragma once
// What stands above the timeline: the program's title and how it fares, notices, and how a run
// ended.
#include "ui/panels/context.h"

namespace golanes::ui {

void draw_title_line(const Context& context);

/// Takes at most `most_px` of height: more of them scroll.
void draw_banners(const Context& context, float most_px);

/// In place of the timeline while there is nothing to draw: says what to do.
void draw_empty_state(const Context& context);

}  // namespace golanes::ui
