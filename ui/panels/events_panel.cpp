#include "ui/panels/events_panel.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/event_words.h"
#include "ui/panels/goroutine_link.h"
#include "ui/panels/items.h"
#include "ui/panels/moment.h"
#include "ui/panels/span_tooltip.h"
#include "ui/panels/step_bar.h"
#include "ui/panels/step_state.h"
#include "ui/panels/theme.h"
#include "ui/panels/timeline_panel.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"
#include "ui/view/event_filter.h"
#include "ui/view/event_steps.h"

namespace golanes::ui {
namespace {

constexpr std::uint64_t kLookedAtPerFrame = 500'000;
constexpr int kColumns = 5;

/// What to show: 0 is everything, the others are the step bar's kinds.
std::uint64_t mask_of(int kind) {
    return kind == 0 ? view::kEveryType : view::step_mask(static_cast<view::StepOver>(kind - 1));
}

const char* kind_words(int kind) {
    if (kind == 0)
        return tr("everything that was recorded");
    const auto over = static_cast<view::StepOver>(kind - 1);
    return over == view::StepOver::Every ? tr("what was decided, not what was measured")
                                         : step_over_words(over);
}

void set_up_columns() {
    const float scale = ui_scale();
    const auto fixed = [&](const char* title, float width) {
        ImGui::TableSetupColumn(title, ImGuiTableColumnFlags_WidthFixed, width * scale);
    };
    ImGui::TableSetupScrollFreeze(0, 1);
    fixed(tr("number"), 76);
    fixed(tr("time"), 84);
    fixed("P", 30);
    ImGui::TableSetupColumn(tr("what happened"), ImGuiTableColumnFlags_WidthStretch);
    fixed(tr("where"), 130);
    ImGui::TableHeadersRow();
}

}  // namespace

struct EventsPanel::State {
    view::EventFilter filter;
    int kind = 0;
    std::array<char, 64> text{};
    bool is_complete = true;
    std::optional<std::uint64_t> shown_event;  ///< Where the table last went by itself.

    void draw_filter();
    void draw_count(const model::Timeline& timeline) const;
    void draw_table(const model::Timeline& timeline, ViewState& view);
    void draw_row(const model::Timeline& timeline,
                  ViewState& view,
                  std::uint64_t number,
                  std::optional<std::uint64_t> here);
    void follow_cursor(std::optional<std::uint64_t> here, float row_px);
};

void EventsPanel::State::draw_filter() {
    ImGui::SetNextItemWidth(260 * ui_scale());
    const bool open = ImGui::BeginCombo("##events.kind", kind_words(kind));
    tag("events.kind");
    if (open) {
        for (int i = 0; i <= static_cast<int>(view::StepOver::Count_); ++i) {
            if (ImGui::Selectable(kind_words(i), i == kind))
                kind = i;
            tag(fmt::format("events.kind.{}", i));
        }
        ImGui::EndCombo();
    }
    flow_on(170 * ui_scale());
    ImGui::SetNextItemWidth(170 * ui_scale());
    ImGui::InputTextWithHint("##events.text", tr("a name, G7, P1, chan"), text.data(), text.size());
    tag("events.text");
    hint(
        tr("Shows the events of a goroutine (worker, G7), of a P (P1), or of a kind (chan, lock, "
           "move)."));
    filter.set({mask_of(kind), text.data()});
}

void EventsPanel::State::draw_count(const model::Timeline& timeline) const {
    const std::uint64_t all = timeline.recording().event_count();
    const char* form =
        is_complete ? tr("{0} of {1} events") : tr("{0} of {1} events, searching...");
    const std::string words = fmt::format(fmt::runtime(form), grouped(filter.size()), grouped(all));
    const float right = ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x;
    if (ImGui::GetItemRectMax().x + ImGui::GetStyle().ItemSpacing.x +
            ImGui::CalcTextSize(words.c_str()).x <=
        right)
        ImGui::SameLine();
    ImGui::AlignTextToFramePadding();
    ImGui::PushStyleColor(ImGuiCol_Text, palette().dim_text);
    ImGui::TextUnformatted(words.c_str());
    ImGui::PopStyleColor();
    tag("events.count");
}

// The cursor moved elsewhere: its event comes into the middle of the table.
void EventsPanel::State::follow_cursor(std::optional<std::uint64_t> here, float row_px) {
    if (std::exchange(shown_event, here) == here || !here)
        return;
    const float wanted = static_cast<float>(filter.row_of(*here)) * row_px;
    const float seen = ImGui::GetScrollY();
    const float room = ImGui::GetWindowHeight() - 2 * row_px;
    if (wanted < seen || wanted + row_px > seen + room)
        ImGui::SetScrollY(std::max(0.0F, wanted - room / 2));
}

void EventsPanel::State::draw_row(const model::Timeline& timeline,
                                  ViewState& view,
                                  std::uint64_t number,
                                  std::optional<std::uint64_t> here) {
    const trace::Event& event = timeline.recording().event(number);
    const auto time = static_cast<TimeNs>(event.time);
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    const std::string label = fmt::format("{}###event{}", grouped(number + 1), number);
    if (ImGui::Selectable(label.c_str(), here == number, ImGuiSelectableFlags_SpanAllColumns)) {
        jump_to_event(timeline, view, number);
        shown_event = number;
        const bool of_goroutine = trace::info_of(event.type).a.starts_with("goroutine");
        const model::RunInfo* run = timeline.run_at(time);
        if (of_goroutine && event.a != 0 && run != nullptr)
            select_goroutine(view, run->number, event.a);
    }
    if (recording_items())
        tag(fmt::format("events.row.{}", number));
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(time_words(timeline, time).c_str());
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(event.p == kNoProc ? "" : fmt::format("P{}", event.p).c_str());
    ImGui::TableNextColumn();
    ImGui::TextUnformatted(event_words(timeline, event).c_str());
    ImGui::TableNextColumn();
    const std::string place = place_words(timeline, event.where);
    const auto folder = place.rfind('/');
    ImGui::TextUnformatted(place.c_str() + (folder == std::string::npos ? 0 : folder + 1));
}

void EventsPanel::State::draw_table(const model::Timeline& timeline, ViewState& view) {
    constexpr ImGuiTableFlags kFlags = ImGuiTableFlags_ScrollY | ImGuiTableFlags_RowBg |
                                       ImGuiTableFlags_Resizable | ImGuiTableFlags_BordersInnerV |
                                       ImGuiTableFlags_NoSavedSettings;
    // The widths are the person's; another scale begins with the standard ones.
    const std::string id = fmt::format("##events{}", ui_scale());
    if (!ImGui::BeginTable(id.c_str(), kColumns, kFlags, ImGui::GetContentRegionAvail()))
        return;
    set_up_columns();
    const auto here = event_at_cursor(timeline, view);
    const float row_px = ImGui::GetTextLineHeight() + 2 * ImGui::GetStyle().CellPadding.y;
    follow_cursor(here, row_px);
    ImGuiListClipper clipper;
    constexpr std::uint64_t kMostRows = 2'000'000'000;
    clipper.Begin(static_cast<int>(std::min(filter.size(), kMostRows)), row_px);
    while (clipper.Step()) {
        for (int row = clipper.DisplayStart; row < clipper.DisplayEnd; ++row)
            draw_row(timeline, view, filter.event_of(static_cast<std::uint64_t>(row)), here);
    }
    ImGui::EndTable();
    tag("events.table");
}

EventsPanel::EventsPanel() : state_(std::make_unique<State>()) {}

EventsPanel::~EventsPanel() = default;

void EventsPanel::draw(const FrameInput& input, ViewState& view) {
    State& s = *state_;
    const model::Timeline& timeline = shown_timeline(input, view);
    s.draw_filter();
    s.is_complete = s.filter.advance(timeline, kLookedAtPerFrame);
    s.draw_count(timeline);
    if (s.filter.size() == 0 && s.is_complete)
        colored_text(palette().dim_text,
                     tr("No event fits. Clear the field, or choose everything."));
    else
        s.draw_table(timeline, view);
}

bool EventsPanel::searching() const {
    return !state_->is_complete;
}

}  // namespace golanes::ui
