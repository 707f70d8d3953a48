#pragma once
// StacksPanel: the size of each goroutine's stack over the time in view, beside the stacks that
// threads would have reserved; for many goroutines, how many have which size.
#include <memory>

#include "ui/panels/frame.h"
#include "ui/panels/view_state.h"

namespace golanes::ui {

/// Threads: the UI thread only.
class StacksPanel {
 public:
    StacksPanel();
    ~StacksPanel();
    StacksPanel(const StacksPanel&) = delete;
    StacksPanel& operator=(const StacksPanel&) = delete;

    /// Fills the content region of the current window; times stand below those of the timeline. A
    /// click selects a goroutine and sets the cursor.
    void draw(const FrameInput& input, ViewState& state);

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace golanes::ui
