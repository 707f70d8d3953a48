#pragma once
// The menu bar: file, view, help.
#include "ui/panels/context.h"

namespace golanes::ui {

/// Requires: inside a window with ImGuiWindowFlags_MenuBar.
void draw_menu_bar(const Context& context);

}  // namespace golanes::ui
