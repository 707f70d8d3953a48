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

/// Takes the cursor to the event of a step that the engine has made meanwhile. Every frame.
void follow_step(const Context& context);

/// Forgets cursor and step.
void clear_step(ViewState& view);

/// Whether step_forward() may ask the engine.
bool can_ask_engine(const FrameInput& input);

}  // namespace golanes::ui
