#include "app/window/first_start.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <system_error>

#include <fmt/format.h>

namespace golanes::app {

std::string tour_path() {
    const char* state = std::getenv("XDG_STATE_HOME");
    if (state != nullptr && *state == '/')  // a relative one is to be ignored, says the standard
        return std::string(state) + "/golanes/tour";
    const char* home = std::getenv("HOME");
    return home != nullptr && *home == '/' ? std::string(home) + "/.local/state/golanes/tour" : "";
}

bool tour_was_seen() {
    const std::string path = tour_path();
    std::error_code ignored;
    return path.empty() || std::filesystem::exists(path, ignored);
}

Status remember_tour() {
    const std::filesystem::path path = tour_path();
    if (path.empty())
        return Error{"no folder for the state: neither XDG_STATE_HOME nor HOME is set"};
    std::error_code failed;
    std::filesystem::create_directories(path.parent_path(), failed);
    std::ofstream file(path);
    file << "seen\n";
    if (failed || !file.flush())
        return Error{fmt::format("{}: cannot be written", path.string())};
    return Done{};
}

}  // namespace golanes::app
