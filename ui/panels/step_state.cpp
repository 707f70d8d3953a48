#include "ui/panels/step_state.h"

#include <algorithm>
#include <utility>

#include "ui/panels/actions.h"
#include "ui/panels/moment.h"
#include "ui/panels/timeline_panel.h"
#include "ui/view/branch.h"
#include "ui/view/event_steps.h"

namespace golanes::ui {
namespace {

/// Stepping begins: what is live must not run away under the cursor.
void settle_view(const Context& context) {
    if (context.input.live && !context.input.run.is_virtual && !context.view.frozen)
        toggle_freeze(context);
}

void await_step(ViewState& view, std::optional<TimeNs> time) {
    view.awaits_step = true;
    view.awaited_time = time;
}

void ask_engine(const Context& context) {
    context.emit(command::StepRun{view::step_mask(context.view.step_over)});
    await_step(context.view, std::nullopt);
}

const model::RunInfo* run_going_on(const FrameInput& input) {
    const auto runs = input.timeline.runs();
    return can_ask_engine(input) && !runs.empty() && runs.back().end < 0 ? &runs.back() : nullptr;
}

// The engine stands at a time, where there may be no event, or at the end of a run that was
// shorter.
void follow_to_time(const Context& context, TimeNs time) {
    const auto runs = context.input.timeline.runs();
    if (runs.empty())
        return;
    context.view.awaits_step = false;
    const TimeNs there = runs.back().begin + time;
    jump_to(context.input.timeline,
            context.view,
            runs.back().end < 0 ? there : std::min(there, runs.back().end));
}

// Nothing yet: the event is still on its way to the recording.
void stand_at_last_event(const Context& context) {
    ViewState& view = context.view;
    const recording::Snapshot& recording = context.input.timeline.recording();
    const auto last =
        view::previous_event(recording, recording.end_index(), view::step_mask(view.step_over));
    if (!last || (view.event && *last <= *view.event))
        return;
    view.awaits_step = false;
    jump_to_event(context.input.timeline, view, *last);
    view.engine_stand = last;
}

// The engine stood before all it had done was recorded. Who went elsewhere meanwhile stays there.
void catch_up(const Context& context) {
    ViewState& view = context.view;
    const bool is_there = view.engine_stand && view.event == view.engine_stand;
    if (is_there && context.input.run.phase == RunPhase::Held)
        stand_at_last_event(context);
    else
        view.engine_stand.reset();
}

/// The recording of the branch has not replaced the other one.
bool awaits_recording(const Context& context) {
    ViewState& view = context.view;
    view.awaits_branch = view.awaits_branch && !context.input.timeline.empty();
    return view.awaits_branch || context.input.timeline.empty();
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

std::optional<TimeNs> virtual_present(const FrameInput& input) {
    const model::RunInfo* run = run_going_on(input);
    if (run == nullptr)
        return std::nullopt;
    return std::max(input.timeline.end(), run->begin + input.run.virtual_now);
}

void run_to(const Context& context, TimeNs time) {
    const model::RunInfo* run = run_going_on(context.input);
    if (run != nullptr && run->begin + time > *virtual_present(context.input)) {
        go_live(context);
        context.emit(command::RunTo{time});
        return await_step(context.view, time);
    }
    const model::Timeline& timeline = shown_timeline(context.input, context.view);
    if (const model::RunInfo* shown = shown_run(timeline, context.view); shown != nullptr)
        jump_to(timeline, context.view, shown->begin + time);
}

bool can_run_to_cursor(const Context& context) {
    const auto present = virtual_present(context.input);
    return present && context.view.cursor > *present;
}

void run_to_cursor(const Context& context) {
    if (can_run_to_cursor(context))
        run_to(context, context.view.cursor - run_going_on(context.input)->begin);
}

bool can_branch_here(const Context& context) {
    const model::Timeline& timeline = shown_timeline(context.input, context.view);
    const model::RunInfo* run = timeline.run_at(context.view.cursor);
    return context.view.cursor >= 0 && run != nullptr &&
           view::can_branch(*run, context.view.cursor);
}

void branch_here(const Context& context) {
    ViewState& view = context.view;
    const model::Timeline& timeline = shown_timeline(context.input, view);
    const auto event = event_at_cursor(timeline, view);
    const bool at_event = event && event == view.event;
    const auto point = view::branch_point(timeline, view.cursor, at_event ? event : std::nullopt);
    if (!point)
        return;
    go_live(context);
    context.emit(command::Branch{point->token, point->event_number, point->time});
    await_step(view, at_event ? std::nullopt : std::optional(point->time));
    view.awaits_branch = true;
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
        jump_to_event(timeline, view, *next);
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
        jump_to_event(timeline, view, *previous);
}

void follow_step(const Context& context) {
    ViewState& view = context.view;
    if (!view.awaits_step)
        return catch_up(context);
    if (!run_is_on(context.input)) {
        view.awaits_step = false;
        return;
    }
    if (awaits_recording(context) || context.input.run.phase != RunPhase::Held)
        return;
    if (view.awaited_time)
        return follow_to_time(context, *view.awaited_time);
    stand_at_last_event(context);
}

void clear_step(ViewState& view) {
    view.cursor = -1;
    view.event.reset();
    view.awaits_step = false;
    view.awaited_time.reset();
    view.engine_stand.reset();
    view.awaits_branch = false;
}

void adopt_new_recording(ViewState& view) {
    if (!std::exchange(view.awaits_branch, false))
        return clear_step(view);
    view.cursor = -1;
    view.event.reset();
}

}  // namespace golanes::ui
