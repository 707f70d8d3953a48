#include <vector>

#include "app/verbs/shot.h"
#include "app/window/offscreen.h"
#include "app/window/png.h"
#include "app/window/renderer.h"

namespace golanes::app {
namespace {

constexpr int kSettlingFrames = 4;  ///< ImGui knows the size of a window one frame late.
constexpr DurationNs kFrameLength = kSecond / 60;

void draw_settled(Renderer& renderer,
                  const ui::FrameInput& content,
                  const ShotOptions& options,
                  const Surface& surface) {
    std::vector<ui::Command> ignored;
    renderer.frame(content, surface, kFrameLength, ignored);
    ui::Shell& shell = renderer.shell();
    shell.fit(content.timeline);
    shell.show(options.view);
    if (!options.predict.empty())
        shell.predict(options.predict);
    if (options.at)
        shell.stand_at(content.timeline, *options.at);
    if (options.range)
        shell.select_range(content.timeline, *options.range);
    if (options.selected != 0)
        shell.select(content.timeline, options.selected);
    renderer.frame(content, surface, kFrameLength, ignored);
    shell.finish_searches();
    for (int i = 0; i < kSettlingFrames; ++i)
        renderer.frame(content, surface, kFrameLength, ignored);
}

}  // namespace

Status render_shot(const ui::FrameInput& content, const ShotOptions& options) {
    auto screen = Offscreen::create(options.width, options.height);
    if (!screen)
        return screen.error();
    auto renderer = Renderer::create();
    if (!renderer)
        return renderer.error();
    ui::FrameInput shown = content;
    shown.language = options.language;
    shown.theme = options.theme;
    shown.scale = options.scale;
    draw_settled(*renderer.value(),
                 shown,
                 options,
                 {options.width, options.height, options.width, options.height, 1});
    return write_png(screen.value()->read(), options.out, options.overwrite);
}

}  // namespace golanes::app
