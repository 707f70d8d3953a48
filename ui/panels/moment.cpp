#include "ui/panels/moment.h"

#include <algorithm>

#include <imgui.h>

#include "ui/panels/timeline_input.h"
#include "ui/panels/timeline_panel.h"

namespace golanes::ui {
namespace {

/// Where in the view a cursor lands that would be outside.
constexpr double kLandsAt = 0.7;

void bring_into_view(const model::Timeline& timeline, ViewState& state) {
    const view::TimeRange range{state.view_start, state.view_end};
    if (range.contains(state.cursor))
        return;
    const TimeNs wanted =
        state.cursor - static_cast<TimeNs>(static_cast<double>(range.length()) * kLandsAt);
    set_view(state, panned(range, wanted - range.start, view_reach(timeline)));
}

}  // namespace

TimeNs moment_of_ending(const model::Timeline& timeline, const model::RunInfo& run) {
    if (run.end < 0)
        return timeline.end() - 1;
    TimeNs killed = run.end;
    for (const model::GoroutineInfo& info : timeline.goroutines(run.number)) {
        if (info.end_kind == trace::EventType::GoKilled)
            killed = std::min(killed, info.ended);
    }
    return killed - 1;
}

TimeNs moment_in(const model::Timeline& timeline,
                 const ViewState& state,
                 const model::RunInfo& run) {
    const TimeNs end = moment_of_ending(timeline, run);
    const bool at_cursor = state.cursor >= run.begin && state.cursor <= end;
    return at_cursor ? state.cursor : end;
}

const model::RunInfo* run_of_moment(const model::Timeline& timeline, const ViewState& state) {
    const model::RunInfo* at_cursor = state.cursor < 0 ? nullptr : timeline.run_at(state.cursor);
    if (at_cursor != nullptr)
        return at_cursor;
    const bool is_now = state.follow && !state.frozen && state.selected == 0;
    return is_now ? timeline.run_at(timeline.end() - 1) : shown_run(timeline, state);
}

std::string time_words(const model::Timeline& timeline, TimeNs t) {
    const model::RunInfo* run = timeline.run_at(t);
    return format_duration(t - (run != nullptr ? run->begin : timeline.start()));
}

void jump_to(const model::Timeline& timeline, ViewState& state, TimeNs t) {
    state.event.reset();
    state.cursor = t;
    bring_into_view(timeline, state);
}

void jump_to_event(const model::Timeline& timeline, ViewState& state, std::uint64_t event) {
    jump_to(timeline, state, static_cast<TimeNs>(timeline.recording().event(event).time));
    state.event = event;
}

void select_goroutine(ViewState& state, std::uint32_t run, GoroutineId g) {
    state.selected = g;
    state.selected_run = run;
}

RecordingKey key_of(const model::Timeline& timeline) {
    const recording::Snapshot& recording = timeline.recording();
    return {recording.chunks.empty() ? nullptr : recording.chunks.front().get(),
            recording.event_count()};
}

bool MomentWatch::is_due(const model::Timeline& timeline,
                         const ViewState& state,
                         const model::RunInfo& run) {
    const Key now{key_of(timeline), run.number, moment_in(timeline, state, run), state.selected};
    const double time = ImGui::GetTime();
    const bool grows_only = now.selected == key_.selected &&
                            now.recording.recording == key_.recording.recording &&
                            (state.follow || (now.run == key_.run && now.moment == key_.moment));
    if (now == key_ || (grows_only && read_at_ >= 0 && time - read_at_ < refresh_seconds_))
        return false;
    key_ = now;
    read_at_ = time;
    return true;
}

}  // namespace golanes::ui
