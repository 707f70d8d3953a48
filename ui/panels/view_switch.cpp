#include "ui/panels/view_switch.h"

#include <array>
#include <string>

#include <imgui.h>

#include "ui/panels/items.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

struct ViewWords {
    const char* title;
    const char* meaning;
};

constexpr std::array<ViewWords, static_cast<std::size_t>(view::ViewKind::Count_)> kViews{{
    {tr_later("Timeline"), tr_later("Only the picture, and what its signs mean")},
    {tr_later("Run queues"), tr_later("Who stands in which run queue at the cursor, and who runs")},
    {tr_later("Stacks"), tr_later("How large each goroutine's stack is, and when it grew")},
    {tr_later("Outcomes"), tr_later("The scenario many times: which results come how often")},
    {tr_later("Source"), tr_later("The program's own lines, and who stands at which of them")},
    {tr_later("Why waiting?"), tr_later("Who waits for what, who holds it, who woke whom")},
    {tr_later("Statistics"),
     tr_later("The numbers of the stretch in view, and where its goroutines spent their time")},
    {tr_later("Events"), tr_later("Every event of the recording: filter, and jump to one")},
    {tr_later("Findings"),
     tr_later("What a person should know: races, deadlocks, leaks, and what costs time")},
    {tr_later("Lesson"), tr_later("Predict what the scenario does, run it, and read why")},
    {tr_later("Compare"), tr_later("Two runs above each other on one clock, and the speed-up")},
    {tr_later("Check the articles"),
     tr_later("What articles say about concurrency, measured on this machine")},
}};

std::string name_of(std::size_t number) {
    return "view." + std::string(view::kViewNames[number]);
}

std::string key_of_view(std::size_t number) {
    const std::string_view key = view::key_of(static_cast<view::ViewKind>(number));
    return key.empty() ? "" : " (" + std::string(key) + ")";
}

void draw_button(const Context& context, std::size_t number) {
    const auto kind = static_cast<view::ViewKind>(number);
    const bool active = context.view.shown == kind;
    ImGui::PushStyleColor(ImGuiCol_Button, active ? palette().accent : palette().raised);
    ImGui::PushStyleColor(ImGuiCol_Text, active ? palette().accent_text : palette().text);
    if (button(name_of(number).c_str(), tr(kViews[number].title)))
        context.view.shown = kind;
    ImGui::PopStyleColor(2);
    hint((tr(kViews[number].meaning) + key_of_view(number)).c_str());
}

void draw_buttons(const Context& context) {
    const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
    const float gap = 4 * ui_scale();
    for (std::size_t i = 0; i < kViews.size(); ++i) {
        const float width = button_width(tr(kViews[i].title));
        if (i > 0 && ImGui::GetItemRectMax().x + gap + width <= right)
            ImGui::SameLine(0, gap);
        draw_button(context, i);
    }
}

/// Where the buttons would need more than two lines.
void draw_combo(const Context& context) {
    const auto shown = static_cast<std::size_t>(context.view.shown);
    ImGui::SetNextItemWidth(-1);
    const bool open = ImGui::BeginCombo("##view.combo", tr(kViews[shown].title));
    tag("view.combo");
    if (!open)
        return;
    for (std::size_t i = 0; i < kViews.size(); ++i) {
        const std::string text = tr(kViews[i].title) + key_of_view(i);
        if (ImGui::Selectable(with_id(text, name_of(i)).c_str(), i == shown))
            context.view.shown = static_cast<view::ViewKind>(i);
        tag(name_of(i));
    }
    ImGui::EndCombo();
}

float width_of_buttons() {
    float width = 0;
    for (const ViewWords& words : kViews)
        width += button_width(tr(words.title)) + 4 * ui_scale();
    return width;
}

}  // namespace

const char* view_title(view::ViewKind kind) {
    return tr(kViews[static_cast<std::size_t>(kind)].title);
}

void draw_view_switch(const Context& context) {
    ImGui::BeginGroup();
    ImGui::PushFont(fonts().small);
    if (width_of_buttons() > 1.6F * ImGui::GetContentRegionAvail().x)
        draw_combo(context);
    else
        draw_buttons(context);
    ImGui::PopFont();
    ImGui::EndGroup();
    tag("view.switch");
}

}  // namespace golanes::ui
