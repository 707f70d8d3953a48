#pragma once
// Goroutine link: a goroutine's colour and name in a line of text; a click selects it.
#include <string>

#include <imgui.h>

#include "ui/panels/frame.h"
#include "ui/panels/view_state.h"

namespace golanes::ui {

/// Stays on the line of the item before if there is room for `width_px`, else begins a new one.
void flow_on(float width_px);

/// Text that flows on.
void flow_text(ImU32 color, const std::string& text);

/// Draws the link, flowing on. `name` is what tests find it by. True: it was pressed.
bool goroutine_link(const std::string& name,
                    const model::Timeline& timeline,
                    std::uint32_t run,
                    GoroutineId g,
                    ViewState& state);

}  // namespace golanes::ui
