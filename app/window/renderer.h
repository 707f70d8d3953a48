#pragma once
// Renderer: one ImGui frame with the Shell in it, drawn into the current OpenGL context. The window
// and `golanes shot` both use it; it knows neither GLFW nor EGL.
#include <cstdint>
#include <memory>
#include <vector>

#include "app/window/window_report.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "ui/panels/frame.h"
#include "ui/panels/input.h"
#include "ui/panels/shell.h"

struct ImGuiContext;

namespace golanes::app {

/// What is drawn into.
struct Surface {
    int width = 0;  ///< In the units of mouse positions.
    int height = 0;
    int width_px = 0;  ///< In pixels.
    int height_px = 0;
    float content_scale = 1;  ///< What the desktop asks for: 2 on a HiDPI screen.

    friend bool operator==(const Surface&, const Surface&) = default;
};

/// Owns an ImGui context, its OpenGL objects and a Shell.
/// Threads: the one with the OpenGL context.   Requires: that context outlives the Renderer.
class Renderer {
 public:
    /// Requires: a current OpenGL context of version 3.3 or newer. Errors: OpenGL's functions or
    /// shaders cannot be loaded.
    static Result<std::unique_ptr<Renderer>> create();

    ~Renderer();
    Renderer(const Renderer&) = delete;
    Renderer& operator=(const Renderer&) = delete;

    /// Where window, tests and scripts put their input.
    [[nodiscard]] ui::InputQueue& input() { return input_; }

    [[nodiscard]] ui::Shell& shell() { return shell_; }

    /// What its frames show, for a script outside. Writes nothing until it is told where to.
    [[nodiscard]] WindowReport& report() { return report_; }

    /// Builds one frame; draws it only if it differs from the last one drawn. Commands of the
    /// person are appended. Returns whether anything was drawn: the caller then shows it.
    bool frame(const ui::FrameInput& content,
               const Surface& surface,
               DurationNs since_last,
               std::vector<ui::Command>& commands);

    /// The window system lost the picture: the next frame is drawn even if nothing changed.
    void forget_picture() { drawn_ = false; }

    /// ImGuiMouseCursor_* of the last frame; ImGuiMouseCursor_None hides it.
    [[nodiscard]] int mouse_cursor() const;

    /// Whether a text field had the focus in the last frame.
    [[nodiscard]] bool text_field_active() const;

 private:
    Renderer();
    void prepare(const ui::FrameInput& content, const Surface& surface);
    void build(const ui::FrameInput& content, std::vector<ui::Command>& commands);
    void draw(const Surface& surface);

    struct ContextDeleter {
        void operator()(ImGuiContext* context) const;
    };

    std::unique_ptr<ImGuiContext, ContextDeleter> context_;  ///< Before the Shell: it outlives it.
    ui::InputQueue input_;
    ui::Shell shell_;
    WindowReport report_;
    bool backend_ready_ = false;
    bool has_texture_ = false;
    bool drawn_ = false;
    std::uint64_t drawn_hash_ = 0;
    Surface drawn_surface_;
};

}  // namespace golanes::app
