#pragma once
// Row names: what stands left of each row of the picture.
#include <imgui.h>

#include "core/base/ids.h"
#include "ui/view/row_choice.h"

namespace golanes::ui {

/// What a name shows of the row's state.
struct RowNameState {
    GoroutineId selected = 0;
    const view::RowChoice* rows = nullptr;  ///< Null: rows can be neither folded nor pinned here.
};

/// Draws the name of a row whose top left is `at`, up to `right`.
void draw_row_name(const view::Row& row, ImVec2 at, float right, const RowNameState& state);

}  // namespace golanes::ui
