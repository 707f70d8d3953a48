#pragma once
// Cycle drawing: a ring of goroutines that wait for each other's locks.
#include <vector>

#include "ui/panels/frame.h"
#include "ui/panels/view_state.h"
#include "ui/view/wait_cycle.h"

namespace golanes::ui {

/// Draws the ring into the content region of the current window; a click on a goroutine selects it.
void draw_cycle(const model::Timeline& timeline,
                std::uint32_t run,
                const std::vector<view::WaitEdge>& ring,
                ViewState& state);

}  // namespace golanes::ui
