#include "ui/panels/inspector_panel.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include <imgui.h>

#include "core/base/headline.h"
#include "core/model/statistics.h"
#include "ui/panels/gantt_paint.h"
#include "ui/panels/items.h"
#include "ui/panels/moment.h"
#include "ui/panels/run_words.h"
#include "ui/panels/span_tooltip.h"
#include "ui/panels/theme.h"
#include "ui/panels/timeline_panel.h"
#include "ui/panels/tr.h"
#include "ui/panels/wait_words.h"
#include "ui/panels/widgets.h"
#include "ui/view/palette.h"

namespace golanes::ui {
namespace {

constexpr double kRefreshSeconds = 0.5;  ///< Numbers of a run still going on change this often.
constexpr std::size_t kMaxSentences = 40;

void heading_line(const std::string& text) {
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(text.c_str());
    ImGui::PopTextWrapPos();
}

void dim_text(const std::string& text) {
    ImGui::PushStyleColor(ImGuiCol_Text, palette().dim_text);
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(text.c_str());
    ImGui::PopTextWrapPos();
    ImGui::PopStyleColor();
}

/// A dim name and, beside it or below it when it is long, the value.
void fact(const char* name, const std::string& value) {
    if (value.empty())
        return;
    const float column = 126 * ui_scale();
    const bool beside = ImGui::GetContentRegionAvail().x - column > 80 * ui_scale();
    ImGui::PushStyleColor(ImGuiCol_Text, palette().dim_text);
    ImGui::TextUnformatted(name);
    ImGui::PopStyleColor();
    if (beside && ImGui::CalcTextSize(name).x < column)
        ImGui::SameLine(column);
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(value.c_str());
    ImGui::PopTextWrapPos();
}

std::string end_words(const model::GoroutineInfo& info) {
    switch (info.end_kind) {
        case trace::EventType::GoEnd:
            return tr("ended: its function returned");
        case trace::EventType::GoPanic:
            return tr("ended by a panic");
        case trace::EventType::GoKilled:
            return tr("killed when the run ended");
        default:
            return {};
    }
}

/// Which numbers are computed, so that they are not computed every frame.
struct SummaryKey {
    std::uint32_t run = 0;
    TimeNs begin = -1;
    TimeNs end = -1;
    TimeNs moment = -1;
    std::uint64_t events = 0;

    friend bool operator==(const SummaryKey&, const SummaryKey&) = default;
};

struct Summary {
    SummaryKey key;
    double made_at = 0;
    model::Statistics numbers;
    std::vector<model::WaitFact> waiting;
};

void draw_totals(const model::GoroutineInfo& info) {
    fact(tr("running"), format_duration(info.run_ns));
    fact(tr("runnable"), format_duration(info.runnable_ns));
    fact(tr("waiting"), format_duration(info.waiting_ns));
    if (info.blocking_ns > 0)
        fact(tr("blocked"), format_duration(info.blocking_ns));
    fact(tr("off CPU"), format_duration(info.off_cpu_ns));
    fact(tr("slices"), fmt::format("{}", info.run_slices));
    if (info.stack_bytes != 0)
        fact(tr("stack"), format_bytes(info.stack_bytes));
}

void draw_origin(const model::Timeline& timeline, const model::GoroutineInfo& info) {
    const std::string creator = info.creator == 0 ? std::string(tr("the runtime"))
                                                  : timeline.goroutine_name(info.run, info.creator);
    fact(tr("created by"), creator);
    fact(tr("go statement"), place_words(timeline, info.made_at));
    fact(tr("run"), fmt::format("{}", info.run));
}

void draw_name(const model::Timeline& timeline, const model::GoroutineInfo& info) {
    const float size = ImGui::GetTextLineHeight() * 0.8F;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float top = at.y + (ImGui::GetTextLineHeight() - size) / 2;
    ImGui::GetWindowDrawList()->AddRectFilled(
        {at.x, top}, {at.x + size, top + size}, packed(view::goroutine_color(info.id, ground())));
    ImGui::Dummy({size, size});
    ImGui::SameLine(0, 8 * ui_scale());
    heading_line(fmt::format("{}  (G{})", timeline.goroutine_name(info.run, info.id), info.id));
    tag("inspector.name");
}

void draw_nothing_in_run(const ViewState& state) {
    dim_text(fmt::format(
        fmt::runtime(
            tr("G{} does not exist in the run in view. Press Escape to clear the selection.")),
        state.selected));
}

}  // namespace

struct InspectorPanel::State {
    std::optional<Summary> summary;

    const Summary& summary_of(const model::Timeline& timeline,
                              const model::RunInfo& run,
                              TimeNs moment);
    void draw_run(const FrameInput& input,
                  const model::Timeline& timeline,
                  const ViewState& view,
                  const model::RunInfo& run);
    void draw_goroutine(const model::Timeline& timeline,
                        const ViewState& view,
                        const model::RunInfo& run);
    void draw_state(const model::Timeline& timeline,
                    const ViewState& view,
                    const model::RunInfo& run,
                    const model::GoroutineInfo& info);
};

const Summary& InspectorPanel::State::summary_of(const model::Timeline& timeline,
                                                 const model::RunInfo& run,
                                                 TimeNs moment) {
    const TimeNs end = run.end >= 0 ? run.end : timeline.end();
    const bool finished = run.end >= 0;
    const SummaryKey key{
        run.number, run.begin, end, moment, finished ? 0 : timeline.recording().event_count()};
    const double now = ImGui::GetTime();
    const bool same_run =
        summary && summary->key.run == run.number && summary->key.begin == run.begin;
    const bool fresh = same_run && !finished && now - summary->made_at < kRefreshSeconds;
    if (summary && (summary->key == key || fresh))
        return *summary;
    summary = Summary{key,
                      now,
                      model::statistics(timeline, run.begin, end + 1),
                      model::waiting_facts(timeline, moment)};
    return *summary;
}

void InspectorPanel::State::draw_state(const model::Timeline& timeline,
                                       const ViewState& view,
                                       const model::RunInfo& run,
                                       const model::GoroutineInfo& info) {
    const TimeNs moment = moment_in(timeline, view, run);
    const bool ended = info.ended >= 0 && info.ended <= moment;
    const auto span = timeline.span_at({model::LaneKind::Goroutine, info.id}, moment);
    const char* when = moment == view.cursor ? tr("at the cursor") : tr("state");
    if (ended || !span || span->run != run.number) {
        fact(when, moment < info.created ? tr("not created yet") : end_words(info));
        return;
    }
    fact(when, state_words(*span));
    fact(tr("where"), place_words(timeline, span->where));
    if (span->state != model::State::Waiting)
        return;
    const std::string name = timeline.goroutine_name(run.number, info.id);
    for (const model::WaitFact& wait : summary_of(timeline, run, moment).waiting) {
        if (wait.goroutine == name)
            dim_text(wait_words(wait));
    }
}

void InspectorPanel::State::draw_goroutine(const model::Timeline& timeline,
                                           const ViewState& view,
                                           const model::RunInfo& run) {
    const auto info = timeline.goroutine(run.number, view.selected);
    if (!info) {
        draw_nothing_in_run(view);
        return;
    }
    draw_name(timeline, *info);
    ImGui::Spacing();
    draw_state(timeline, view, run, *info);
    const std::string end = end_words(*info);
    if (!end.empty())
        fact(tr("end"), end);
    ImGui::Spacing();
    ImGui::Separator();
    dim_text(tr("Time in each state"));
    draw_totals(*info);
    ImGui::Separator();
    draw_origin(timeline, *info);
    ImGui::Spacing();
    dim_text(tr("Its slices are lit in the picture. Escape clears the selection."));
}

void InspectorPanel::State::draw_run(const FrameInput& input,
                                     const model::Timeline& timeline,
                                     const ViewState& view,
                                     const model::RunInfo& run) {
    const Summary& known = summary_of(timeline, run, moment_of_ending(timeline, run));
    const model::Statistics& numbers = known.numbers;
    heading_line(fmt::format(fmt::runtime(tr("Run {}")), run.number));
    tag("inspector.run");
    ImGui::Spacing();
    fact(tr("state"), status_words(status_of(run, input)));
    fact(tr("outcome"), run.outcome);
    fact(tr("length"), format_duration(numbers.wall_ns));
    fact(tr("CPU time"), format_duration(numbers.cpu_ns));
    fact(tr("parallelism"), fmt::format("{:.2f}", numbers.parallelism));
    fact(tr("at once"), fmt::format(fmt::runtime(tr("at most {} running")), numbers.max_running));
    fact(tr("off CPU"), format_duration(numbers.off_cpu_ns));
    fact(tr("goroutines"), fmt::format("{}", numbers.goroutines));
    fact(tr("switches"), fmt::format("{}", numbers.switches));
    fact(tr("steals"), fmt::format("{}", numbers.steals));
    fact(tr("preemptions"), fmt::format("{}", numbers.preemptions));
    if (!run.message.empty())
        dim_text(std::string(headline(run.message)));
    const bool stuck =
        run.status == trace::RunStatus::Deadlock || run.status == trace::RunStatus::Starved;
    if (stuck && !known.waiting.empty()) {
        ImGui::Separator();
        heading_line(tr("Who waits for what"));
        for (std::size_t i = 0; i < std::min(known.waiting.size(), kMaxSentences); ++i)
            dim_text(wait_words(known.waiting[i]));
        if (known.waiting.size() > kMaxSentences)
            dim_text(fmt::format(fmt::runtime(tr("... and {} more")),
                                 known.waiting.size() - kMaxSentences));
        tag("inspector.waiting");
    }
    ImGui::Spacing();
    if (view.selected == 0)
        dim_text(tr("Click a slice or a goroutine's name to see its story."));
}

InspectorPanel::InspectorPanel() : state_(std::make_unique<State>()) {}

InspectorPanel::~InspectorPanel() = default;

void InspectorPanel::draw(const FrameInput& input, ViewState& state) {
    const model::Timeline& timeline = shown_timeline(input, state);
    const model::RunInfo* run = timeline.empty() ? nullptr : shown_run(timeline, state);
    if (run == nullptr) {
        dim_text(
            tr("Here the run and the goroutine you click are described. Choose a scenario on the "
               "left and start it."));
        return;
    }
    if (state.selected != 0)
        state_->draw_goroutine(timeline, state, *run);
    else
        state_->draw_run(input, timeline, state, *run);
}

}  // namespace golanes::ui
