#include "ui/panels/markdown_text.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/items.h"
#include "ui/panels/theme.h"
#include "ui/view/text_flow.h"

namespace golanes::ui {
namespace {

using lessons::BlockKind;
using lessons::TextBlock;
using lessons::TextRun;

constexpr float kLineHeight = 1.35F;
constexpr float kIndent = 22;   // at scale 1, a list
constexpr float kSlant = 0.2F;  // pixels to the right a pixel of height

ImFont* font_of(const TextBlock& block, const TextRun& run) {
    if (run.style.code || block.kind == BlockKind::Code)
        return fonts().mono;
    return block.kind == BlockKind::Heading && block.level == 1 ? fonts().big : fonts().normal;
}

float width_of(ImFont* font, std::string_view words) {
    return font
        ->CalcTextSizeA(font->FontSize, FLT_MAX, 0, words.data(), words.data() + words.size())
        .x;
}

/// There is no font for it: what was drawn since `first` leans to the right above `base_y`.
void slant(ImDrawList* draw, int first, float base_y) {
    for (int i = first; i < draw->VtxBuffer.Size; ++i)
        draw->VtxBuffer[i].pos.x += (base_y - draw->VtxBuffer[i].pos.y) * kSlant;
}

void draw_words(
    ImFont* font, ImVec2 at, ImU32 color, std::string_view words, lessons::TextStyle style) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const int first = draw->VtxBuffer.Size;
    const char* end = words.data() + words.size();
    draw->AddText(font, font->FontSize, at, color, words.data(), end);
    if (style.strong)  // twice, a little apart: there is no bold font
        draw->AddText(font,
                      font->FontSize,
                      {at.x + std::max(1.0F, 0.6F * ui_scale()), at.y},
                      color,
                      words.data(),
                      end);
    if (style.emphasis)
        slant(draw, first, at.y + font->FontSize * 0.8F);
}

/// Draws one text; remembers the link that was pressed.
class Writer {
 public:
    explicit Writer(const char* name) : name_(name) {}

    void write(const TextBlock& block) {
        space_above(block);
        const float indent = static_cast<float>(block.level) * kIndent * ui_scale();
        const bool is_indented = block.kind != BlockKind::Heading && block.level > 0;
        if (is_indented)
            ImGui::Indent(indent);
        if (block.kind == BlockKind::Code)
            write_code(block);
        else
            write_flow(block);
        if (is_indented)
            ImGui::Unindent(indent);
        ImGui::LogText("\n");
        before_ = block.kind;
    }

    [[nodiscard]] const std::string& pressed() const { return pressed_; }

 private:
    void space_above(const TextBlock& block) const {
        if (!before_)
            return;
        const bool is_tight = *before_ == BlockKind::Heading || block.kind == BlockKind::Item;
        const float gap = block.kind == BlockKind::Heading ? 14.0F : is_tight ? 3.0F : 9.0F;
        ImGui::Dummy({0, gap * ui_scale()});
    }

    void write_code(const TextBlock& block) const {
        const std::string text = block.runs.empty() ? "" : block.runs.front().text;
        const float pad = 6 * ui_scale();
        ImGui::PushFont(fonts().mono);
        const ImVec2 size = ImGui::CalcTextSize(text.c_str());
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float width = std::max(1.0F, ImGui::GetContentRegionAvail().x);
        ImGui::GetWindowDrawList()->AddRectFilled(
            at, {at.x + width, at.y + size.y + 2 * pad}, palette().raised);
        ImGui::SetCursorScreenPos({at.x + pad, at.y + pad});
        ImGui::TextUnformatted(text.c_str());
        ImGui::PopFont();
        ImGui::Dummy({0, pad});
    }

    void write_flow(const TextBlock& block) {
        std::vector<std::string_view> texts;
        for (const TextRun& run : block.runs)
            texts.emplace_back(run.text);
        const auto measure = [&](std::size_t text, std::string_view words) {
            return width_of(font_of(block, block.runs[text]), words);
        };
        const float width = std::max(1.0F, ImGui::GetContentRegionAvail().x);
        const auto pieces = view::flow_text(texts, width, measure);
        ImFont* font =
            block.kind == BlockKind::Heading && block.level == 1 ? fonts().big : fonts().normal;
        const float line_px = font->FontSize * kLineHeight;
        const ImVec2 at = ImGui::GetCursorScreenPos();
        if (!block.marker.empty())
            draw_words(font,
                       {at.x - width_of(font, block.marker) - 6 * ui_scale(), at.y},
                       palette().dim_text,
                       block.marker,
                       {});
        for (const view::FlowPiece& piece : pieces)
            write_piece(block,
                        block.runs[piece.text],
                        piece,
                        {at.x + piece.x, at.y + static_cast<float>(piece.line) * line_px},
                        font->FontSize);
        ImGui::SetCursorScreenPos(at);
        ImGui::Dummy({width, line_px * static_cast<float>(std::max(1, line_count(pieces)))});
    }

    void write_piece(const TextBlock& block,
                     const TextRun& run,
                     const view::FlowPiece& piece,
                     ImVec2 at,
                     float font_px) {
        ImFont* font = font_of(block, run);
        const ImVec2 end{at.x + piece.width, at.y + font_px};
        ImDrawList* draw = ImGui::GetWindowDrawList();
        if (run.style.code)
            draw->AddRectFilled({at.x - ui_scale(), at.y},
                                {end.x + ui_scale(), end.y + 2 * ui_scale()},
                                palette().raised);
        ImU32 color = palette().text;
        if (!run.link.empty()) {
            color = palette().accent;
            offer_link(run, at, end);
        }
        lessons::TextStyle style = run.style;
        style.strong = style.strong || block.kind == BlockKind::Heading;
        const float lower = (font_px - font->FontSize) / 2;  // a smaller font in the line's middle
        draw_words(font, {at.x, at.y + lower}, color, piece.words, style);
        ImGui::LogText("%.*s", static_cast<int>(piece.words.size()), piece.words.data());
    }

    void offer_link(const TextRun& run, ImVec2 at, ImVec2 end) {
        const std::string id = fmt::format("{}.link{}", name_, links_++);
        ImGui::SetCursorScreenPos(at);
        if (ImGui::InvisibleButton(id.c_str(),
                                   {std::max(1.0F, end.x - at.x), end.y - at.y + 2 * ui_scale()}))
            pressed_ = run.link;
        tag(id);
        const bool lit = ImGui::IsItemHovered() || ImGui::IsItemFocused();
        if (ImGui::IsItemHovered())
            ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
        const float y = end.y + ui_scale();
        ImGui::GetWindowDrawList()->AddLine(
            {at.x, y}, {end.x, y}, palette().accent, (lit ? 2.0F : 1.0F) * ui_scale());
    }

    const char* name_;
    std::string pressed_;
    int links_ = 0;
    std::optional<BlockKind> before_;
};

}  // namespace

std::string draw_markdown(const char* name, const std::vector<TextBlock>& blocks) {
    Writer writer(name);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ImGui::GetStyle().ItemSpacing.x, 0});
    for (const TextBlock& block : blocks)
        writer.write(block);
    ImGui::PopStyleVar();
    return writer.pressed();
}

}  // namespace golanes::ui
