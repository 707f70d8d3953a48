#include "app/window/glfw_input.h"

#include <GLFW/glfw3.h>

namespace golanes::app {
namespace {

static_assert(ui::kModShift == GLFW_MOD_SHIFT && ui::kModControl == GLFW_MOD_CONTROL &&
              ui::kModAlt == GLFW_MOD_ALT);
static_assert(ui::key::kEscape == GLFW_KEY_ESCAPE && ui::key::kRightSuper == GLFW_KEY_RIGHT_SUPER);

constexpr int kKnownMods = ui::kModShift | ui::kModControl | ui::kModAlt;

}  // namespace

int key_code(int key, const char* name) {
    const bool digit = key >= GLFW_KEY_0 && key <= GLFW_KEY_9;  // shifted on some layouts: keep
    const bool writes = key >= GLFW_KEY_APOSTROPHE && key <= GLFW_KEY_WORLD_2;
    if (!writes || digit || name == nullptr || name[0] == '\0' || name[1] != '\0')
        return key;
    const char letter = name[0];
    if (letter >= 'a' && letter <= 'z')
        return letter - 'a' + 'A';
    return letter > ' ' && letter <= '~' ? letter : key;
}

ui::InputEvent key_event(int key, int scancode, bool down, int mods) {
    ui::InputEvent event;
    event.kind = ui::InputEvent::Kind::Key;
    event.code = key_code(key, glfwGetKeyName(key, scancode));
    event.down = down;
    event.mods = mods & kKnownMods;
    return event;
}

}  // namespace golanes::app
