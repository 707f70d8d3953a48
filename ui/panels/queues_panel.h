#pragma once
// QueuesPanel: every run queue at the cursor: the global queue, and each P with its M, the
// goroutine it runs, runnext and ring. Goroutines are tokens in their colours.
#include <memory>

#include "ui/panels/frame.h"
#include "ui/panels/view_state.h"

namespace golanes::ui {

/// Threads: the UI thread only.
class QueuesPanel {
 public:
    QueuesPanel();
    ~QueuesPanel();
    QueuesPanel(const QueuesPanel&) = delete;
    QueuesPanel& operator=(const QueuesPanel&) = delete;

    /// Fills the content region of the current window. A click on a token selects its goroutine.
    void draw(const FrameInput& input, ViewState& state);

    /// Whether tokens are on their way from one place to another.
    [[nodiscard]] bool moving() const;

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace golanes::ui
