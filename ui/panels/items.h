#pragma once
// Named items: where the widgets of the last frame are, by a name that depends on neither language
// nor layout. Tests and scripts find buttons by it. Costs one branch a widget while switched off.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <imgui.h>

namespace golanes::ui {

struct ItemRect {
    ImVec2 min;
    ImVec2 max;
    bool visible = true;  ///< False: scrolled or clipped away.

    [[nodiscard]] ImVec2 center() const { return {(min.x + max.x) / 2, (min.y + max.y) / 2}; }
};

/// Names the ImGui item just submitted.
void tag(const char* name);
void tag(const std::string& name);

/// Names a rectangle that is not an ImGui item: a lane, a span. Screen coordinates.
void tag_rect(const char* name, ImVec2 min, ImVec2 max);

/// Switches the recording of names on or off.
void record_items(bool on);
/// Whether names are recorded: lets callers skip building a name.
[[nodiscard]] bool recording_items();

/// Forgets the names of the last frame. The Shell calls it at the start of draw().
void begin_items();

/// The rectangle of the last complete frame, if it had such an item.
[[nodiscard]] std::optional<ItemRect> find_item(std::string_view name);

/// All names of the last frame, in the order they were drawn.
[[nodiscard]] std::vector<std::string> item_names();

}  // namespace golanes::ui
