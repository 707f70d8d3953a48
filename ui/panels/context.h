#pragma once
// Context: what every panel of the Shell gets: the frame, what the person looks at, where to put
// commands. Lives for one draw().
#include <string>
#include <string_view>
#include <vector>

#include "ui/panels/frame.h"
#include "ui/panels/input.h"
#include "ui/panels/view_state.h"

namespace golanes::ui {

class Dialogs;
class FontLoader;

/// Sizes and switches of the layout of the layout, most of them the person's choice.
struct Layout {
    float left = 0;  ///< Pixels at scale 1; 0: not chosen yet.
    float right = 0;
    float scenarios = 0.38F;  ///< Part of the left column's height.
    float detail = 0.5F;      ///< Part of the picture's height that a view below it takes.
    float banners_px = 0;     ///< Height the banners needed in the last frame.
    bool show_left = true;
    bool show_right = true;
};

struct Context {
    const FrameInput& input;
    const std::vector<KeyPress>& keys;
    std::vector<Command>& commands;
    ViewState& view;
    Layout& layout;
    Dialogs& dialogs;
    FontLoader& fonts;

    void emit(Command command) const { commands.push_back(std::move(command)); }
};

/// The words for a group of scenarios in the present language.
std::string group_title(std::string_view group);

/// The chosen scenario, or nullptr.
const catalog::Scenario* chosen_scenario(const FrameInput& input);

}  // namespace golanes::ui
