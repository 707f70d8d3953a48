#pragma once
// Small widgets and helpers that several panels share. Each takes the name under which tests find
// it.
#include <cstdint>
#include <string>

#include <imgui.h>

namespace golanes::ui {

bool button(const char* name, const char* text, ImVec2 size = {0, 0});

/// A button that cannot be pressed when `enabled` is false.
bool button_if(bool enabled, const char* name, const char* text, ImVec2 size = {0, 0});

bool checkbox(const char* name, const char* text, bool& value);

bool radio(const char* name, const char* text, bool active);

/// Writes a value over the slider just drawn, in the half that its handle leaves free. `position`:
/// of the handle, 0 to 1. The slider itself has an empty format.
void slider_text(const char* text, double position);

/// Where the middle of that value stands on a slider between these pixels.
float slider_text_middle(float left_px, float right_px, double position);

/// Explains the item just drawn, while the mouse rests on it.
void hint(const char* text);

/// Text in one colour, wrapped at the right edge.
void colored_text(ImU32 color, const char* text);

/// A heading line inside a panel.
void heading(const char* text);

/// How many pixels a button with this text needs.
float button_width(const char* text);

/// Puts the next button beside the last one if it fits, else below.
void same_line_if_fits(const char* text);

enum class SplitDirection { LeftRight, TopBottom };

/// A bar between two panels that the mouse drags.
struct Split {
    SplitDirection direction = SplitDirection::LeftRight;
    float length_px = 0;  ///< Of the bar.
    float lowest = 0;
    float highest = 0;
    float sign = 1;  ///< -1 when the panel that grows lies behind the bar.
};

/// Draws the bar and changes `size_px`, kept within [lowest, highest].
void splitter(const char* name, const Split& split, float& size_px);

float splitter_px();

/// "12,345,678".
std::string grouped(std::uint64_t number);

/// "8 KB", "1.5 MB": three digits at most, of 1024.
std::string format_bytes(std::uint64_t bytes);

}  // namespace golanes::ui
