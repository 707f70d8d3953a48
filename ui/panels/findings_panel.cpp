#include "ui/panels/findings_panel.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/finding_evidence.h"
#include "ui/panels/finding_words.h"
#include "ui/panels/goroutine_link.h"
#include "ui/panels/items.h"
#include "ui/panels/moment.h"
#include "ui/panels/theme.h"
#include "ui/panels/timeline_input.h"
#include "ui/panels/timeline_panel.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"
#include "ui/view/findings_search.h"

namespace golanes::ui {
namespace {

constexpr std::size_t kMostRows = 200;
constexpr float kBothPx = 520;  // at scale 1: so wide, list and evidence stand side by side

template <typename... T>
std::string say(const char* form, const T&... values) {
    return fmt::format(fmt::runtime(form), values...);
}

/// Brings the stretch into view, with as much air on both sides as it is long.
void show_range(const model::Timeline& timeline, const model::Finding& finding, ViewState& state) {
    const DurationNs air = std::max<DurationNs>(finding.to - finding.from, kMicrosecond);
    set_view(state, view::clamped({finding.from - air, finding.to + air}, view_bounds(timeline)));
    jump_to(timeline, state, finding.from);
}

/// "1.20 ms to 1.35 ms, in 3 runs"
std::string when_words(const model::Timeline& timeline, const model::Finding& finding) {
    std::string text = time_words(timeline, finding.from);
    if (finding.to > finding.from)
        text = say(tr("{0} to {1}"), text, time_words(timeline, finding.to));
    return finding.runs > 1 ? text + say(tr(", in {} runs"), finding.runs) : text;
}

/// Whether reads and writes of shared variables were recorded.
bool has_accesses(const model::Timeline& timeline) {
    return timeline.recording().meta->level == "full";
}

}  // namespace

struct FindingsPanel::State {
    view::FindingsSearch search;
    const view::FoundFindings* chosen_of = nullptr;
    std::size_t chosen = 0;

    void draw_title(const model::Timeline& timeline, const ViewState& view) const;
    void draw_list(const model::Timeline& timeline, ViewState& view);
    void draw_row(const model::Timeline& timeline, ViewState& view, std::size_t number);
    void draw_chosen(const FrameInput& input,
                     const model::Timeline& timeline,
                     ViewState& view) const;
};

void FindingsPanel::State::draw_title(const model::Timeline& timeline,
                                      const ViewState& view) const {
    std::string words = tr("Looking...");
    if (view.findings != nullptr) {
        words = say(tr("{} findings"), view.findings->list.size());
        if (view.findings->timeline.recording().event_count() < timeline.recording().event_count())
            words += say(tr(" up to {}"), time_words(timeline, view.findings->timeline.end()));
        if (search.searching())
            words += tr(", looking...");
    }
    colored_text(palette().text, words.c_str());
    tag("findings.title");
}

void FindingsPanel::State::draw_row(const model::Timeline& timeline,
                                    ViewState& view,
                                    std::size_t number) {
    const model::Finding& finding = view.findings->list[number];
    const std::string title =
        fmt::format("{}  ·  {}", finding_title(finding.kind), when_words(timeline, finding));
    const std::string sentence = finding_sentence(finding);
    const float width = std::max(1.0F, ImGui::GetContentRegionAvail().x);
    const float title_height = ImGui::CalcTextSize(title.c_str(), nullptr, false, width).y;
    const float height =
        title_height + ImGui::CalcTextSize(sentence.c_str(), nullptr, false, width).y;
    const ImVec2 start = ImGui::GetCursorPos();
    const std::string id = fmt::format("##finding{}", number);
    if (ImGui::Selectable(id.c_str(), chosen == number, 0, {width, height})) {
        chosen = number;
        show_range(timeline, finding, view);
        if (!finding.goroutines.empty())
            select_goroutine(view, finding.run, finding.goroutines.front());
    }
    tag(fmt::format("findings.row.{}", number));
    const ImVec2 end = ImGui::GetCursorPos();
    ImGui::PushTextWrapPos(start.x + width);
    ImGui::SetCursorPos(start);
    ImGui::PushStyleColor(ImGuiCol_Text, palette().warning);
    ImGui::TextUnformatted(title.c_str());
    ImGui::PopStyleColor();
    ImGui::SetCursorPos({start.x, start.y + title_height});
    ImGui::TextUnformatted(sentence.c_str());
    ImGui::PopTextWrapPos();
    ImGui::SetCursorPos({end.x, end.y + 3 * ui_scale()});
}

void FindingsPanel::State::draw_list(const model::Timeline& timeline, ViewState& view) {
    const std::size_t all = view.findings->list.size();
    for (std::size_t i = 0; i < std::min(all, kMostRows); ++i)
        draw_row(timeline, view, i);
    if (all > kMostRows)
        colored_text(palette().dim_text, say(tr("... and {} more"), all - kMostRows).c_str());
}

void FindingsPanel::State::draw_chosen(const FrameInput& input,
                                       const model::Timeline& timeline,
                                       ViewState& view) const {
    draw_evidence(input, timeline, view.findings->list[chosen], view);
}

FindingsPanel::FindingsPanel() : state_(std::make_unique<State>()) {}

FindingsPanel::~FindingsPanel() = default;

void FindingsPanel::look(const FrameInput& input, ViewState& view) {
    State& s = *state_;
    const bool now = !input.live || view.shown == view::ViewKind::Findings;
    s.search.follow(shown_timeline(input, view),
                    now ? view::SearchWhen::Now : view::SearchWhen::Later);
    view.findings = s.search.found();
}

void FindingsPanel::draw(const FrameInput& input, ViewState& view) {
    State& s = *state_;
    const model::Timeline& timeline = shown_timeline(input, view);
    if (view.findings.get() != s.chosen_of) {
        s.chosen_of = view.findings.get();
        s.chosen = 0;
    }
    ImGui::PushFont(fonts().small);
    s.draw_title(timeline, view);
    if (!has_accesses(timeline)) {
        colored_text(palette().dim_text,
                     tr("Data races cannot be seen here: the reads and writes of variables were "
                        "not recorded. \"golanes run SCENARIO --level full --record FILE\" records "
                        "them; then open that file."));
        tag("findings.no_accesses");
    }
    if (view.findings != nullptr && view.findings->list.empty()) {
        const char* words =
            has_accesses(timeline)
                ? tr("Nothing found: no data race, no deadlock, no leak, and nobody who waited too "
                     "long. What was not recorded (events that were lost, variables that are not "
                     "Shared) cannot be judged.")
                : tr("Nothing found: no deadlock, no leak, and nobody who waited too long.");
        colored_text(palette().dim_text, words);
        tag("findings.none");
    } else if (view.findings != nullptr) {
        const ImVec2 room = ImGui::GetContentRegionAvail();
        const bool beside = room.x >= kBothPx * ui_scale();
        const float list_px = beside ? room.x * 0.45F : room.x;
        ImGui::BeginChild("##findings.list",
                          {list_px, beside ? 0 : room.y * 0.45F},
                          false,
                          ImGuiWindowFlags_NavFlattened);
        s.draw_list(timeline, view);
        ImGui::EndChild();
        if (beside)
            ImGui::SameLine(0, 12 * ui_scale());
        ImGui::BeginChild("##findings.chosen", {0, 0}, false, ImGuiWindowFlags_NavFlattened);
        s.draw_chosen(input, timeline, view);
        ImGui::EndChild();
    }
    ImGui::PopFont();
}

bool FindingsPanel::searching() const {
    return state_->search.searching();
}

void FindingsPanel::wait() {
    state_->search.wait();
}

}  // namespace golanes::ui
