#pragma once
// `golanes dump FILE [--from T] [--to T]`: a recording as text, one event a line.
#include <CLI/CLI.hpp>

namespace golanes::app {

/// Adds the verb. Its callback does the work and sets exit_code: 0 done, 1 the text could not be
/// written, 2 bad input. Lifetime: exit_code must outlive the parse.
void add_dump_verb(CLI::App& root, int& exit_code);

}  // namespace golanes::app
