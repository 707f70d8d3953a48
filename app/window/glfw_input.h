#pragma once
// From GLFW's callbacks to our InputEvents.
#include "ui/panels/input.h"

namespace golanes::app {

/// A key event, with letters by what the keyboard layout in use writes: GLFW names keys by their
/// place on a US keyboard, a shortcut is meant by its letter.
[[nodiscard]] ui::InputEvent key_event(int key, int scancode, bool down, int mods);

/// The key code for a key whose layout writes `name` (null: nothing). Pure, for the tests.
[[nodiscard]] int key_code(int key, const char* name);

}  // namespace golanes::app
