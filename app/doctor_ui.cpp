#include "app/doctor_ui.h"

#include <cstdlib>

#include "app/window/offscreen.h"
#include "ui/panels/font_files.h"

namespace golanes::app {
namespace {

std::string display_text() {
    for (const char* name : {"WAYLAND_DISPLAY", "DISPLAY"}) {
        // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets it
        if (const char* value = std::getenv(name); value != nullptr && *value != 0)
            return std::string(name) + "=" + value;
    }
    return "no display: golanes shot draws without one";
}

std::string font_text() {
    const ui::FontFiles& fonts = ui::font_files();
    const auto name = [](const std::optional<ui::FontFile>& font) {
        return font ? font->path : std::string("none");
    };
    return "text " + name(fonts.sans) + ", code " + name(fonts.mono) + ", Chinese " +
           name(fonts.chinese);
}

}  // namespace

DoctorUi examine_ui() {
    const auto offscreen = Offscreen::create(16, 16);
    return {display_text(),
            offscreen.ok() ? "off-screen OpenGL 3.3 works" : offscreen.error().message,
            font_text()};
}

}  // namespace golanes::app
