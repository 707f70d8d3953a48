#pragma once
// StatisticsPanel: the numbers of the stretch selected by hand, or in view, beside those of the
// whole run, and how each goroutine spent the stretch in view.
#include <memory>

#include "ui/panels/frame.h"
#include "ui/panels/view_state.h"

namespace golanes::ui {

/// Threads: the UI thread only.
class StatisticsPanel {
 public:
    StatisticsPanel();
    ~StatisticsPanel();
    StatisticsPanel(const StatisticsPanel&) = delete;
    StatisticsPanel& operator=(const StatisticsPanel&) = delete;

    /// Fills the content region of the current window. A click on a goroutine selects it.
    void draw(const FrameInput& input, ViewState& state);

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace golanes::ui
