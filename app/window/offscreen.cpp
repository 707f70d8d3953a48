#include "app/window/offscreen.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#define GL_GLEXT_PROTOTYPES 1
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GL/gl.h>
#include <GL/glext.h>
#include <fmt/format.h>

namespace golanes::app {

/// The EGL and OpenGL objects, freed in the reverse order of their making.
struct Offscreen::Context {
    EGLDisplay display = EGL_NO_DISPLAY;
    EGLContext context = EGL_NO_CONTEXT;
    GLuint frame_buffer = 0;
    GLuint color = 0;

    Context() = default;
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    ~Context() {
        if (frame_buffer != 0) {
            glDeleteFramebuffers(1, &frame_buffer);
            glDeleteRenderbuffers(1, &color);
        }
        if (display == EGL_NO_DISPLAY)
            return;
        eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
        if (context != EGL_NO_CONTEXT)
            eglDestroyContext(display, context);
        eglTerminate(display);
    }

    Status open_display();
    Status make_context();
    Status make_frame_buffer(int width, int height);
};

namespace {

Error no_picture(std::string_view what) {
    return Error{
        fmt::format("cannot draw off-screen: {} (EGL error 0x{:04x}); install libegl1 and "
                    "libgl1-mesa-dri",
                    what,
                    eglGetError())};
}

bool has_extension(const char* list, std::string_view name) {
    return list != nullptr && std::string_view(list).find(name) != std::string_view::npos;
}

}  // namespace

Status Offscreen::Context::open_display() {
    const char* extensions = eglQueryString(EGL_NO_DISPLAY, EGL_EXTENSIONS);
    if (!has_extension(extensions, "EGL_MESA_platform_surfaceless"))
        return no_picture("this EGL has no surfaceless platform");
    const auto get_display = reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(
        eglGetProcAddress("eglGetPlatformDisplayEXT"));
    if (get_display != nullptr)
        display = get_display(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
    if (display == EGL_NO_DISPLAY)
        return no_picture("EGL gives no display");
    if (eglInitialize(display, nullptr, nullptr) == EGL_FALSE)
        return no_picture("EGL does not start");
    return Done{};
}

Status Offscreen::Context::make_context() {
    if (eglBindAPI(EGL_OPENGL_API) == EGL_FALSE)
        return no_picture("this EGL has no OpenGL");
    const auto wanted = std::to_array<EGLint>(
        {EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_NONE});
    EGLConfig config = EGL_NO_CONFIG_KHR;
    EGLint found = 0;
    if (eglChooseConfig(display, wanted.data(), &config, 1, &found) == EGL_FALSE || found == 0)
        config = EGL_NO_CONFIG_KHR;
    const auto version = std::to_array<EGLint>({EGL_CONTEXT_MAJOR_VERSION,
                                                3,
                                                EGL_CONTEXT_MINOR_VERSION,
                                                3,
                                                EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                                EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                                EGL_NONE});
    context = eglCreateContext(display, config, EGL_NO_CONTEXT, version.data());
    if (context == EGL_NO_CONTEXT)
        return no_picture("no OpenGL 3.3");
    if (eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context) == EGL_FALSE)
        return no_picture("OpenGL needs a surface here");
    return Done{};
}

Status Offscreen::Context::make_frame_buffer(int width, int height) {
    glGenFramebuffers(1, &frame_buffer);
    glBindFramebuffer(GL_FRAMEBUFFER, frame_buffer);
    glGenRenderbuffers(1, &color);
    glBindRenderbuffer(GL_RENDERBUFFER, color);
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width, height);
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, color);
    if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE)
        return Error{
            fmt::format("cannot draw off-screen at {}x{}: ask for a smaller size", width, height)};
    return Done{};
}

Result<std::unique_ptr<Offscreen>> Offscreen::create(int width, int height) {
    GOLANES_CHECK(std::min(width, height) >= 1 && std::max(width, height) <= kMaxSide,
                  "size of an off-screen picture");
    auto context = std::make_unique<Context>();
    if (const Status opened = context->open_display(); !opened)
        return opened.error();
    if (const Status made = context->make_context(); !made)
        return made.error();
    if (const Status made = context->make_frame_buffer(width, height); !made)
        return made.error();
    return std::unique_ptr<Offscreen>(new Offscreen(std::move(context), width, height));
}

Offscreen::Offscreen(std::unique_ptr<Context> context, int width, int height)
    : context_(std::move(context)), width_(width), height_(height) {}

Offscreen::~Offscreen() = default;

Picture Offscreen::read() const {
    const std::size_t row_bytes = static_cast<std::size_t>(width_) * 4;
    std::vector<std::uint8_t> upside_down(row_bytes * static_cast<std::size_t>(height_));
    glBindFramebuffer(GL_FRAMEBUFFER, context_->frame_buffer);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, width_, height_, GL_RGBA, GL_UNSIGNED_BYTE, upside_down.data());
    Picture picture{width_, height_, std::vector<std::uint8_t>(upside_down.size())};
    for (std::size_t y = 0; y < static_cast<std::size_t>(height_); ++y) {
        const std::size_t from = (static_cast<std::size_t>(height_) - 1 - y) * row_bytes;
        std::memcpy(&picture.rgba[y * row_bytes], &upside_down[from], row_bytes);
    }
    for (std::size_t i = 3; i < picture.rgba.size(); i += 4)
        picture.rgba[i] = 255;
    return picture;
}

}  // namespace golanes::app
