#include "ui/panels/input.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include <imgui.h>

namespace golanes::ui {
namespace {

constexpr int kKeyCount = 512;
constexpr int kButtonCount = 5;

bool is_key(int code) {
    return code >= 0 && code < kKeyCount;
}

bool is_button(int code) {
    return code >= 0 && code < kButtonCount;
}

#if IMGUI_VERSION_NUM >= 18700
using KeyPair = std::pair<ImGuiKey, int>;
constexpr ImGuiKey kKeypadEnterOfImGui = ImGuiKey_KeypadEnter;
#else
using KeyPair = std::pair<ImGuiKey_, int>;
constexpr ImGuiKey_ kKeypadEnterOfImGui = ImGuiKey_KeyPadEnter;
#endif

constexpr auto kKeyTable = std::to_array<KeyPair>({
    {ImGuiKey_Tab, key::kTab},
    {ImGuiKey_LeftArrow, key::kLeft},
    {ImGuiKey_RightArrow, key::kRight},
    {ImGuiKey_UpArrow, key::kUp},
    {ImGuiKey_DownArrow, key::kDown},
    {ImGuiKey_PageUp, key::kPageUp},
    {ImGuiKey_PageDown, key::kPageDown},
    {ImGuiKey_Home, key::kHome},
    {ImGuiKey_End, key::kEnd},
    {ImGuiKey_Insert, key::kInsert},
    {ImGuiKey_Delete, key::kDelete},
    {ImGuiKey_Backspace, key::kBackspace},
    {ImGuiKey_Space, key::kSpace},
    {ImGuiKey_Enter, key::kEnter},
    {ImGuiKey_Escape, key::kEscape},
    {kKeypadEnterOfImGui, key::kKeypadEnter},
    {ImGuiKey_A, 'A'},
    {ImGuiKey_C, 'C'},
    {ImGuiKey_V, 'V'},
    {ImGuiKey_X, 'X'},
    {ImGuiKey_Y, 'Y'},
    {ImGuiKey_Z, 'Z'},
});

}  // namespace

#if IMGUI_VERSION_NUM >= 18700

// From 1.87 on ImGui has such a queue itself: everything is passed on at once.
struct InputQueue::FrameLimits {};

void InputQueue::set_up(ImGuiIO&) {}

bool InputQueue::must_wait(const InputEvent&, const FrameLimits&) {
    return false;
}

void InputQueue::pump(ImGuiIO& io) {
    pressed_.clear();
    FrameLimits seen;
    while (!queue_.empty()) {
        apply(io, queue_.front(), seen);
        queue_.pop_front();
    }
}

void InputQueue::apply(ImGuiIO& io, const InputEvent& event, FrameLimits& seen) {
    switch (event.kind) {
        case InputEvent::Kind::MousePosition:
            io.AddMousePosEvent(event.x, event.y);
            break;
        case InputEvent::Kind::MouseButton:
            if (is_button(event.code))
                io.AddMouseButtonEvent(event.code, event.down);
            break;
        case InputEvent::Kind::Wheel:
            io.AddMouseWheelEvent(event.x, event.y);
            break;
        case InputEvent::Kind::Key:
            apply_key(io, event, seen);
            break;
        case InputEvent::Kind::Character:
            io.AddInputCharacter(static_cast<unsigned>(event.code));
            break;
        case InputEvent::Kind::Focus:
            if (!event.down)
                std::fill(std::begin(keys_down_), std::end(keys_down_), false);
            io.AddFocusEvent(event.down);
            break;
    }
}

void InputQueue::apply_key(ImGuiIO& io, const InputEvent& event, FrameLimits&) {
    if (!is_key(event.code))
        return;
    bool& is_down = keys_down_[event.code];
    if (event.down)
        pressed_.push_back({event.code, event.mods, is_down});
    is_down = event.down;
    io.AddKeyEvent(ImGuiMod_Ctrl, keys_down_[key::kLeftControl] || keys_down_[key::kRightControl]);
    io.AddKeyEvent(ImGuiMod_Shift, keys_down_[key::kLeftShift] || keys_down_[key::kRightShift]);
    io.AddKeyEvent(ImGuiMod_Alt, keys_down_[key::kLeftAlt] || keys_down_[key::kRightAlt]);
    for (const auto& [imgui_key, code] : kKeyTable) {
        if (code == event.code)
            io.AddKeyEvent(imgui_key, event.down);
    }
}

#else

// ImGui 1.86 reads plain arrays, once per frame. A key or button may therefore change only once per
// frame, and an event that would overtake another in ImGui's own order waits for the next frame.
struct InputQueue::FrameLimits {
    std::array<bool, kKeyCount> key_changed{};
    std::array<bool, kButtonCount> button_changed{};
    bool any_button = false;
    bool plain_key = false;    ///< A key that is no modifier changed.
    bool editing_key = false;  ///< A key that edits text went down: ImGui applies characters first.
    bool character = false;
    bool wheel = false;
};

namespace {

bool is_modifier(int code) {
    return code >= key::kLeftShift && code <= key::kRightSuper;
}

}  // namespace

void InputQueue::set_up(ImGuiIO& io) {
    for (const auto& [imgui_key, code] : kKeyTable)
        io.KeyMap[imgui_key] = code;
}

bool InputQueue::must_wait(const InputEvent& event, const FrameLimits& seen) {
    switch (event.kind) {
        case InputEvent::Kind::MousePosition:
            return seen.any_button || seen.wheel;
        case InputEvent::Kind::MouseButton:
            return seen.wheel || (is_button(event.code) &&
                                  seen.button_changed[static_cast<std::size_t>(event.code)]);
        case InputEvent::Kind::Wheel:
            return seen.any_button;
        case InputEvent::Kind::Character:
            return seen.editing_key;
        case InputEvent::Kind::Focus:
            return seen.any_button || seen.plain_key;
        case InputEvent::Kind::Key:
            break;
    }
    if (!is_key(event.code))
        return false;
    // "V down, Ctrl up" in one slow frame would lose Ctrl+V.
    const bool modifier_of_something =
        is_modifier(event.code) && (seen.plain_key || seen.any_button);
    return seen.character || modifier_of_something ||
           seen.key_changed[static_cast<std::size_t>(event.code)];
}

void InputQueue::pump(ImGuiIO& io) {
    pressed_.clear();
    io.MouseWheel = io.MouseWheelH = 0;
    FrameLimits seen;
    while (!queue_.empty() && !must_wait(queue_.front(), seen)) {
        apply(io, queue_.front(), seen);
        queue_.pop_front();
    }
    io.MousePos = {mouse_x_, mouse_y_};
    std::copy(std::begin(buttons_down_), std::end(buttons_down_), std::begin(io.MouseDown));
    std::copy(std::begin(keys_down_), std::end(keys_down_), std::begin(io.KeysDown));
    io.KeyCtrl = keys_down_[key::kLeftControl] || keys_down_[key::kRightControl];
    io.KeyShift = keys_down_[key::kLeftShift] || keys_down_[key::kRightShift];
    io.KeyAlt = keys_down_[key::kLeftAlt] || keys_down_[key::kRightAlt];
    io.KeySuper = keys_down_[key::kLeftSuper] || keys_down_[key::kRightSuper];
}

void InputQueue::apply(ImGuiIO& io, const InputEvent& event, FrameLimits& seen) {
    switch (event.kind) {
        case InputEvent::Kind::MousePosition:
            mouse_x_ = event.x;
            mouse_y_ = event.y;
            break;
        case InputEvent::Kind::MouseButton:
            if (is_button(event.code)) {
                buttons_down_[event.code] = event.down;
                seen.button_changed[static_cast<std::size_t>(event.code)] = true;
                seen.any_button = true;
            }
            break;
        case InputEvent::Kind::Wheel:
            io.MouseWheelH += event.x;
            io.MouseWheel += event.y;
            seen.wheel = true;
            break;
        case InputEvent::Kind::Key:
            apply_key(io, event, seen);
            break;
        case InputEvent::Kind::Character:
            io.AddInputCharacter(static_cast<unsigned>(event.code));
            seen.character = true;
            break;
        case InputEvent::Kind::Focus:
            if (!event.down) {
                std::fill(std::begin(keys_down_), std::end(keys_down_), false);
                std::fill(std::begin(buttons_down_), std::end(buttons_down_), false);
            }
            io.AddFocusEvent(event.down);
            break;
    }
}

void InputQueue::apply_key(ImGuiIO&, const InputEvent& event, FrameLimits& seen) {
    if (!is_key(event.code))
        return;
    bool& is_down = keys_down_[event.code];
    if (event.down)
        pressed_.push_back({event.code, event.mods, is_down});
    if (is_down == event.down)
        return;
    is_down = event.down;
    seen.key_changed[static_cast<std::size_t>(event.code)] = true;
    if (is_modifier(event.code))
        return;
    seen.plain_key = true;
    const bool edits = event.code >= key::kEscape || (event.mods & kModControl) != 0;
    seen.editing_key = seen.editing_key || (event.down && edits);
}

#endif

}  // namespace golanes::ui
