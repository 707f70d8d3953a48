#pragma once
// What buttons, menus and shortcuts do alike.
#include "ui/panels/context.h"

namespace golanes::ui {

/// Whether a run is going on (also starting, or held).
bool run_is_on(const FrameInput& input);

/// Freezes the picture or lets it go on. The run does not notice.
void toggle_freeze(const Context& context);

/// Stops the world of the run, or starts it again.
void toggle_hold(const Context& context);

void start_again(const Context& context);

/// Back to the newest events.
void go_live(const Context& context);

/// One step of the scale, or back to 1 (direction 0).
void change_scale(const Context& context, int direction);

void quit(const Context& context);

/// Whether a text field or a popup takes the keys of this frame.
bool keys_are_taken();

/// Acts on the key presses of the frame that no text field and no popup takes.
void act_on_shortcuts(const Context& context);

}  // namespace golanes::ui
