#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "app/verbs/doctor.h"
#include "app/window_verbs.h"

namespace golanes::app {

void add_window_verbs(CLI::App& root, int& exit_code) {
    add_doctor_verb(root, exit_code);
    auto files = std::make_shared<std::vector<std::string>>();
    root.add_option("FILE", *files, "Recordings to open in the window");
    CLI::App* shot = root.add_subcommand("shot", "not in this build");
    shot->allow_extras();
    const auto refuse = [&exit_code] {
        std::fputs("golanes: this build has no window: configure with GOLANES_BUILD_UI=ON\n",
                   stderr);
        exit_code = 2;
    };
    shot->callback(refuse);
    root.callback([&root, refuse, files] {  // files: the option writes to them while parsing
        if (root.get_subcommands().empty())
            refuse();
    });
}

}  // namespace golanes::app
