#include "ui/panels/theme.h"

namespace golanes::ui {
namespace {

/// 0xRRGGBB and an alpha as ImGui packs it.
constexpr ImU32 rgb(unsigned hex, unsigned alpha = 255) {
    return IM_COL32((hex >> 16) & 255U, (hex >> 8) & 255U, hex & 255U, alpha);
}

constexpr Palette kDark{
    .background = rgb(0x14161A),
    .panel = rgb(0x1C1F25),
    .raised = rgb(0x2B303A),
    .border = rgb(0x3C424E),
    .text = rgb(0xECEEF1),
    .dim_text = rgb(0xA6AEBB),
    .grid = rgb(0x2A2F38),
    .accent = rgb(0x58A6FF),
    .accent_text = rgb(0x08111F),
    .selection = rgb(0x24456F),
    .warning = rgb(0xF2B84B),
    .error = rgb(0xFF7B72),
    .good = rgb(0x5BC985),
    .banner = rgb(0x2A2620),
    .shade = rgb(0x000000, 110),
};

constexpr Palette kLight{
    .background = rgb(0xF1F3F6),
    .panel = rgb(0xFFFFFF),
    .raised = rgb(0xE3E7ED),
    .border = rgb(0xBCC3CE),
    .text = rgb(0x15181D),
    .dim_text = rgb(0x535B69),
    .grid = rgb(0xD9DEE6),
    .accent = rgb(0x1A63D0),
    .accent_text = rgb(0xFFFFFF),
    .selection = rgb(0xCADDFA),
    .warning = rgb(0x8A5200),
    .error = rgb(0xB92222),
    .good = rgb(0x17723A),
    .banner = rgb(0xFFF4DC),
    .shade = rgb(0x000000, 36),
};

struct Present {
    bool dark = true;
    float scale = 1.0F;
    FontSet fonts;
};

Present& present() {
    static Present instance;
    return instance;
}

ImVec4 color(ImU32 packed) {
    return ImGui::ColorConvertU32ToFloat4(packed);
}

ImVec4 faded(ImU32 packed, float alpha) {
    ImVec4 result = color(packed);
    result.w = alpha;
    return result;
}

void set_sizes(ImGuiStyle& style) {
    style.WindowRounding = style.ChildRounding = style.FrameRounding = style.PopupRounding = 0;
    style.ScrollbarRounding = style.GrabRounding = style.TabRounding = 0;
    style.WindowBorderSize = style.ChildBorderSize = 0;
    style.PopupBorderSize = style.FrameBorderSize = 1;
    style.WindowPadding = {10, 8};
    style.FramePadding = {8, 4};
    style.ItemSpacing = {8, 6};
    style.ItemInnerSpacing = {6, 4};
    style.ScrollbarSize = 14;
    style.GrabMinSize = 14;
}

void set_window_colors(ImGuiStyle& style, const Palette& p) {
    auto& c = style.Colors;
    c[ImGuiCol_Text] = color(p.text);
    c[ImGuiCol_TextDisabled] = color(p.dim_text);
    c[ImGuiCol_WindowBg] = c[ImGuiCol_PopupBg] = c[ImGuiCol_MenuBarBg] = color(p.panel);
    c[ImGuiCol_ChildBg] = faded(p.panel, 0);
    c[ImGuiCol_TitleBg] = c[ImGuiCol_TitleBgActive] = color(p.raised);
    c[ImGuiCol_Border] = c[ImGuiCol_Separator] = color(p.border);
    c[ImGuiCol_TableBorderStrong] = c[ImGuiCol_TableBorderLight] = color(p.border);
    c[ImGuiCol_ModalWindowDimBg] = faded(p.shade, 0.55F);
    c[ImGuiCol_ScrollbarBg] = faded(p.panel, 0);
    c[ImGuiCol_ScrollbarGrab] = color(p.border);
    c[ImGuiCol_ScrollbarGrabHovered] = c[ImGuiCol_ScrollbarGrabActive] = color(p.dim_text);
}

void set_widget_colors(ImGuiStyle& style, const Palette& p) {
    auto& c = style.Colors;
    c[ImGuiCol_FrameBg] = c[ImGuiCol_Button] = color(p.raised);
    c[ImGuiCol_FrameBgHovered] = c[ImGuiCol_ButtonHovered] = color(p.border);
    c[ImGuiCol_FrameBgActive] = c[ImGuiCol_ButtonActive] = color(p.selection);
    c[ImGuiCol_Header] = c[ImGuiCol_HeaderActive] = color(p.selection);
    c[ImGuiCol_HeaderHovered] = color(p.raised);
    c[ImGuiCol_CheckMark] = c[ImGuiCol_SliderGrab] = c[ImGuiCol_SliderGrabActive] = color(p.accent);
    c[ImGuiCol_NavHighlight] = c[ImGuiCol_TextSelectedBg] = color(p.accent);
    c[ImGuiCol_TextSelectedBg].w = 0.4F;
    c[ImGuiCol_Tab] = color(p.raised);
    c[ImGuiCol_TabHovered] = c[ImGuiCol_TabActive] = color(p.selection);
    c[ImGuiCol_TableHeaderBg] = color(p.raised);
    c[ImGuiCol_SeparatorHovered] = c[ImGuiCol_SeparatorActive] = color(p.accent);
}

}  // namespace

const Palette& palette() {
    return present().dark ? kDark : kLight;
}

bool is_dark() {
    return present().dark;
}

float ui_scale() {
    return present().scale;
}

const FontSet& fonts() {
    return present().fonts;
}

void apply_theme(Theme theme, float scale) {
    present().dark = theme == Theme::Dark;
    present().scale = scale;
    ImGuiStyle style;
    if (present().dark)
        ImGui::StyleColorsDark(&style);
    else
        ImGui::StyleColorsLight(&style);
    set_sizes(style);
    style.ScaleAllSizes(scale);
    set_window_colors(style, palette());
    set_widget_colors(style, palette());
    ImGui::GetStyle() = style;
}

void set_fonts(const FontSet& set) {
    present().fonts = set;
}

}  // namespace golanes::ui
