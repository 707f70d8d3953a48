#include "ui/panels/banners.h"

#include <algorithm>
#include <filesystem>
#include <string>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/actions.h"
#include "ui/panels/dialogs.h"
#include "ui/panels/items.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

const char* phase_text(const FrameInput& input) {
    switch (input.run.phase) {
        case RunPhase::Starting:
            return tr("starting");
        case RunPhase::Running:
            return tr("running");
        case RunPhase::Held:
            return tr("held");
        case RunPhase::Ended:
            return tr("ended");
        case RunPhase::Crashed:
            return tr("crashed");
        case RunPhase::None:
            break;
    }
    return input.timeline.empty() ? "" : tr("recording");
}

ImU32 phase_color(RunPhase phase) {
    switch (phase) {
        case RunPhase::Running:
            return palette().good;
        case RunPhase::Held:
            return palette().warning;
        case RunPhase::Crashed:
            return palette().error;
        default:
            return palette().dim_text;
    }
}

std::string title_text(const FrameInput& input) {
    if (const catalog::Scenario* scenario = chosen_scenario(input))
        return tr(scenario->title);
    const auto& meta = *input.timeline.recording().meta;
    if (!meta.title.empty())
        return meta.title;
    if (!input.file.empty())
        return std::filesystem::path(input.file).filename().string();
    return meta.scenario;
}

std::string facts_text(const FrameInput& input) {
    const char* engine = input.run.is_virtual ? tr("virtual engine") : tr("real engine");
    std::string text = engine;
    if (!input.file.empty())
        text += "  ·  " + std::filesystem::path(input.file).filename().string();
    return text;
}

/// A coloured bar over the whole width; `draw` fills it, `height_px` is what it needs.
struct Bar {
    Bar(ImU32 edge, float text_width_px, const std::string& text) {
        const ImGuiStyle& style = ImGui::GetStyle();
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float width = ImGui::GetContentRegionAvail().x;
        const float text_height =
            ImGui::CalcTextSize(text.c_str(), nullptr, false, text_width_px).y;
        height = text_height + 4 * style.FramePadding.y;
        ImDrawList& list = *ImGui::GetWindowDrawList();
        list.AddRectFilled(at, {at.x + width, at.y + height}, palette().banner);
        list.AddRectFilled(at, {at.x + 5 * ui_scale(), at.y + height}, edge);
        top = ImGui::GetCursorPosY();
        ImGui::SetCursorPos({ImGui::GetCursorPosX() + style.WindowPadding.x + 5 * ui_scale(),
                             top + style.FramePadding.y});
    }

    void finish() const {
        ImGui::SetCursorPosY(top + height);
        ImGui::Dummy({0, 2 * ui_scale()});
    }

    float top = 0;
    float height = 0;
};

/// One bar: text at the left, one button at the right. True when the button was pressed.
bool draw_bar(ImU32 edge,
              const std::string& text,
              const char* button_name,
              const char* button_text) {
    const float button_px = button_width(button_text);
    const float padding = 3 * ImGui::GetStyle().WindowPadding.x;
    const float text_px = std::max(50.0F, ImGui::GetContentRegionAvail().x - button_px - padding);
    const float left = ImGui::GetCursorPosX();
    const float right = left + ImGui::GetContentRegionAvail().x;
    const Bar bar(edge, text_px, text);
    ImGui::AlignTextToFramePadding();
    ImGui::PushTextWrapPos(ImGui::GetCursorPosX() + text_px);
    ImGui::TextUnformatted(text.c_str());
    ImGui::PopTextWrapPos();
    ImGui::SetCursorPos({right - button_px - ImGui::GetStyle().FramePadding.x,
                         bar.top + ImGui::GetStyle().FramePadding.y});
    const bool pressed = button(button_name, button_text);
    bar.finish();
    return pressed;
}

bool has_end_text(const RunView& run) {
    const bool over = run.phase == RunPhase::Ended || run.phase == RunPhase::Crashed;
    return over && !run.ended_text.empty();
}

void draw_end_of_run(const Context& context) {
    const RunView& run = context.input.run;
    if (!has_end_text(run))
        return;
    const bool crashed = run.phase == RunPhase::Crashed;
    const std::string text =
        std::string(crashed ? tr("The run crashed: ") : tr("The run ended: ")) + run.ended_text;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    if (draw_bar(
            crashed ? palette().error : palette().accent, text, "banner.again", tr("Start again")))
        start_again(context);
    tag_rect("banner.ended", at, ImGui::GetCursorScreenPos());
}

void draw_notices(const Context& context) {
    for (std::size_t i = 0; i < context.input.notices.size(); ++i) {
        const Notice& notice = context.input.notices[i];
        const bool error = notice.kind == Notice::Kind::Error;
        const std::string name = fmt::format("notice.{}.close", i);
        if (draw_bar(
                error ? palette().error : palette().accent, notice.text, name.c_str(), tr("Close")))
            context.emit(command::DismissNotice{i});
    }
}

void centered(const char* text, ImU32 color) {
    const float width = ImGui::GetContentRegionAvail().x;
    const float wanted = ImGui::CalcTextSize(text, nullptr, false, width).x;
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0F, (width - wanted) / 2));
    colored_text(color, text);
}

/// State of the run and its facts: beside the title on its baseline, or below it if it is narrow.
void draw_title_facts(const FrameInput& input, float top, float big_height) {
    const char* phase = phase_text(input);
    const std::string facts = facts_text(input);
    const float gap = ImGui::GetFontSize();
    const float wanted =
        ImGui::CalcTextSize(phase).x + ImGui::CalcTextSize(facts.c_str()).x + 2 * gap;
    const float right = ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x;
    const bool beside = ImGui::GetItemRectMax().x + wanted < right;
    const float line_top = top + (big_height - ImGui::GetTextLineHeight()) * 0.75F;
    if (beside) {
        ImGui::SameLine(0, gap);
        ImGui::SetCursorPosY(line_top);
    }
    ImGui::PushStyleColor(ImGuiCol_Text, phase_color(input.run.phase));
    ImGui::TextUnformatted(phase);
    ImGui::PopStyleColor();
    ImGui::SameLine(0, gap);
    if (beside)
        ImGui::SetCursorPosY(line_top);
    ImGui::PushStyleColor(ImGuiCol_Text, palette().dim_text);
    ImGui::TextUnformatted(facts.c_str());
    ImGui::PopStyleColor();
    if (beside)
        ImGui::SetCursorPosY(top + big_height);
}

}  // namespace

void draw_title_line(const Context& context) {
    const std::string title = title_text(context.input);
    if (title.empty())
        return;
    const ImGuiStyle& style = ImGui::GetStyle();
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + style.FramePadding.y);
    ImGui::Indent(style.WindowPadding.x);
    const float top = ImGui::GetCursorPosY();
    ImGui::PushFont(fonts().big);
    const float big_height = ImGui::GetTextLineHeight();
    colored_text(palette().text, title.c_str());
    ImGui::PopFont();
    tag("title");
    draw_title_facts(context.input, top, big_height);
    ImGui::Unindent(style.WindowPadding.x);
    ImGui::SetCursorPosY(ImGui::GetCursorPosY() + style.FramePadding.y);
}

void draw_banners(const Context& context, float most_px) {
    float& needed_px = context.layout.banners_px;
    const bool any = !context.input.notices.empty() || has_end_text(context.input.run);
    if (!any)
        return;
    const float height = std::clamp(needed_px, ImGui::GetFrameHeight(), most_px);
    ImGui::BeginChild("##banners", {0, height}, false, ImGuiWindowFlags_NavFlattened);
    draw_end_of_run(context);
    draw_notices(context);
    needed_px = ImGui::GetCursorPosY();
    ImGui::EndChild();
}

void draw_empty_state(const Context& context) {
    const bool starting = run_is_on(context.input);
    const bool chosen = !context.input.run.scenario.empty();
    ImGui::SetCursorPosY(ImGui::GetContentRegionAvail().y * 0.35F);
    ImGui::PushFont(fonts().big);
    const char* first = starting ? tr("Waiting for the first events...")
                        : chosen ? tr("Press Start to run the scenario")
                                 : tr("Choose a scenario at the left");
    centered(first, palette().text);
    ImGui::PopFont();
    tag("empty");
    ImGui::Spacing();
    if (!starting)
        centered(tr("or open a recording (Ctrl+O), or drop one here"), palette().dim_text);
}

}  // namespace golanes::ui
