#pragma once
// GlfwWindow: a window with an OpenGL 3.3 context, its input, clipboard and mouse cursors. Our own
// callbacks rather than ImGui's backend: that one loses input at low frame rates.
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/window/renderer.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "ui/panels/input.h"

namespace golanes::app {

/// One at a time in a process.   Threads: the main one, wake() apart.
class GlfwWindow {
 public:
    /// Opens the window and makes its OpenGL context current. The size is for a screen of scale 1
    /// and is cut to the screen.
    /// Errors: no display, no OpenGL 3.3: one sentence that says so.
    static Result<std::unique_ptr<GlfwWindow>> open(const std::string& title,
                                                    int width,
                                                    int height);

    ~GlfwWindow();
    GlfwWindow(const GlfwWindow&) = delete;
    GlfwWindow& operator=(const GlfwWindow&) = delete;

    /// Input goes there from now on. Lifetime: the queue must outlive this window.
    void send_input_to(ui::InputQueue& queue);

    /// Makes the current ImGui context copy and paste through this window.
    void lend_clipboard();

    /// Sleeps until something happens, wake() is called, or the time is over.
    static void wait(DurationNs at_most);

    /// Ends wait() early. Threads: any, at any time, also without a window.
    static void wake();

    /// What happened since the last call, apart from what went into the queue.
    struct Happenings {
        bool input = false;              ///< The queue got something.
        bool redraw = false;             ///< The picture is lost or has another size.
        bool close = false;              ///< The close button.
        std::vector<std::string> files;  ///< Dropped on the window.
    };

    [[nodiscard]] Happenings take_happenings();

    [[nodiscard]] Surface surface() const;

    /// False while minimised: nothing need be drawn.
    [[nodiscard]] bool visible() const;

    /// Shows what has been drawn.
    void swap();

    void set_title(const std::string& title);

    /// Takes ImGuiMouseCursor_*.
    void set_mouse_cursor(int cursor);

 private:
    struct State;
    explicit GlfwWindow(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace golanes::app
