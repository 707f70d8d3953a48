#include "ui/panels/span_tooltip.h"

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/reason_words.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

void dim_line(const std::string& text) {
    ImGui::PushStyleColor(ImGuiCol_Text, palette().dim_text);
    ImGui::TextUnformatted(text.c_str());
    ImGui::PopStyleColor();
}

void line(const std::string& text) {
    ImGui::TextUnformatted(text.c_str());
}

/// Times count from the begin of the run, as on the axis.
std::string from_to(const model::Timeline& timeline, view::TimeRange time) {
    const model::RunInfo* run = timeline.run_at(time.start);
    const TimeNs origin = run != nullptr ? run->begin : timeline.start();
    return fmt::format(fmt::runtime(tr("from {} to {}")),
                       format_duration(time.start - origin),
                       format_duration(time.end - origin));
}

std::string who(const model::Timeline& timeline, std::uint32_t run, GoroutineId g) {
    return fmt::format("{}  (G{})", timeline.goroutine_name(run, g), g);
}

std::string machine_words(const model::Span& span) {
    std::string words;
    if (span.p != kNoProc)
        words = fmt::format("P{}", span.p);
    if (span.cpu != kNoCpu)
        words += fmt::format("{}CPU {}", words.empty() ? "" : "   ", span.cpu);
    return words;
}

void span_lines(const model::Timeline& timeline, const model::Span& span) {
    if (span.g != 0)
        line(who(timeline, span.run, span.g));
    else if (span.lane.kind == model::LaneKind::Proc)
        line(fmt::format("P{}", span.lane.number));
    line(fmt::format("{}: {}", state_words(span), format_duration(span.length())));
    if ((span.flags & model::Span::kOpen) != 0)
        dim_line(tr("still going on"));
    dim_line(from_to(timeline, {span.start, span.end}));
    const std::string machine = machine_words(span);
    if (!machine.empty())
        dim_line(machine);
    const std::string place = place_words(timeline, span.where);
    if (!place.empty())
        dim_line(place);
}

void merged_lines(const model::Timeline& timeline, const view::Item& item) {
    const model::RunInfo* run = timeline.run_at(item.time.start);
    if (item.g != 0)
        line(who(timeline, run != nullptr ? run->number : 0, item.g));
    else
        line(tr("several goroutines"));
    line(state_words(item.state));
    line(fmt::format(fmt::runtime(tr("{} slices, too short to draw: zoom in")), item.count));
    dim_line(fmt::format(fmt::runtime(tr("about {} % of the time here")), item.eighths * 100 / 8));
    dim_line(from_to(timeline, item.time));
}

void queue_lines(const model::Timeline& timeline, const view::Row& row, const view::Item& item) {
    const std::string where =
        row.kind == view::RowKind::GlobalQueue
            ? tr("the global run queue")
            : fmt::format(fmt::runtime(tr("the run queue of P{}")), row.number);
    line(fmt::format(fmt::runtime(tr("{} goroutines in {}")), item.count, where));
    dim_line(from_to(timeline, item.time));
}

std::string mark_words(const model::Mark& mark) {
    switch (mark.kind) {
        case model::MarkKind::Preempted:
            return tr("preempted: its time slice was over");
        case model::MarkKind::ProcCount:
            return fmt::format(fmt::runtime(tr("the number of Ps is {} from here on")), mark.value);
        case model::MarkKind::CpuCount:
            return fmt::format(fmt::runtime(tr("CPUs the threads may use from here on: {}")),
                               mark.value);
        case model::MarkKind::WorldStop:
            return tr("the world is stopped");
        case model::MarkKind::Steal:
            return tr("work stealing: taken from another P's queue");
        case model::MarkKind::HandOff:
            return tr("hand-off: the P goes to another thread");
        case model::MarkKind::StackGrowth:
            return fmt::format(fmt::runtime(tr("its stack grew to {}")), format_bytes(mark.value));
        case model::MarkKind::Panic:
            return tr("panic");
        case model::MarkKind::Deadlock:
            return tr("deadlock: all goroutines are asleep");
        case model::MarkKind::Loss:
            return tr("events are missing here: the ring was full");
        case model::MarkKind::Violation:
            return tr("the events contradict each other here");
        case model::MarkKind::Log:
            return tr("printed a line");
        case model::MarkKind::Check:
            return tr("an invariant was checked");
    }
    return {};
}

/// What a goroutine printed, checked or panicked with.
std::string said(const model::Timeline& timeline, const model::Mark& mark) {
    const bool has_text = mark.kind == model::MarkKind::Log ||
                          mark.kind == model::MarkKind::Check ||
                          mark.kind == model::MarkKind::Panic;
    return has_text ? timeline.recording().names->string(static_cast<StringId>(mark.value))
                    : std::string();
}

void mark_lines(const model::Timeline& timeline, const view::MarkItem& item) {
    if (item.count > 1)
        line(fmt::format("{} x {}", item.count, mark_words(item.mark)));
    else
        line(mark_words(item.mark));
    const std::string text = said(timeline, item.mark);
    if (!text.empty())
        dim_line(text);
    if (!item.mark.text.empty())
        dim_line(item.mark.text);
}

void item_lines(const model::Timeline& timeline, const view::Gantt& gantt, const view::Hit& hit) {
    const view::Item& item = gantt.items[hit.item];
    if (item.kind == view::ItemKind::Queue)
        queue_lines(timeline, gantt.rows[hit.row], item);
    else if (item.kind == view::ItemKind::Merged)
        merged_lines(timeline, item);
    else
        span_lines(timeline, gantt.spans[item.span]);
}

}  // namespace

std::string state_words(model::State state) {
    switch (state) {
        case model::State::Runnable:
            return tr("runnable (in a run queue)");
        case model::State::Running:
            return tr("running");
        case model::State::OffCpu:
            return tr("off CPU (the operating system ran something else)");
        case model::State::Waiting:
            return tr("waiting");
        case model::State::Blocking:
            return tr("in a blocking call");
        case model::State::Idle:
            return tr("idle");
        case model::State::Spinning:
            return tr("searching for work");
        case model::State::Parked:
            return tr("asleep");
        case model::State::Stopped:
            return tr("stopped");
        case model::State::Lost:
            return tr("lost (events are missing)");
        case model::State::Count_:
            break;
    }
    return {};
}

std::string state_words(const model::Span& span) {
    if (span.state != model::State::Waiting || span.detail == 0)
        return state_words(span.state);
    return fmt::format("{} ({})",
                       state_words(span.state),
                       reason_words(static_cast<trace::WaitReason>(span.detail)));
}

std::string place_words(const model::Timeline& timeline, PlaceId place) {
    const trace::Place& at = timeline.recording().names->place(place);
    return at.file.empty() ? std::string() : fmt::format("{}:{}", at.file, at.line);
}

void draw_span_tooltip(const model::Timeline& timeline,
                       const view::Gantt& gantt,
                       const view::Hit& hit,
                       TimeNs time) {
    if (hit.item == view::kNone && hit.mark == view::kNone)
        return;
    ImGui::BeginTooltip();
    if (hit.mark != view::kNone)
        mark_lines(timeline, gantt.marks[hit.mark]);
    if (hit.mark != view::kNone && hit.item != view::kNone)
        ImGui::Separator();
    if (hit.item != view::kNone)
        item_lines(timeline, gantt, hit);
    const model::RunInfo* run = timeline.run_at(time);
    const TimeNs origin = run != nullptr ? run->begin : timeline.start();
    dim_line(fmt::format(fmt::runtime(tr("here: {}")), format_duration(time - origin)));
    ImGui::EndTooltip();
}

}  // namespace golanes::ui
