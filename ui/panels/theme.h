#pragma once
// Theme: the colours of the window's frame (not of goroutines and states: those are ui/view's), the
// ImGui style, the scale and the four fonts. Set by Shell::prepare(), read by every panel.
#include <imgui.h>

#include "ui/panels/frame.h"

namespace golanes::ui {

/// Colours of the chrome, packed for ImDrawList. All opaque unless said otherwise.
struct Palette {
    ImU32 background;  ///< Behind everything; also the clear colour.
    ImU32 panel;       ///< Side columns and popups.
    ImU32 raised;      ///< Buttons, input fields, lane headers.
    ImU32 border;      ///< Lines between panels.
    ImU32 text;
    ImU32 dim_text;     ///< Units, hints, second lines. Still 4.5:1 on panel.
    ImU32 grid;         ///< Time grid and lane separators.
    ImU32 accent;       ///< Active tab, slider grab, cursor line.
    ImU32 accent_text;  ///< Text on accent.
    ImU32 selection;    ///< Background of a chosen row.
    ImU32 warning;      ///< Loss, "next run".
    ImU32 error;
    ImU32 good;    ///< Running, ended as expected.
    ImU32 banner;  ///< Background of a notice.
    ImU32 shade;   ///< Half transparent: over what lies outside a run or before a freeze.
};

struct FontSet {
    ImFont* normal = nullptr;  ///< 16 px at scale 1.
    ImFont* small = nullptr;   ///< 13 px: axis, second lines.
    ImFont* mono = nullptr;    ///< 15 px: source places, numbers in columns.
    ImFont* big = nullptr;     ///< 22 px: headings, the empty state.
};

[[nodiscard]] const Palette& palette();
[[nodiscard]] bool is_dark();

/// Pixels of a length designed at scale 1: multiply by this. 1 on plain screens, 2 on HiDPI.
[[nodiscard]] float ui_scale();

/// Never null after Shell::prepare().
[[nodiscard]] const FontSet& fonts();

/// Sets palette, scale and ImGui style of the current context. Call outside a frame.
void apply_theme(Theme theme, float scale);

/// Called by the font loader (fonts.h).
void set_fonts(const FontSet& set);

}  // namespace golanes::ui
