#pragma once

// The hidden verb of the window's child process: plays a scenario into the run region it inherits.
namespace CLI {
class App;
}

namespace golanes::app {

void add_child_verb(CLI::App& root, int& exit_code);

}  // namespace golanes::app
