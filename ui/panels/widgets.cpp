#include "ui/panels/widgets.h"

#include <algorithm>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/items.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"

namespace golanes::ui {

bool button(const char* name, const char* text, ImVec2 size) {
    const bool pressed = ImGui::Button(with_id(text, name).c_str(), size);
    tag(name);
    return pressed;
}

bool button_if(bool enabled, const char* name, const char* text, ImVec2 size) {
    ImGui::BeginDisabled(!enabled);
    const bool pressed = button(name, text, size);
    ImGui::EndDisabled();
    return pressed;
}

bool checkbox(const char* name, const char* text, bool& value) {
    const bool changed = ImGui::Checkbox(with_id(text, name).c_str(), &value);
    tag(name);
    return changed;
}

bool radio(const char* name, const char* text, bool active) {
    const bool pressed = ImGui::RadioButton(with_id(text, name).c_str(), active);
    tag(name);
    return pressed;
}

float slider_text_middle(float left_px, float right_px, double position) {
    const float quarter = (right_px - left_px) / 4;
    return position < 0.5 ? right_px - quarter : left_px + quarter;
}

void slider_text(const char* text, double position) {
    const ImVec2 min = ImGui::GetItemRectMin();
    const ImVec2 max = ImGui::GetItemRectMax();
    const ImVec2 size = ImGui::CalcTextSize(text);
    const float half = size.x / 2 + 6 * ui_scale();  // a long text needs more than half of the bar
    const float middle = std::clamp(slider_text_middle(min.x, max.x, position),
                                    min.x + half,
                                    std::max(min.x + half, max.x - half));
    ImGui::GetWindowDrawList()->AddText({middle - size.x / 2, (min.y + max.y - size.y) / 2},
                                        ImGui::GetColorU32(ImGuiCol_Text),
                                        text);
    ImGui::LogText("%s ", text);
}

void hint(const char* text) {
    if (!ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled))
        return;
    ImGui::BeginTooltip();
    ImGui::PushTextWrapPos(ImGui::GetFontSize() * 22);
    ImGui::TextUnformatted(text);
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
}

void colored_text(ImU32 color, const char* text) {
    ImGui::PushStyleColor(ImGuiCol_Text, color);
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(text);
    ImGui::PopTextWrapPos();
    ImGui::PopStyleColor();
}

void heading(const char* text) {
    ImGui::PushFont(fonts().small);
    colored_text(palette().dim_text, text);
    ImGui::PopFont();
}

float button_width(const char* text) {
    return ImGui::CalcTextSize(text).x + 2 * ImGui::GetStyle().FramePadding.x;
}

void same_line_if_fits(const char* text) {
    const float right = ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x;
    const float end =
        ImGui::GetItemRectMax().x + ImGui::GetStyle().ItemSpacing.x + button_width(text);
    if (end <= right)
        ImGui::SameLine();
}

float splitter_px() {
    return std::max(4.0F, 6 * ui_scale());
}

void splitter(const char* name, const Split& split, float& size_px) {
    static float size_at_click = 0;  // one bar is dragged at a time
    const bool left_right = split.direction == SplitDirection::LeftRight;
    const float length = std::max(1.0F, split.length_px);
    ImGui::InvisibleButton(
        name, left_right ? ImVec2(splitter_px(), length) : ImVec2(length, splitter_px()));
    tag(name);
    if (ImGui::IsItemHovered() || ImGui::IsItemActive())
        ImGui::SetMouseCursor(left_right ? ImGuiMouseCursor_ResizeEW : ImGuiMouseCursor_ResizeNS);
    if (ImGui::IsItemActivated())
        size_at_click = size_px;
    if (ImGui::IsItemActive()) {  // from the click on, not by steps: no drift past the limits
        const ImVec2 now = ImGui::GetMousePos();
        const ImVec2 from = ImGui::GetIO().MouseClickedPos[0];
        const float moved = left_right ? now.x - from.x : now.y - from.y;
        const float highest = std::max(split.lowest, split.highest);
        size_px = std::clamp(size_at_click + split.sign * moved, split.lowest, highest);
    }
    const ImVec2 min = ImGui::GetItemRectMin();
    const ImVec2 max = ImGui::GetItemRectMax();
    const bool lit = ImGui::IsItemHovered() || ImGui::IsItemActive();
    ImGui::GetWindowDrawList()->AddRectFilled(
        min, max, lit ? palette().accent : palette().background);
}

std::string grouped(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
        text.insert(static_cast<std::size_t>(at), 1, ',');
    return text;
}

std::string format_bytes(std::uint64_t bytes) {
    if (bytes < 1024)
        return std::to_string(bytes) + " B";
    const bool is_large = bytes >= 1024 * 1024;
    return fmt::format("{:.3g} {}",
                       static_cast<double>(bytes) / (is_large ? 1 << 20 : 1 << 10),
                       is_large ? "MB" : "KB");
}

}  // namespace golanes::ui
