#pragma once

// `golanes outcomes SCENARIO --trials N`: what a scenario comes to, again and again.

namespace CLI {
class App;
}

namespace golanes::app {

/// Adds the verb. Its callback does the work and sets exit_code: 0 done, 2 bad input.
/// Lifetime: exit_code must outlive the parse.
void add_outcomes_verb(CLI::App& root, int& exit_code);

}  // namespace golanes::app
