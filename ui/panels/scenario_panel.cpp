#include "ui/panels/scenario_panel.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <imgui.h>

#include "ui/panels/items.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

struct Group {
    std::string_view id;
    const char* title;
};

/// The words for the catalogue's groups; a group without words shows its id.
constexpr std::array kGroups{
    Group{"concurrency", tr_later("Concurrency and parallelism")},
    Group{"goroutines", tr_later("Goroutines")},
    Group{"scheduling", tr_later("Scheduling")},
    Group{"channels", tr_later("Channels")},
    Group{"races", tr_later("Races")},
    Group{"processes", tr_later("Processes")},
};

/// What to look for; while the lesson asks, it would tell the answer.
std::string summary_of(const Context& context, const catalog::Scenario& scenario) {
    const bool asks = context.view.shown == view::ViewKind::Lesson && context.view.question_is_open;
    return asks && context.input.run.scenario == scenario.id
               ? tr("What there is to see comes after your prediction.")
               : tr(scenario.summary);
}

void draw_summary(const std::string& summary) {
    ImGui::PushFont(fonts().small);
    ImGui::Indent(ImGui::GetFontSize() * 0.6F);
    colored_text(palette().dim_text, summary.c_str());
    ImGui::Unindent(ImGui::GetFontSize() * 0.6F);
    ImGui::PopFont();
    ImGui::Spacing();
}

/// A row whose text wraps where the column is narrow.
bool draw_title(const std::string& text,
                const std::string& id,
                const std::string& hint_text,
                bool chosen) {
    const ImVec2 at = ImGui::GetCursorPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const float height = ImGui::CalcTextSize(text.c_str(), nullptr, false, width).y;
    const bool pressed = ImGui::Selectable(("###" + id).c_str(), chosen, 0, {0, height});
    tag("scenario." + id);
    hint(hint_text.c_str());
    const ImVec2 below = ImGui::GetCursorPos();
    ImGui::SetCursorPos(at);
    colored_text(palette().text, text.c_str());
    ImGui::SetCursorPos(below);
    return pressed;
}

void draw_row(const Context& context, const catalog::Scenario& scenario) {
    const std::string id(scenario.id);
    const bool chosen = context.input.run.scenario == id;
    const std::string summary = summary_of(context, scenario);
    if (draw_title(tr(scenario.title), id, summary, chosen))
        context.emit(command::SelectScenario{id});
    if (chosen)
        draw_summary(summary);
}

std::vector<std::string_view> groups_of(const FrameInput& input) {
    std::vector<std::string_view> groups;
    for (const catalog::Scenario* scenario : input.scenarios) {
        if (std::find(groups.begin(), groups.end(), scenario->group) == groups.end())
            groups.push_back(scenario->group);
    }
    return groups;
}

}  // namespace

std::string group_title(std::string_view group) {
    const auto known = std::find_if(
        kGroups.begin(), kGroups.end(), [&](const Group& each) { return each.id == group; });
    return known == kGroups.end() ? std::string(group) : tr(known->title);
}

const catalog::Scenario* chosen_scenario(const FrameInput& input) {
    const auto found = std::find_if(
        input.scenarios.begin(), input.scenarios.end(), [&](const catalog::Scenario* scenario) {
            return scenario->id == input.run.scenario;
        });
    return found == input.scenarios.end() ? nullptr : *found;
}

void draw_scenario_panel(const Context& context) {
    for (const std::string_view group : groups_of(context.input)) {
        heading(group_title(group).c_str());
        for (const catalog::Scenario* scenario : context.input.scenarios) {
            if (scenario->group == group)
                draw_row(context, *scenario);
        }
        ImGui::Spacing();
    }
}

}  // namespace golanes::ui
