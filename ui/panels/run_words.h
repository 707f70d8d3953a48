#pragma once
// Run words: the run in view, in one line above the picture and in the inspector.
#include <string>

#include "ui/panels/frame.h"
#include "ui/panels/view_state.h"

namespace golanes::ui {

/// "finished", "deadlock", ... in the present language.
const char* status_words(trace::RunStatus status);

/// How a run stands: one that never ended in a recording that no longer grows was cut short.
trace::RunStatus status_of(const model::RunInfo& run, const FrameInput& input);

/// "P = 2 on 4 CPUs", or "P = 2 on 4 VIRTUAL cores".
std::string machine_words(const model::Timeline& timeline, const Meters& meters, TimeNs t);

/// The line between title and axis: how long the view is, which run, how it ended; and the button
/// "Back to live" while the view does not follow a live run.
void draw_facts_line(const FrameInput& input, const model::Timeline& timeline, ViewState& state);

}  // namespace golanes::ui
