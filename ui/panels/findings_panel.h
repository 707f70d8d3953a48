#pragma once
// FindingsPanel: what a person should know of the recording: races, deadlocks, leaks, what costs
// time. A list, and the evidence of the chosen one. Also leads the search (findings_search.h),
// whose result other panels find in ViewState::findings.
#include <memory>

#include "ui/panels/frame.h"
#include "ui/panels/view_state.h"

namespace golanes::ui {

/// Threads: the UI thread only.
class FindingsPanel {
 public:
    FindingsPanel();
    ~FindingsPanel();
    FindingsPanel(const FindingsPanel&) = delete;
    FindingsPanel& operator=(const FindingsPanel&) = delete;

    /// Leads the search, every frame. A run that goes on is searched only while the view is shown:
    /// it would take from the CPUs that are watched.
    void look(const FrameInput& input, ViewState& state);

    /// Fills the content region of the current window. A click shows where a finding is.
    void draw(const FrameInput& input, ViewState& state);

    /// Whether the recording is being searched.
    [[nodiscard]] bool searching() const;

    /// Waits for the search to end: for pictures, and for tests.
    void wait();

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace golanes::ui
