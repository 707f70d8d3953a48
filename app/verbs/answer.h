#pragma once

// The hidden verb that answers a lesson's question in a process of its own, for the window.
namespace CLI {
class App;
}

namespace golanes::app {

/// Adds the verb. `exit_code`: 0 answered, 1 the runs gave no answer, 2 usage.
void add_answer_verb(CLI::App& root, int& exit_code);

}  // namespace golanes::app
