#pragma once
// WhyPanel: why goroutines wait, in plain words with links: for what, since when, who holds it, who
// woke whom. A ring of locks that nobody can leave is drawn.
#include <memory>

#include "ui/panels/frame.h"
#include "ui/panels/view_state.h"

namespace golanes::ui {

/// Threads: the UI thread only.
class WhyPanel {
 public:
    WhyPanel();
    ~WhyPanel();
    WhyPanel(const WhyPanel&) = delete;
    WhyPanel& operator=(const WhyPanel&) = delete;

    /// Fills the content region of the current window.
    void draw(const FrameInput& input, ViewState& state);

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace golanes::ui
