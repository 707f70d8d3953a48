#pragma once
// Offscreen: an OpenGL context without a display, a window system or a graphics device: EGL's
// surfaceless platform and a frame buffer of our own. `golanes shot` and the tests draw into it.
#include <memory>

#include "app/window/picture.h"
#include "core/base/result.h"

namespace golanes::app {

/// The context is current on the thread that made it until destruction. Threads: that one only.
class Offscreen {
 public:
    static constexpr int kMaxSide = 8192;  ///< Pixels; every driver of today can do it.

    /// Requires: 1 <= width, height <= kMaxSide.
    /// Errors: no EGL, no surfaceless platform, no OpenGL 3.3; says which package brings it.
    static Result<std::unique_ptr<Offscreen>> create(int width, int height);

    ~Offscreen();
    Offscreen(const Offscreen&) = delete;
    Offscreen& operator=(const Offscreen&) = delete;

    /// What has been drawn, opaque.
    [[nodiscard]] Picture read() const;

 private:
    struct Context;
    Offscreen(std::unique_ptr<Context> context, int width, int height);

    std::unique_ptr<Context> context_;
    int width_;
    int height_;
};

}  // namespace golanes::app
