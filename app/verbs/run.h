#pragma once

// golanes run: one headless run (or a repeated one), recorded and reported.
namespace CLI {
class App;
}

namespace golanes::app {

/// Adds the verb. `exit_code`: 0 done (also a deadlock, panic or stop the scenario expects), 1 the
/// run failed, 2 usage or bad input.
void add_run_verb(CLI::App& root, int& exit_code);

}  // namespace golanes::app
