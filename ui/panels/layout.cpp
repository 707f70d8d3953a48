#include "ui/panels/layout.h"

#include <algorithm>

#include <imgui.h>

#include "ui/panels/actions.h"
#include "ui/panels/banners.h"
#include "ui/panels/controls_panel.h"
#include "ui/panels/items.h"
#include "ui/panels/legend.h"
#include "ui/panels/menu_bar.h"
#include "ui/panels/scenario_panel.h"
#include "ui/panels/status_bar.h"
#include "ui/panels/step_bar.h"
#include "ui/panels/theme.h"
#include "ui/panels/view_switch.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

constexpr float kLeftPx = 290;  // at scale 1
constexpr float kRightPx = 290;
constexpr float kLeastColumnPx = 150;
constexpr float kMostColumn = 0.27F;  // part of the window's width, so that the picture keeps half
constexpr float kMostBanners = 0.4F;  // part of the middle's height; more of them scroll
constexpr float kMostLegend = 0.35F;  // part of the middle's height
constexpr float kSmallPx = 500;       // at scale 1: the height of a small window
constexpr float kLeastForBothPx = 360;  // at scale 1: the timeline, the steps and a view
constexpr float kMostBars = 0.4F;       // part of the middle's height

void begin_panel(const char* name, ImVec2 size, ImU32 background) {
    ImGui::PushStyleColor(ImGuiCol_ChildBg, background);
    ImGui::BeginChild(
        name, size, false, ImGuiWindowFlags_AlwaysUseWindowPadding | ImGuiWindowFlags_NavFlattened);
    ImGui::PopStyleColor();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(8 * ui_scale(), 6 * ui_scale()));
}

void end_child_tagged(const char* name) {
    const ImVec2 at = ImGui::GetWindowPos();
    const ImVec2 size = ImGui::GetWindowSize();
    ImGui::EndChild();
    tag_rect(name, at, {at.x + size.x, at.y + size.y});
}

void end_panel(const char* name) {
    ImGui::PopStyleVar();
    end_child_tagged(name);
}

/// The width of a side column: what the person chose, within what the window allows.
float column_px(float chosen, float standard) {
    const float most = ImGui::GetIO().DisplaySize.x * kMostColumn;
    const float wanted = (chosen > 0 ? chosen : standard) * ui_scale();
    return std::clamp(wanted, std::min(kLeastColumnPx, most), most);
}

void column_splitter(const char* name, float& chosen, float width_px, float height, float sign) {
    float size = width_px;
    const float most = ImGui::GetIO().DisplaySize.x * kMostColumn;
    const Split split{.length_px = height,
                      .lowest = std::min(kLeastColumnPx, most),
                      .highest = most,
                      .sign = sign};
    splitter(name, split, size);
    if (size != width_px)
        chosen = size / ui_scale();
}

void draw_left_column(const Context& context, ImVec2 size) {
    ImGui::BeginChild("##left", size, false, ImGuiWindowFlags_NavFlattened);
    const float inner = size.y - splitter_px();
    float scenarios_px = inner * context.layout.scenarios;
    begin_panel("panel.scenarios", {0, scenarios_px}, palette().panel);
    draw_scenario_panel(context);
    end_panel("panel.scenarios");
    splitter("split.left_rows",
             {.direction = SplitDirection::TopBottom,
              .length_px = size.x,
              .lowest = inner * 0.15F,
              .highest = inner * 0.8F},
             scenarios_px);
    context.layout.scenarios = scenarios_px / inner;
    begin_panel("panel.controls", {0, 0}, palette().panel);
    draw_controls_panel(context);
    end_panel("panel.controls");
    ImGui::EndChild();
}

void draw_timeline(const Context& context, LayoutPanels& panels, float height) {
    ImGui::BeginChild("##timeline", {0, height}, false, ImGuiWindowFlags_NoNavInputs);
    static const std::vector<KeyPress> kNone;
    panels.timeline.draw(context.input, context.view, keys_are_taken() ? kNone : context.keys);
    end_child_tagged("panel.timeline");
}

/// The steps, the switch between views, and below them the legend.
void draw_below_timeline(const Context& context, LayoutPanels& panels) {
    begin_panel("panel.legend", {0, 0}, palette().background);
    const float top = ImGui::GetCursorPosY();
    const bool is_small = ImGui::GetIO().DisplaySize.y < kSmallPx * ui_scale();
    if (is_small)  // what is cut off below is not what leads to the other views
        draw_view_switch(context);
    draw_step_bar(context);
    if (!is_small)
        draw_view_switch(context);
    draw_legend();
    const float padding = ImGui::GetStyle().WindowPadding.y;
    panels.legend_px = ImGui::GetCursorPosY() - top + 2 * padding;
    end_panel("panel.legend");
}

void draw_bars(const Context& context, LayoutPanels& panels, float height) {
    begin_panel("panel.bars", {0, height}, palette().background);
    const float top = ImGui::GetCursorPosY();
    draw_step_bar(context);
    draw_view_switch(context);
    const ImGuiStyle& style = ImGui::GetStyle();
    panels.bars_px = ImGui::GetCursorPosY() - top - style.ItemSpacing.y + 2 * style.WindowPadding.y;
    end_panel("panel.bars");
}

void draw_view(const Context& context, LayoutPanels& panels) {
    switch (context.view.shown) {
        case view::ViewKind::Queues:
            panels.queues.draw(context.input, context.view);
            break;
        case view::ViewKind::Stacks:
            panels.stacks.draw(context.input, context.view);
            break;
        case view::ViewKind::Outcomes:
            panels.outcomes.draw(context);
            break;
        case view::ViewKind::Source:
            panels.source.draw(context.input, context.view);
            break;
        case view::ViewKind::Why:
            panels.why.draw(context.input, context.view);
            break;
        case view::ViewKind::Statistics:
            panels.statistics.draw(context.input, context.view);
            break;
        case view::ViewKind::Events:
            panels.events.draw(context.input, context.view);
            break;
        case view::ViewKind::Findings:
            panels.findings.draw(context.input, context.view);
            break;
        case view::ViewKind::Twin:
            panels.twin.draw(context);
            break;
        case view::ViewKind::Lesson:
            panels.lesson.draw(context);
            break;
        case view::ViewKind::Claims:
            panels.claims.draw(context);
            break;
        default:
            break;
    }
}

/// On a small screen a view takes the timeline's place.
void draw_view_alone(const Context& context, LayoutPanels& panels) {
    begin_panel("panel.view", {0, 0}, palette().background);
    draw_view_switch(context);
    draw_view(context, panels);
    end_panel("panel.view");
}

/// The timeline, and below it another view that shares its selection and cursor.
void draw_with_view(const Context& context, LayoutPanels& panels) {
    const float available = ImGui::GetContentRegionAvail().y;
    if (available < kLeastForBothPx * ui_scale() || takes_timelines_place(context.view.shown))
        return draw_view_alone(context, panels);
    const float bars_px = std::min(panels.bars_px, available * kMostBars);
    const float rest = std::max(2.0F, available - bars_px - splitter_px());
    float view_px = rest * context.layout.detail;
    draw_timeline(context, panels, rest - view_px);
    draw_bars(context, panels, bars_px);
    splitter("split.view",
             {.direction = SplitDirection::TopBottom,
              .length_px = ImGui::GetContentRegionAvail().x,
              .lowest = rest * 0.2F,
              .highest = rest * 0.85F,
              .sign = -1},
             view_px);
    context.layout.detail = view_px / rest;
    begin_panel("panel.view", {0, 0}, palette().background);
    draw_view(context, panels);
    end_panel("panel.view");
}

void draw_middle(const Context& context, LayoutPanels& panels, ImVec2 size) {
    ImGui::BeginChild("##middle", size, false, ImGuiWindowFlags_NavFlattened);
    draw_title_line(context);
    draw_banners(context, size.y * kMostBanners);
    if (context.input.timeline.empty() && !context.view.frozen) {
        draw_empty_state(context);
    } else if (context.view.shown != view::ViewKind::Timeline) {
        draw_with_view(context, panels);
    } else {
        const float available = ImGui::GetContentRegionAvail().y;
        const float legend_px = std::min(panels.legend_px, available * kMostLegend);
        draw_timeline(context, panels, available - legend_px);
        draw_below_timeline(context, panels);
    }
    ImGui::EndChild();
}

void draw_columns(const Context& context, LayoutPanels& panels, float height) {
    Layout& layout = context.layout;
    const float left_px = layout.show_left ? column_px(layout.left, kLeftPx) : 0;
    const float right_px = layout.show_right ? column_px(layout.right, kRightPx) : 0;
    if (layout.show_left) {
        draw_left_column(context, {left_px, height});
        ImGui::SameLine();
        column_splitter("split.left", layout.left, left_px, height, 1);
        ImGui::SameLine();
    }
    const float bar_px = layout.show_right ? splitter_px() : 0;
    const float middle_px = ImGui::GetContentRegionAvail().x - right_px - bar_px;
    draw_middle(context, panels, {std::max(1.0F, middle_px), height});
    if (!layout.show_right)
        return;
    ImGui::SameLine();
    column_splitter("split.right", layout.right, right_px, height, -1);
    ImGui::SameLine();
    begin_panel("panel.inspector", {0, height}, palette().panel);
    panels.inspector.draw(context.input, context.view);
    end_panel("panel.inspector");
}

void draw_bottom(const Context& context, bool language_missing) {
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(10 * ui_scale(), 0));
    ImGui::PushStyleColor(ImGuiCol_ChildBg, palette().raised);
    ImGui::BeginChild("##status",
                      {0, 0},
                      false,
                      ImGuiWindowFlags_AlwaysUseWindowPadding | ImGuiWindowFlags_NoScrollbar |
                          ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleColor();
    ImGui::PopStyleVar();
    draw_status_bar(context, language_missing);
    ImGui::EndChild();
}

}  // namespace

bool LayoutPanels::moving(view::ViewKind shown) const {
    return (shown == view::ViewKind::Queues && queues.moving()) ||
           (shown == view::ViewKind::Events && events.searching()) || findings.searching();
}

void draw_layout(const Context& context, LayoutPanels& panels, bool language_missing) {
    constexpr auto kFlags = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                            ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_MenuBar |
                            ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoBackground;
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize(ImGui::GetIO().DisplaySize);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::Begin("##root", nullptr, kFlags);
    ImGui::PopStyleVar();
    draw_menu_bar(context);
    panels.findings.look(context.input, context.view);
    const ImVec2 spacing = ImGui::GetStyle().ItemSpacing;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
    const float status_px = ImGui::GetFrameHeight();
    const float height = std::max(1.0F, ImGui::GetContentRegionAvail().y - status_px);
    draw_columns(context, panels, height);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, spacing);
    draw_bottom(context, language_missing);
    ImGui::PopStyleVar(2);
    ImGui::End();
}

}  // namespace golanes::ui
