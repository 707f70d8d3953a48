#include "app/window/main_loop.h"

#include <memory>
#include <string>
#include <utility>

#include "app/window/glfw_window.h"
#include "app/window/pacer.h"
#include "app/window/renderer.h"
#include "core/base/time.h"

namespace golanes::app {
namespace {

/// What the window's frame says: the opened file, else the scenario, else the program alone.
std::string title_of(const ui::FrameInput& content) {
    std::string program = "Golanes";
    if (!content.file.empty())
        return program + " - " + content.file.substr(content.file.rfind('/') + 1);
    for (const catalog::Scenario* scenario : content.scenarios) {
        if (scenario->id != content.run.scenario)
            continue;
        const catalog::Text& title = scenario->title;
        const bool chinese = content.language == ui::Language::Chinese && !title.zh.empty();
        return program + " - " + std::string(chinese ? title.zh : title.en);
    }
    return program;
}

class MainLoop {
 public:
    MainLoop(WindowClient& client,
             GlfwWindow& window,
             Renderer& renderer,
             const WindowOptions& options)
        : client_(client), window_(window), renderer_(renderer), options_(options) {
        if (options_.shows_tour)
            renderer_.shell().start_tour();
        touring_ = options_.shows_tour;
    }

    void run() {
        while (!client_.wants_to_quit())
            step();
    }

 private:
    void step() {
        GlfwWindow::wait(pacer_.remaining(monotonic_ns()));
        const TimeNs now = monotonic_ns();
        hear(now);
        if (const std::uint64_t version = client_.data_version(); version != version_) {
            version_ = version;
            pacer_.data_arrived(now);
        }
        if (pacer_.due(now))
            show(now);
    }

    void hear(TimeNs now) {
        GlfwWindow::Happenings happened = window_.take_happenings();
        if (happened.redraw)
            renderer_.forget_picture();
        if (happened.close)
            client_.close_requested();
        const bool dropped = !happened.files.empty();
        if (dropped)
            client_.files_dropped(std::move(happened.files));
        if (happened.input || happened.redraw || happened.close || dropped)
            pacer_.input_arrived(now);
    }

    void show(TimeNs now) {
        Pacer::Frame frame;
        if (window_.visible())
            frame = draw(now);
        pacer_.frame_drawn(now, frame);
        last_frame_ = now;
    }

    Pacer::Frame draw(TimeNs now) {
        const ui::FrameInput content = client_.frame_input();
        std::vector<ui::Command> commands;
        if (renderer_.frame(content, window_.surface(), now - last_frame_, commands))
            window_.swap();
        window_.set_title(title_of(content));
        window_.set_mouse_cursor(renderer_.mouse_cursor());
        if (touring_ && !renderer_.shell().touring()) {
            touring_ = false;
            if (options_.on_tour_end)
                options_.on_tour_end();
        }
        for (const ui::Command& command : commands)
            client_.act(command);
        if (!commands.empty())
            pacer_.input_arrived(now);  // what it changed is to be seen at once
        return {.input_left = renderer_.input().pending(),
                .animating = renderer_.shell().animating(),
                .text_field = renderer_.text_field_active()};
    }

    WindowClient& client_;
    GlfwWindow& window_;
    Renderer& renderer_;
    const WindowOptions& options_;
    bool touring_ = false;
    Pacer pacer_;
    TimeNs last_frame_ = monotonic_ns();
    std::uint64_t version_ = 0;
};

}  // namespace

Status run_window(WindowClient& client, const WindowOptions& options) {
    auto window = GlfwWindow::open("Golanes", options.width, options.height);
    if (!window)
        return window.error();
    auto renderer = Renderer::create();
    if (!renderer)
        return renderer.error();
    window.value()->send_input_to(renderer.value()->input());
    window.value()->lend_clipboard();
    renderer.value()->report().write_to(options.report_path);
    MainLoop(client, *window.value(), *renderer.value(), options).run();
    return Done{};
}

void wake_window() {
    GlfwWindow::wake();
}

}  // namespace golanes::app
