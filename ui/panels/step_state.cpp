#include "ui/panels/step_state.h"

#include "ui/panels/actions.h"
#include "ui/panels/timeline_input.h"
#include "ui/panels/timeline_panel.h"
#include "ui/view/event_steps.h"
#include "ui/view/viewport.h"

namespace golanes::ui {
namespace {

/// Where in the view a cursor lands that would be outside.
constexpr double kLandsAt = 0.7;

void bring_into_view(const model::Timeline& timeline, ViewState& view) {
    const view::TimeRange range{view.view_start, view.view_end};
    if (view.cursor >= range.start && view.cursor < range.end)
        return;
    const TimeNs wanted =
        view.cursor - static_cast<TimeNs>(static_cast<double>(range.length()) * kLandsAt);
    set_view(view, panned(range, wanted - range.start, view_bounds(timeline)));
}

void stand_at(const model::Timeline& timeline, ViewState& view, std::uint64_t event) {
    view.event = event;
    view.cursor = static_cast<TimeNs>(timeline.recording().event(event).time);
    bring_into_view(timeline, view);
}

/// Stepping begins: what is live must not run away under the cursor.
void settle_view(const Context& context) {
    if (context.input.live && !context.input.run.is_virtual && !context.view.frozen)
        toggle_freeze(context);
}

void ask_engine(const Context& context) {
    context.emit(command::StepRun{view::step_mask(context.view.step_over)});
    context.view.awaits_step = true;
}

}  // namespace

std::optional<std::uint64_t> event_at_cursor(const model::Timeline& timeline,
                                             const ViewState& view) {
    const recording::Snapshot& recording = timeline.recording();
    if (view.cursor < 0 || recording.event_count() == 0)
        return std::nullopt;
    const bool is_held =
        view.event && *view.event >= recording.first_index() && *view.event < recording.end_index();
    if (is_held && static_cast<TimeNs>(recording.event(*view.event).time) == view.cursor)
        return view.event;
    const std::uint64_t after = recording.index_after(view.cursor);
    if (after == recording.first_index())
        return std::nullopt;
    return after - 1;
}

bool can_ask_engine(const FrameInput& input) {
    return input.live && input.run.is_virtual && run_is_on(input);
}

void step_forward(const Context& context) {
    settle_view(context);
    ViewState& view = context.view;
    const bool runs = context.input.run.phase == RunPhase::Running;
    if (can_ask_engine(context.input) && runs && !view.frozen)
        return ask_engine(context);
    const model::Timeline& timeline = shown_timeline(context.input, view);
    const auto here = event_at_cursor(timeline, view);
    const std::uint64_t from = here ? *here + 1 : timeline.recording().first_index();
    const auto next = view::next_event(timeline.recording(), from, view::step_mask(view.step_over));
    if (next)
        stand_at(timeline, view, *next);
    else if (can_ask_engine(context.input) && !view.frozen)
        ask_engine(context);
}

void step_back(const Context& context) {
    settle_view(context);
    ViewState& view = context.view;
    const model::Timeline& timeline = shown_timeline(context.input, view);
    const auto here = event_at_cursor(timeline, view);
    const std::uint64_t before = here ? *here : timeline.recording().end_index();
    const auto previous =
        view::previous_event(timeline.recording(), before, view::step_mask(view.step_over));
    if (previous)
        stand_at(timeline, view, *previous);
}

void follow_step(const Context& context) {
    ViewState& view = context.view;
    if (!view.awaits_step)
        return;
    if (!run_is_on(context.input)) {
        view.awaits_step = false;
        return;
    }
    if (context.input.run.phase != RunPhase::Held)
        return;
    const recording::Snapshot& recording = context.input.timeline.recording();
    const auto last =
        view::previous_event(recording, recording.end_index(), view::step_mask(view.step_over));
    if (!last || (view.event && *last <= *view.event))
        return;  // the event is still on its way to the recording
    view.awaits_step = false;
    stand_at(context.input.timeline, view, *last);
}

void clear_step(ViewState& view) {
    view.cursor = -1;
    view.event.reset();
    view.awaits_step = false;
}

}  // namespace golanes::ui
