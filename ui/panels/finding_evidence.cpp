#include "ui/panels/finding_evidence.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/event_words.h"
#include "ui/panels/finding_words.h"
#include "ui/panels/goroutine_link.h"
#include "ui/panels/items.h"
#include "ui/panels/moment.h"
#include "ui/panels/race_drawing.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

constexpr std::size_t kMostGoroutines = 12;
constexpr std::size_t kMostEvents = 8;

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

/// The line of the program at a place; empty: its source is not known.
std::string_view program_line(const FrameInput& input,
                              const model::Timeline& timeline,
                              PlaceId where) {
    if (input.source == nullptr)
        return {};
    const trace::Place& place = timeline.recording().names->place(where);
    std::string_view text = input.source(place.file);
    for (std::uint32_t line = 1; line < place.line && !text.empty(); ++line)
        text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    return place.line == 0 ? std::string_view() : trimmed(text.substr(0, text.find('\n')));
}

void draw_goroutines(const model::Timeline& timeline,
                     const model::Finding& finding,
                     ViewState& state) {
    if (finding.goroutines.empty())
        return;
    flow_text(palette().dim_text, tr("goroutines:"));
    const std::size_t shown = std::min(finding.goroutines.size(), kMostGoroutines);
    for (std::size_t i = 0; i < shown; ++i) {
        const GoroutineId g = finding.goroutines[i];
        ImGui::PushID(static_cast<int>(i));
        goroutine_link(fmt::format("findings.G{}", g), timeline, finding.run, g, state);
        ImGui::PopID();
    }
    if (shown < finding.goroutines.size())
        flow_text(
            palette().dim_text,
            fmt::format(fmt::runtime(tr("... and {} more")), finding.goroutines.size() - shown));
    ImGui::NewLine();
}

void draw_events(const FrameInput& input,
                 const model::Timeline& timeline,
                 const model::Finding& finding,
                 ViewState& state) {
    const std::size_t shown = std::min(finding.events.size(), kMostEvents);
    for (std::size_t i = 0; i < shown; ++i)
        draw_event_line(input, timeline, {finding.events[i], {}}, state);
}

}  // namespace

void draw_event_line(const FrameInput& input,
                     const model::Timeline& timeline,
                     const EvidenceEvent& event,
                     ViewState& state) {
    const trace::Event& at = timeline.recording().event(event.number);
    const auto time = static_cast<TimeNs>(at.time);
    const std::string words =
        fmt::format("{}{}  {}", event.before, time_words(timeline, time), event_line(timeline, at));
    const std::string_view line = program_line(input, timeline, at.where);
    const ImVec2 start = ImGui::GetCursorPos();
    const float width = std::max(1.0F, ImGui::GetContentRegionAvail().x);
    const float indent = 14 * ui_scale();
    float height = ImGui::CalcTextSize(words.c_str(), nullptr, false, width).y;
    if (!line.empty())
        height += ImGui::GetTextLineHeightWithSpacing();
    const std::string id = fmt::format("##evidence{}", event.number);
    if (ImGui::Selectable(id.c_str(), state.event == event.number, 0, {width, height}))
        jump_to_event(timeline, state, event.number);
    tag(fmt::format("findings.event.{}", event.number));
    const ImVec2 end = ImGui::GetCursorPos();
    ImGui::SetCursorPos(start);
    ImGui::PushTextWrapPos(start.x + width);
    ImGui::TextUnformatted(words.c_str());
    ImGui::PopTextWrapPos();
    if (!line.empty()) {
        ImGui::SetCursorPosX(start.x + indent);
        ImGui::PushStyleColor(ImGuiCol_Text, palette().dim_text);
        ImGui::TextUnformatted(line.data(), line.data() + line.size());
        ImGui::PopStyleColor();
    }
    ImGui::SetCursorPos(end);
}

void draw_evidence(const FrameInput& input,
                   const model::Timeline& timeline,
                   const model::Finding& finding,
                   ViewState& state) {
    colored_text(palette().text, finding_meaning(finding.kind));
    tag("findings.meaning");
    if (finding.kind == model::FindingKind::DataRace && finding.events.size() == 2) {
        draw_race(input, timeline, finding, state);
        return;
    }
    draw_goroutines(timeline, finding, state);
    draw_events(input, timeline, finding, state);
    if (finding.kind == model::FindingKind::Deadlock || finding.kind == model::FindingKind::Leak) {
        if (button("findings.why", tr("Who waits for whom?"))) {
            jump_to(timeline, state, std::max(finding.from, finding.to - 1));
            state.shown = view::ViewKind::Why;
        }
    }
}

}  // namespace golanes::ui
