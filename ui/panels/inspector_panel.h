#pragma once
// InspectorPanel: the selected goroutine in words and numbers; with none selected, the run.
#include <memory>

#include "ui/panels/frame.h"
#include "ui/panels/view_state.h"

namespace golanes::ui {

/// Threads: the UI thread only.
class InspectorPanel {
 public:
    InspectorPanel();
    ~InspectorPanel();
    InspectorPanel(const InspectorPanel&) = delete;
    InspectorPanel& operator=(const InspectorPanel&) = delete;

    /// Draws into the current window.
    void draw(const FrameInput& input, ViewState& state);

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace golanes::ui
