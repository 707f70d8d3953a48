#pragma once
// `golanes info FILE [--json]`: what a recording holds.
#include <CLI/CLI.hpp>

namespace golanes::app {

/// Adds the verb. Its callback does the work and sets exit_code: 0 done, 2 bad input.
/// Lifetime: exit_code must outlive the parse.
void add_info_verb(CLI::App& root, int& exit_code);

}  // namespace golanes::app
