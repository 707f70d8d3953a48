#pragma once
// InputQueue: one queue for every input event, whoever makes it: GLFW callbacks, tests, scripts.
// ImGui 1.86 keeps only the last state of a key or button, so at a low frame rate a tap between two
// frames is lost. The queue hands ImGui at most one transition of a key or button per frame.
#include <cfloat>
#include <cstdint>
#include <deque>
#include <vector>

struct ImGuiIO;

namespace golanes::ui {

/// Key codes are GLFW's numbers (letters: the upper-case ASCII letter of the layout in use).
struct InputEvent {
    enum class Kind : std::uint8_t { MousePosition, MouseButton, Wheel, Key, Character, Focus };
    Kind kind = Kind::MousePosition;
    float x = 0;
    float y = 0;
    int code = 0;  ///< Button number, key code or code point.
    bool down = false;
    int mods = 0;  ///< kModShift | kModControl | ...
};

inline constexpr int kModShift = 1;
inline constexpr int kModControl = 2;
inline constexpr int kModAlt = 4;

namespace key {
inline constexpr int kSpace = 32, kEscape = 256, kEnter = 257, kTab = 258, kBackspace = 259,
                     kInsert = 260, kDelete = 261, kRight = 262, kLeft = 263, kDown = 264,
                     kUp = 265, kPageUp = 266, kPageDown = 267, kHome = 268, kEnd = 269, kF1 = 290,
                     kF12 = 301, kLeftShift = 340, kLeftControl = 341, kLeftAlt = 342,
                     kLeftSuper = 343, kRightShift = 344, kRightControl = 345, kRightAlt = 346,
                     kRightSuper = 347, kKeypadEnter = 335;
}  // namespace key

/// One key press of this frame. Shortcuts read these, never ImGui's key state.
struct KeyPress {
    int key = 0;
    int mods = 0;
    bool repeat = false;
};

/// Threads: the UI thread only.
class InputQueue {
 public:
    void push(const InputEvent& event) { queue_.push_back(event); }

    [[nodiscard]] bool pending() const { return !queue_.empty(); }

    /// Tells ImGui which of our key codes are its own keys. Once per context.
    static void set_up(ImGuiIO& io);

    /// Hands ImGui what this frame may see. Call once per frame before ImGui::NewFrame().
    void pump(ImGuiIO& io);

    /// The key presses handed out by the last pump().
    [[nodiscard]] const std::vector<KeyPress>& pressed() const { return pressed_; }

 private:
    struct FrameLimits;
    [[nodiscard]] static bool must_wait(const InputEvent& event, const FrameLimits& seen);
    void apply(ImGuiIO& io, const InputEvent& event, FrameLimits& seen);
    void apply_key(ImGuiIO& io, const InputEvent& event, FrameLimits& seen);

    std::deque<InputEvent> queue_;
    std::vector<KeyPress> pressed_;
    bool keys_down_[512] = {};
    bool buttons_down_[5] = {};
    float mouse_x_ = -FLT_MAX;
    float mouse_y_ = -FLT_MAX;
};

}  // namespace golanes::ui
