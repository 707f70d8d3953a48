#include "ui/panels/why_panel.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <imgui.h>

#include "core/model/statistics.h"
#include "ui/panels/cycle_drawing.h"
#include "ui/panels/goroutine_link.h"
#include "ui/panels/items.h"
#include "ui/panels/moment.h"
#include "ui/panels/reason_words.h"
#include "ui/panels/span_tooltip.h"
#include "ui/panels/theme.h"
#include "ui/panels/timeline_panel.h"
#include "ui/panels/tr.h"
#include "ui/panels/wait_words.h"
#include "ui/panels/widgets.h"
#include "ui/view/wait_cycle.h"
#include "ui/view/wakes.h"

namespace golanes::ui {
namespace {

constexpr double kRefreshSeconds = 0.25;  ///< A followed run is looked at this often.
constexpr std::size_t kMostRows = 200;
constexpr std::size_t kFewRows = 4;  ///< So few are explained one by one.
constexpr float kRingPx = 360;       // at scale 1

template <typename... T>
std::string say(const char* form, const T&... values) {
    return fmt::format(fmt::runtime(form), values...);
}

}  // namespace

struct WhyPanel::State {
    MomentWatch watch{kRefreshSeconds};
    model::RunInfo run;
    TimeNs moment = 0;
    std::vector<model::WaitFact> facts;
    std::vector<view::WaitEdge> ring;
    std::optional<model::Span> span;  ///< Of the selected goroutine.
    std::optional<view::Wake> wake;

    bool read(const model::Timeline& timeline, const ViewState& view);
    void draw_title(const model::Timeline& timeline, const ViewState& view) const;
    void draw_fact(const model::Timeline& timeline,
                   ViewState& view,
                   const model::WaitFact& fact,
                   bool explain) const;
    void draw_facts(const model::Timeline& timeline, ViewState& view) const;
    void draw_selected(const model::Timeline& timeline, ViewState& view) const;
    void draw_wake(const model::Timeline& timeline, ViewState& view) const;
    [[nodiscard]] const model::WaitFact* fact_of(GoroutineId g) const;
};

bool WhyPanel::State::read(const model::Timeline& timeline, const ViewState& view) {
    const model::RunInfo* at = run_of_moment(timeline, view);
    if (at == nullptr)
        return false;
    if (!watch.is_due(timeline, view, *at))
        return true;
    run = *at;
    moment = watch.moment();
    facts = model::waiting_facts(timeline, moment);
    ring = view::find_wait_cycle(view::wait_edges(facts), view.selected);
    span.reset();
    wake.reset();
    if (view.selected != 0) {
        span = timeline.span_at({model::LaneKind::Goroutine, view.selected}, moment);
        wake = view::last_wake(timeline, view.selected, moment);
    }
    return true;
}

const model::WaitFact* WhyPanel::State::fact_of(GoroutineId g) const {
    const auto found = std::find_if(
        facts.begin(), facts.end(), [&](const model::WaitFact& fact) { return fact.id == g; });
    return found == facts.end() ? nullptr : &*found;
}

void WhyPanel::State::draw_title(const model::Timeline& timeline, const ViewState& view) const {
    const bool at_cursor = moment == view.cursor;
    const char* form = tr("At the end of the run, {0}: {1} goroutines wait");
    if (at_cursor)
        form = tr("At the cursor, {0}: {1} goroutines wait");
    else if (run.end < 0)
        form = tr("Now, {0}: {1} goroutines wait");
    colored_text(palette().text, say(form, time_words(timeline, moment), facts.size()).c_str());
    tag("why.title");
    if (facts.empty())
        colored_text(palette().dim_text,
                     tr("Click a thin line in the picture: it is a goroutine that waits."));
}

// "worker 2 | chan receive on tasks, pool.cpp:33, for 1.20 ms | held by | worker 1"
void WhyPanel::State::draw_fact(const model::Timeline& timeline,
                                ViewState& view,
                                const model::WaitFact& fact,
                                bool explain) const {
    const std::string name = fmt::format("why.G{}", fact.id);
    ImGui::PushID(name.c_str());
    goroutine_link(name, timeline, run.number, fact.id, view);
    std::string words = reason_words(fact.reason);
    if (!fact.object.empty())
        words += say(tr(" on {}"), fact.object);
    words += say(tr(", for {}"), format_duration(moment - fact.since));
    if (!fact.place.empty())
        words += ", " + fact.place;
    flow_text(palette().text, words);
    if (!fact.holder_ids.empty())
        flow_text(palette().dim_text, fact.held_for_reading ? tr("read by") : tr("held by"));
    for (const GoroutineId holder : fact.holder_ids) {
        flow_on(120 * ui_scale());
        goroutine_link(
            fmt::format("{}.holder{}", name, holder), timeline, run.number, holder, view);
    }
    if (explain) {
        ImGui::Indent(14 * ui_scale());
        colored_text(palette().dim_text, why_words(fact).c_str());
        ImGui::Unindent(14 * ui_scale());
    }
    ImGui::Spacing();
    ImGui::PopID();
}

void WhyPanel::State::draw_facts(const model::Timeline& timeline, ViewState& view) const {
    const bool few = facts.size() <= kFewRows;
    std::size_t shown = 0;
    for (const model::WaitFact& fact : facts) {
        if (fact.id == view.selected)
            continue;
        if (++shown > kMostRows)
            break;
        draw_fact(timeline, view, fact, few);
    }
    if (facts.size() > kMostRows)
        colored_text(palette().dim_text,
                     say(tr("... and {} more"), facts.size() - kMostRows).c_str());
}

// Who made it runnable, with a link to that one and to the moment.
void WhyPanel::State::draw_wake(const model::Timeline& timeline, ViewState& view) const {
    if (!wake)
        return;
    const bool by_goroutine = wake->by != 0 && wake->by != wake->g;
    const char* words = tr("It was woken by a timer");
    if (wake->kind == view::WakeKind::Yielded)
        words = tr("It gave up its P and stayed runnable");
    else if (wake->kind == view::WakeKind::Returned)
        words = tr("It came back from its blocking call");
    else if (wake->kind == view::WakeKind::Created)
        words = by_goroutine ? tr("It was made by") : tr("It was made by the runtime");
    else if (by_goroutine)
        words = tr("It was woken by");
    colored_text(palette().text, words);
    if (by_goroutine) {
        flow_on(120 * ui_scale());
        goroutine_link("why.waker", timeline, run.number, wake->by, view);
    }
    const std::string when = say(tr("at {}"), time_words(timeline, wake->time));
    flow_on(button_width(when.c_str()));
    if (ImGui::SmallButton(with_id(when, "why.wake_time").c_str()))
        jump_to_event(timeline, view, wake->event);
    tag("why.wake_time");
    hint(tr("Click to go there."));
}

void WhyPanel::State::draw_selected(const model::Timeline& timeline, ViewState& view) const {
    if (view.selected == 0)
        return;
    if (const model::WaitFact* fact = fact_of(view.selected)) {
        draw_fact(timeline, view, *fact, true);
        ImGui::Separator();
        return;
    }
    goroutine_link("why.selected", timeline, run.number, view.selected, view);
    if (!span || span->run != run.number) {
        flow_text(palette().dim_text, tr("is not alive at this time"));
        ImGui::Separator();
        return;
    }
    if (span->state == model::State::Runnable)
        flow_text(palette().text,
                  say(tr("is ready to run, but no P has taken it for {}"),
                      format_duration(moment - span->start)));
    else
        flow_text(palette().text, state_words(*span));
    draw_wake(timeline, view);
    ImGui::Separator();
}

WhyPanel::WhyPanel() : state_(std::make_unique<State>()) {}

WhyPanel::~WhyPanel() = default;

void WhyPanel::draw(const FrameInput& input, ViewState& view) {
    State& s = *state_;
    const model::Timeline& timeline = shown_timeline(input, view);
    if (timeline.empty() || !s.read(timeline, view)) {
        colored_text(palette().dim_text, tr("No run is in view. Press F to see all."));
        return;
    }
    const float width = ImGui::GetContentRegionAvail().x;
    const float ring_px = s.ring.empty() ? 0 : std::min(kRingPx * ui_scale(), width * 0.5F);
    ImGui::BeginChild("##why.words", {width - ring_px, 0}, false, ImGuiWindowFlags_NavFlattened);
    s.draw_title(timeline, view);
    s.draw_selected(timeline, view);
    s.draw_facts(timeline, view);
    ImGui::EndChild();
    if (s.ring.empty())
        return;
    ImGui::SameLine();
    ImGui::BeginChild("##why.ring", {0, 0}, false, ImGuiWindowFlags_NavFlattened);
    draw_cycle(timeline, s.run.number, s.ring, view);
    ImGui::EndChild();
}

}  // namespace golanes::ui
