#pragma once
// SourcePanel: the program's own lines, and at which of them each goroutine stands at the cursor.
#include <memory>

#include "ui/panels/frame.h"
#include "ui/panels/view_state.h"

namespace golanes::ui {

/// Threads: the UI thread only.
class SourcePanel {
 public:
    SourcePanel();
    ~SourcePanel();
    SourcePanel(const SourcePanel&) = delete;
    SourcePanel& operator=(const SourcePanel&) = delete;

    /// Fills the content region of the current window. A click on a goroutine selects it.
    void draw(const FrameInput& input, ViewState& state);

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace golanes::ui
