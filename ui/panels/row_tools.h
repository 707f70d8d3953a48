#pragma once
// Row tools: what a person does to the rows of the timeline, left of it: filter goroutines, fold
// groups, pin rows.
#include <array>

#include "ui/panels/timeline_input.h"
#include "ui/panels/view_state.h"

namespace golanes::ui {

/// Threads: the UI thread only.
class RowTools {
 public:
    /// The field that filters goroutines, in the corner left of the ruler. Submit it before the
    /// picture's own button: the first item gets the mouse.
    void draw_filter(const TimelineArea& area, ViewState& state);

 private:
    std::array<char, 48> text_{};
};

/// Acts on a click on the names of rows. False: the click was none of its own.
bool click_row_tool(const TimelineArea& area, const view::Row& row, ImVec2 mouse, ViewState& state);

/// The sign in front of a heading: its group is open or folded.
void paint_fold_sign(ImVec2 at, float height, bool folded);

/// The pin at the right end of a goroutine's name: of pinned rows, and of the row under the mouse.
void paint_pin(ImVec2 center, bool pinned);

/// Where the pin of a row stands: so far left of the right edge of the names.
float pin_center_px();

}  // namespace golanes::ui
