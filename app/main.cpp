// golanes: the command line. One file a verb in app/verbs; no verb opens the window.
#include <array>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/verbs/claims.h"
#include "app/verbs/dump.h"
#include "app/verbs/info.h"
#include "app/verbs/list.h"
#include "app/verbs/outcomes.h"
#include "app/verbs/run.h"
#include "app/window_verbs.h"
#include "core/host/child.h"

#ifndef GOLANES_VERSION
#error "the build sets GOLANES_VERSION"
#endif

namespace {

constexpr int kUsage = 2;

// Verbs of the contract that later versions bring: they say so and do nothing.
constexpr std::array<std::string_view, 2> kLaterVerbs{"import", "export"};

void add_later_verbs(CLI::App& root, int& exit_code) {
    for (const std::string_view name : kLaterVerbs) {
        CLI::App* command = root.add_subcommand(std::string(name), "not in this version");
        command->allow_extras();
        command->callback([name, &exit_code] {
            fmt::print(stderr,
                       "golanes: the verb {} does not exist yet in version {}\n",
                       name,
                       GOLANES_VERSION);
            exit_code = kUsage;
        });
    }
}

// CLI11's message in our form: one line that says what to do.
int usage_error(const CLI::ParseError& error) {
    std::string message = error.what();
    for (char& c : message)
        c = c == '\n' ? ' ' : c;
    fmt::print(stderr, "golanes: {}; golanes --help tells more\n", message);
    return kUsage;
}

}  // namespace

// NOLINTNEXTLINE(bugprone-exception-escape): what else is thrown is a bug of ours and ends us
int main(int argc, char** argv) {
    if (golanes::host::is_child(argc, argv))
        return golanes::host::child_main(argc, argv);
    CLI::App root{
        "Golanes shows how goroutines share lanes: watch, drive and replay a real scheduler.",
        "golanes"};
    root.set_version_flag("--version", std::string("golanes ") + GOLANES_VERSION);
    int exit_code = 0;
    golanes::app::add_list_verb(root, exit_code);
    golanes::app::add_run_verb(root, exit_code);
    golanes::app::add_outcomes_verb(root, exit_code);
    golanes::app::add_info_verb(root, exit_code);
    golanes::app::add_dump_verb(root, exit_code);
    golanes::app::add_claims_verb(root, exit_code);
    golanes::app::add_window_verbs(root, exit_code);
    add_later_verbs(root, exit_code);
    try {
        root.parse(argc, argv);
    } catch (const CLI::Success& success) {
        return root.exit(success);
    } catch (const CLI::ParseError& error) {
        return usage_error(error);
    }
    return exit_code;
}
