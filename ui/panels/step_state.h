#pragma once
// Step state: where the person stands in the recording, event by event. Behind the last event a
// virtual run is asked for its next one.
#include <optional>

#include "ui/panels/context.h"

namespace golanes::ui {

/// The number of the event at the cursor: the one stepped to, or the last one up to a clicked time.
std::optional<std::uint64_t> event_at_cursor(const model::Timeline& timeline,
                                             const ViewState& view);

/// To the next event of the chosen kind. In the recording, or, behind its end, in the virtual run
/// that is watched. A real run goes on unseen: its picture is frozen first.
void step_forward(const Context& context);

/// To the event before, in the recording.
void step_back(const Context& context);

/// The present of the virtual run that goes on: how far it has come, in the recording's time.
/// Empty: none goes on.
std::optional<TimeNs> virtual_present(const FrameInput& input);

/// To a time since the run began: in the recording, or, right of its present, in the virtual run,
/// which then stands there.
void run_to(const Context& context, TimeNs time);

/// Whether run_to_cursor() has somewhere to go: the cursor is right of the virtual present.
bool can_run_to_cursor(const Context& context);
void run_to_cursor(const Context& context);

/// Whether the run at the cursor can be made again up to there.
bool can_branch_here(const Context& context);
/// Makes it again up to the cursor's event, or time, and lets it stand there.
void branch_here(const Context& context);

/// Takes the cursor to the event of a step that the engine has made meanwhile. Every frame.
void follow_step(const Context& context);

/// Forgets cursor and step.
void clear_step(ViewState& view);

/// The same for another recording; but a branch is still awaited in it.
void adopt_new_recording(ViewState& view);

/// Whether step_forward() may ask the engine.
bool can_ask_engine(const FrameInput& input);

}  // namespace golanes::ui
