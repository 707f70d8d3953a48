#pragma once
// TimelinePanel: the picture. Lanes, goroutines, queues, marks and axis, and the mouse and keys
// that move through it. Layout is ui/view's; this only paints it and turns input into a new
// ViewState.
#include <memory>
#include <vector>

#include "ui/panels/frame.h"
#include "ui/panels/input.h"
#include "ui/panels/view_state.h"

namespace golanes::ui {

/// Threads: the UI thread only.
class TimelinePanel {
 public:
    TimelinePanel();
    ~TimelinePanel();
    TimelinePanel(const TimelinePanel&) = delete;
    TimelinePanel& operator=(const TimelinePanel&) = delete;

    /// Fills the content region of the current window: title line, axis, lanes. Changes `state` as
    /// the person moves, selects and hovers; while it follows, also moves the view along.
    void draw(const FrameInput& input, ViewState& state, const std::vector<KeyPress>& keys);

    /// Puts the last run (or all, if no run is marked) into view and stops following.
    static void fit(const model::Timeline& timeline, ViewState& state);

 private:
    struct State;
    std::unique_ptr<State> state_;
};

/// How much of the picture's width the names of its rows take.
float timeline_gutter_px(float width);

/// The timeline on the screen: the frozen one, or the newest.
const model::Timeline& shown_timeline(const FrameInput& input, const ViewState& state);

/// The run the panels speak about: the selected goroutine's while it is in view, otherwise the last
/// run in view. nullptr: none is in view.
const model::RunInfo* shown_run(const model::Timeline& timeline, const ViewState& state);

}  // namespace golanes::ui
