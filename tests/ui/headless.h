#pragma once
// Headless: a whole window without a window. An ImGui context with no backend, a Shell, and an
// input queue that tests push events into. Widgets are found by the names of ui/panels/items.h.
#include <string>
#include <string_view>
#include <vector>

#include <imgui.h>

#include "ui/panels/frame.h"
#include "ui/panels/input.h"
#include "ui/panels/items.h"
#include "ui/panels/shell.h"

namespace golanes::ui {

class Headless {
 public:
    explicit Headless(ImVec2 size = {1280, 720});
    ~Headless();
    Headless(const Headless&) = delete;
    Headless& operator=(const Headless&) = delete;

    /// Draws one frame, which takes what the queue may hand out.
    void frame();
    /// Draws until the queue is empty, and a little longer so that ImGui settles.
    void settle();

    /// Moves the mouse onto the item and clicks it. Fails the test when there is no such item.
    void click(std::string_view item);
    void click_at(ImVec2 at);
    void move_to(ImVec2 at);
    /// Presses the mouse on the item, and releases it at a part (0..1) of its width.
    void drag_to(std::string_view item, float part);
    void press(int key, int mods = 0);
    void type(std::string_view ascii);

    /// All text of the root window in the next frame.
    std::string text();

    [[nodiscard]] bool has(std::string_view item) const { return find_item(item).has_value(); }

    /// The commands of the given kind since clear_commands().
    template <typename C>
    [[nodiscard]] std::vector<C> sent() const {
        std::vector<C> found;
        for (const Command& command : commands) {
            if (const C* match = std::get_if<C>(&command))
                found.push_back(*match);
        }
        return found;
    }

 private:
    struct Context {
        explicit Context(ImVec2 size);
        ~Context();
    };

    Context context_;  // before the Shell: it needs one

 public:
    Shell shell;
    InputQueue queue;
    FrameInput input;
    std::vector<Command> commands;
    int frames = 0;
};

}  // namespace golanes::ui
