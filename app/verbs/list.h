#pragma once

// golanes list: the scenarios.
namespace CLI {
class App;
}

namespace golanes::app {

void add_list_verb(CLI::App& root, int& exit_code);

}  // namespace golanes::app
