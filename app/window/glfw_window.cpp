#include "app/window/glfw_window.h"

#include <algorithm>
#include <array>
#include <cfloat>
#include <mutex>
#include <utility>

#include <fmt/format.h>

#include <GLFW/glfw3.h>
#include <imgui.h>

#include "app/window/glfw_input.h"

namespace golanes::app {
namespace {

constexpr int kMinWidth = 640;
constexpr int kMinHeight = 400;

/// Guards GLFW's life against wake() from other threads.
std::mutex life_mutex;
bool is_alive = false;  // guarded by life_mutex

std::string last_error;  // of GLFW, in its own words; main thread

void remember_error(int, const char* text) {
    last_error = text;
}

Error no_window(const char* what) {
    return Error{
        fmt::format("cannot open a window: {} ({}); `golanes shot` makes a picture without one",
                    what,
                    last_error.empty() ? "GLFW gives no reason" : last_error)};
}

struct Size {
    int width;
    int height;
};

/// The largest part of the wanted size that the screen has room for.
Size size_on_screen(Size wanted) {
    GLFWmonitor* monitor = glfwGetPrimaryMonitor();
    if (monitor == nullptr)
        return wanted;
    Size room{};
    float scale_x = 1;
    float scale_y = 1;
    glfwGetMonitorWorkarea(monitor, nullptr, nullptr, &room.width, &room.height);
    glfwGetMonitorContentScale(monitor, &scale_x, &scale_y);
    const auto cut = [](int length, int available, float scale) {
        const int units = static_cast<int>(static_cast<float>(available) / std::max(scale, 0.1F));
        return available > 0 ? std::min(length, units) : length;
    };
    return {cut(wanted.width, room.width, scale_x), cut(wanted.height, room.height, scale_y)};
}

GLFWwindow* create_window(const std::string& title, int width, int height) {
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    glfwWindowHint(GLFW_DEPTH_BITS, 0);
    glfwWindowHint(GLFW_STENCIL_BITS, 0);
    glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
    glfwWindowHintString(GLFW_X11_CLASS_NAME, "golanes");
    glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "golanes");
    const Size size = size_on_screen({width, height});
    return glfwCreateWindow(size.width, size.height, title.c_str(), nullptr, nullptr);
}

}  // namespace

/// The window and what its callbacks collect. GLFW's user pointer leads back to it.
struct GlfwWindow::State {
    GLFWwindow* window = nullptr;
    ui::InputQueue* queue = nullptr;
    Happenings happenings;
    std::array<GLFWcursor*, ImGuiMouseCursor_COUNT> cursors{};
    int cursor = ImGuiMouseCursor_Arrow;
    int buttons_down = 0;
    std::string title;

    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State();

    void push(const ui::InputEvent& event) {
        happenings.input = true;
        if (queue != nullptr)
            queue->push(event);
    }

    static State& of(GLFWwindow* window) {
        return *static_cast<State*>(glfwGetWindowUserPointer(window));
    }

    void install_mouse_callbacks() const;
    void install_keyboard_callbacks() const;
    void install_window_callbacks() const;
    void make_cursors();
};

GlfwWindow::State::~State() {
    for (GLFWcursor* shape : cursors) {
        if (shape != nullptr)
            glfwDestroyCursor(shape);
    }
    if (window != nullptr)
        glfwDestroyWindow(window);
    const std::lock_guard guard(life_mutex);
    is_alive = false;
    glfwTerminate();
}

void GlfwWindow::State::install_mouse_callbacks() const {
    using Kind = ui::InputEvent::Kind;
    glfwSetCursorPosCallback(window, [](GLFWwindow* w, double x, double y) {
        of(w).push(
            {.kind = Kind::MousePosition, .x = static_cast<float>(x), .y = static_cast<float>(y)});
    });
    glfwSetCursorEnterCallback(window, [](GLFWwindow* w, int entered) {
        // While a button is held the positions go on outside: a drag must not jump.
        if (entered == GLFW_FALSE && of(w).buttons_down == 0)
            of(w).push({.kind = Kind::MousePosition, .x = -FLT_MAX, .y = -FLT_MAX});
    });
    glfwSetMouseButtonCallback(window, [](GLFWwindow* w, int button, int action, int mods) {
        const bool down = action == GLFW_PRESS;
        of(w).buttons_down = std::max(0, of(w).buttons_down + (down ? 1 : -1));
        of(w).push({.kind = Kind::MouseButton, .code = button, .down = down, .mods = mods});
    });
    glfwSetScrollCallback(window, [](GLFWwindow* w, double x, double y) {
        of(w).push({.kind = Kind::Wheel, .x = static_cast<float>(x), .y = static_cast<float>(y)});
    });
}

void GlfwWindow::State::install_keyboard_callbacks() const {
    using Kind = ui::InputEvent::Kind;
    glfwSetKeyCallback(window, [](GLFWwindow* w, int key, int scancode, int action, int mods) {
        if (key != GLFW_KEY_UNKNOWN)
            of(w).push(key_event(key, scancode, action != GLFW_RELEASE, mods));
    });
    glfwSetCharCallback(window, [](GLFWwindow* w, unsigned int code_point) {
        of(w).push({.kind = Kind::Character, .code = static_cast<int>(code_point)});
    });
    glfwSetWindowFocusCallback(window, [](GLFWwindow* w, int focused) {
        if (focused == GLFW_FALSE)
            of(w).buttons_down = 0;
        of(w).push({.kind = Kind::Focus, .down = focused == GLFW_TRUE});
    });
}

void GlfwWindow::State::install_window_callbacks() const {
    glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) { of(w).happenings.redraw = true; });
    glfwSetFramebufferSizeCallback(window,
                                   [](GLFWwindow* w, int, int) { of(w).happenings.redraw = true; });
    glfwSetWindowContentScaleCallback(
        window, [](GLFWwindow* w, float, float) { of(w).happenings.redraw = true; });
    glfwSetWindowIconifyCallback(window,
                                 [](GLFWwindow* w, int) { of(w).happenings.redraw = true; });
    glfwSetWindowCloseCallback(window, [](GLFWwindow* w) {
        glfwSetWindowShouldClose(w, GLFW_FALSE);  // the client decides
        of(w).happenings.close = true;
    });
    glfwSetDropCallback(window, [](GLFWwindow* w, int count, const char** paths) {
        std::vector<std::string>& files = of(w).happenings.files;
        files.insert(files.end(), paths, paths + count);
    });
}

void GlfwWindow::State::make_cursors() {
    const auto make = [this](int cursor_of_imgui, int shape) {
        cursors.at(static_cast<std::size_t>(cursor_of_imgui)) = glfwCreateStandardCursor(shape);
    };
    make(ImGuiMouseCursor_Arrow, GLFW_ARROW_CURSOR);
    make(ImGuiMouseCursor_TextInput, GLFW_IBEAM_CURSOR);
    make(ImGuiMouseCursor_ResizeNS, GLFW_VRESIZE_CURSOR);
    make(ImGuiMouseCursor_ResizeEW, GLFW_HRESIZE_CURSOR);
    make(ImGuiMouseCursor_Hand, GLFW_HAND_CURSOR);
}

Result<std::unique_ptr<GlfwWindow>> GlfwWindow::open(const std::string& title,
                                                     int width,
                                                     int height) {
    last_error.clear();
    glfwSetErrorCallback(remember_error);
    if (glfwInit() == GLFW_FALSE)
        return no_window("no display");
    auto state = std::make_unique<State>();  // from here on it ends GLFW
    state->window = create_window(title, width, height);
    if (state->window == nullptr)
        return no_window("this display gives no OpenGL 3.3");
    glfwMakeContextCurrent(state->window);
    glfwSwapInterval(1);
    glfwSetWindowSizeLimits(state->window, kMinWidth, kMinHeight, GLFW_DONT_CARE, GLFW_DONT_CARE);
    glfwSetWindowUserPointer(state->window, state.get());
    state->install_mouse_callbacks();
    state->install_keyboard_callbacks();
    state->install_window_callbacks();
    state->make_cursors();
    const std::lock_guard guard(life_mutex);
    is_alive = true;
    return std::unique_ptr<GlfwWindow>(new GlfwWindow(std::move(state)));
}

GlfwWindow::GlfwWindow(std::unique_ptr<State> state) : state_(std::move(state)) {}

GlfwWindow::~GlfwWindow() = default;

void GlfwWindow::send_input_to(ui::InputQueue& queue) {
    state_->queue = &queue;
}

void GlfwWindow::lend_clipboard() {
    ImGuiIO& io = ImGui::GetIO();
    io.ClipboardUserData = state_->window;
    io.GetClipboardTextFn = [](void* window) {
        return glfwGetClipboardString(static_cast<GLFWwindow*>(window));
    };
    io.SetClipboardTextFn = [](void* window, const char* text) {
        glfwSetClipboardString(static_cast<GLFWwindow*>(window), text);
    };
}

void GlfwWindow::wait(DurationNs at_most) {
    if (at_most <= 0)
        glfwPollEvents();
    else
        glfwWaitEventsTimeout(static_cast<double>(at_most) / static_cast<double>(kSecond));
}

void GlfwWindow::wake() {
    const std::lock_guard guard(life_mutex);
    if (is_alive)
        glfwPostEmptyEvent();
}

GlfwWindow::Happenings GlfwWindow::take_happenings() {
    return std::exchange(state_->happenings, {});
}

Surface GlfwWindow::surface() const {
    Surface surface;
    glfwGetWindowSize(state_->window, &surface.width, &surface.height);
    glfwGetFramebufferSize(state_->window, &surface.width_px, &surface.height_px);
    glfwGetWindowContentScale(state_->window, &surface.content_scale, nullptr);
    return surface;
}

bool GlfwWindow::visible() const {
    const Surface size = surface();
    return size.width_px > 0 && size.height_px > 0 &&
           glfwGetWindowAttrib(state_->window, GLFW_ICONIFIED) == GLFW_FALSE;
}

void GlfwWindow::swap() {
    glfwSwapBuffers(state_->window);
}

void GlfwWindow::set_title(const std::string& title) {
    if (title == state_->title)
        return;
    state_->title = title;
    glfwSetWindowTitle(state_->window, title.c_str());
}

void GlfwWindow::set_mouse_cursor(int cursor) {
    if (cursor == state_->cursor)
        return;
    state_->cursor = cursor;
    const bool hidden = cursor == ImGuiMouseCursor_None;
    glfwSetInputMode(state_->window, GLFW_CURSOR, hidden ? GLFW_CURSOR_HIDDEN : GLFW_CURSOR_NORMAL);
    if (!hidden)
        glfwSetCursor(state_->window, state_->cursors.at(static_cast<std::size_t>(cursor)));
}

}  // namespace golanes::app
