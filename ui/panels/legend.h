#pragma once

// Legend: what textures, stripes and marks of the picture mean.
namespace golanes::ui {

/// Draws into the current window, as wide as its content region; wraps into several lines.
void draw_legend();

}  // namespace golanes::ui
