#pragma once
// PanelWindow: the timeline and the inspector in a window without a screen, with the view state in
// the test's hands.
#include <string>

#include "tests/ui/headless.h"
#include "ui/panels/frame.h"
#include "ui/panels/inspector_panel.h"
#include "ui/panels/timeline_panel.h"
#include "ui/panels/view_state.h"

namespace golanes::ui {

class PanelWindow {
 public:
    explicit PanelWindow(model::Timeline timeline);

    /// Draws one frame, then as many as the queue needs and a few more.
    void frame();
    void settle();

    void move_to(ImVec2 at);
    void wheel(float turns);
    void press_button(bool down);
    void key(int code, int mods = 0);
    void hold_key(int code, int mods, bool down);
    void click(ImVec2 at);

    /// The middle of a named item, or a part of its width.
    [[nodiscard]] static ImVec2 at(const char* item, float part = 0.5F);

    /// A time of the picture on a named row.
    [[nodiscard]] ImVec2 at_time(const char* row, TimeNs t) const;

    /// Visible text of the inspector.
    std::string inspector_text();

    [[nodiscard]] DurationNs view_length() const { return view.view_end - view.view_start; }

    FrameInput input;
    ViewState view;

 private:
    void draw(bool log_inspector);

    Headless headless_;  // before the panels: they need its context
    TimelinePanel timeline_;
    InspectorPanel inspector_;
};

}  // namespace golanes::ui
