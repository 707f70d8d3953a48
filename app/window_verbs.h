#pragma once

// The verbs that need the window's libraries: opening it, shot, doctor's look at graphics, and the
// hidden verb of the window's child process. Built without them, they say so
// (window_verbs_none.cpp).
namespace CLI {
class App;
}

namespace golanes::app {

/// Adds them; a call without a verb opens the window with the files named.
void add_window_verbs(CLI::App& root, int& exit_code);

}  // namespace golanes::app
