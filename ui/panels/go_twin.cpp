#include "ui/panels/go_twin.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/items.h"
#include "ui/panels/theme.h"

namespace golanes::ui {
namespace {

/// "scenarios/letters.cpp" -> "assets/go/letters/main.go"; another path: empty.
std::string twin_of(std::string_view path) {
    constexpr std::string_view kFolder = "scenarios/";
    constexpr std::string_view kEnding = ".cpp";
    if (!path.starts_with(kFolder) || !path.ends_with(kEnding))
        return {};
    path.remove_prefix(kFolder.size());
    path.remove_suffix(kEnding.size());
    return fmt::format("assets/go/{}/main.go", path);
}

/// Tabs as four places: fonts have no tabs.
std::string untabbed(std::string_view line) {
    std::string text;
    for (const char c : line) {
        if (c == '\t')
            text += "    ";
        else
            text += c;
    }
    return text;
}

}  // namespace

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

void scroll_to_line(std::uint32_t line) {
    const float line_px = ImGui::GetTextLineHeight();
    const float y = static_cast<float>(line - 1) * line_px;
    const float room = ImGui::GetWindowHeight();
    if (y < ImGui::GetScrollY() || y + line_px > ImGui::GetScrollY() + room)
        ImGui::SetScrollY(std::max(0.0F, y - line_px * std::floor(room / line_px / 2)));
}

void GoTwin::choose(SourceLookup lookup, const std::string& cpp_file) {
    if (std::exchange(cpp_file_, cpp_file) == cpp_file)
        return;
    file_ = twin_of(cpp_file);
    const std::string_view text = file_.empty() ? std::string_view() : lookup(file_);
    lines_ = lines_of(text);
    twins_ =
        text.empty() ? std::vector<view::TwinLine>() : view::twin_lines(lookup(cpp_file), text);
}

void GoTwin::draw_line(std::uint32_t number, bool lit, bool pointed) const {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float right = ImGui::GetWindowPos().x + ImGui::GetWindowWidth();
    const float bottom = at.y + ImGui::GetTextLineHeight();
    if (lit)
        ImGui::GetWindowDrawList()->AddRectFilled(at, {right, bottom}, palette().selection);
    if (pointed)
        ImGui::GetWindowDrawList()->AddRect(at, {right, bottom}, palette().accent);
    ImGui::PushStyleColor(ImGuiCol_Text, palette().dim_text);
    ImGui::TextUnformatted(fmt::format("{:>4}", number).c_str());
    ImGui::PopStyleColor();
    ImGui::SameLine(0, 12 * ui_scale());
    ImGui::TextUnformatted(untabbed(lines_[number - 1]).c_str());
    if (recording_items() && lit)
        tag(fmt::format("source.go.{}", number));
}

void GoTwin::draw(const std::vector<std::uint32_t>& standing,
                  std::uint32_t pointed,
                  std::uint32_t wanted) const {
    ImGui::BeginChild("##source.go",
                      {0, 0},
                      false,
                      ImGuiWindowFlags_NavFlattened | ImGuiWindowFlags_HorizontalScrollbar);
    ImGui::PushFont(fonts().mono);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
    std::vector<std::uint32_t> lit;
    for (const std::uint32_t line : standing)
        lit.push_back(view::go_line_of(twins_, line));
    const std::uint32_t counterpart = pointed == 0 ? 0 : view::go_line_of(twins_, pointed);
    if (const std::uint32_t line = view::go_line_of(twins_, wanted); wanted != 0 && line != 0)
        scroll_to_line(line);
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(lines_.size()), ImGui::GetTextLineHeight());
    while (clipper.Step()) {
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            const auto number = static_cast<std::uint32_t>(i) + 1;
            const bool is_lit = std::ranges::find(lit, number) != lit.end();
            draw_line(number, is_lit, number == counterpart);
        }
    }
    ImGui::PopStyleVar();
    ImGui::PopFont();
    ImGui::EndChild();
    tag("source.go");
}

}  // namespace golanes::ui
