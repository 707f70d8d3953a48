#pragma once
// EventsPanel: every event of the recording as a row; a filter, and a click that takes the cursor
// there.
#include <memory>

#include "ui/panels/frame.h"
#include "ui/panels/view_state.h"

namespace golanes::ui {

/// Threads: the UI thread only.
class EventsPanel {
 public:
    EventsPanel();
    ~EventsPanel();
    EventsPanel(const EventsPanel&) = delete;
    EventsPanel& operator=(const EventsPanel&) = delete;

    /// Fills the content region of the current window.
    void draw(const FrameInput& input, ViewState& state);

    /// Whether the recording is still being searched.
    [[nodiscard]] bool searching() const;

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace golanes::ui
