#include "app/window/window_report.h"

#include <filesystem>
#include <fstream>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/items.h"

namespace golanes::app {
namespace {

/// A report is written beside its place, so that no script reads half of one.
std::string part_of(const std::string& path) {
    return path + ".part";
}

/// "item step.back 300 412 318 432", or "hidden" for what is scrolled or clipped away.
std::string item_line(const std::string& name) {
    const auto rect = ui::find_item(name);
    return fmt::format("{} {} {:.0f} {:.0f} {:.0f} {:.0f}\n",
                       rect->visible ? "item" : "hidden",
                       name,
                       rect->min.x,
                       rect->min.y,
                       rect->max.x,
                       rect->max.y);
}

}  // namespace

void WindowReport::write_to(std::string path) {
    path_ = std::move(path);
    ui::record_items(!path_.empty());
}

void WindowReport::begin() {
    std::error_code ignored;
    wanted_ = !path_.empty() && !std::filesystem::exists(path_, ignored);
    if (!wanted_)
        return;
    std::filesystem::remove(part_of(path_), ignored);
    ImGui::LogToFile(0, part_of(path_).c_str());
}

void WindowReport::end() {
    if (!wanted_)
        return;
    ImGui::LogFinish();
    std::ofstream file(part_of(path_), std::ios::app);
    file << '\n';
    for (const std::string& name : ui::item_names())
        file << item_line(name);
    file.close();
    std::error_code ignored;  // the script waits for the file, and says that none came
    std::filesystem::rename(part_of(path_), path_, ignored);
}

}  // namespace golanes::app
