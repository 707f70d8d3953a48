#pragma once

// golanes doctor: what this machine gives to Golanes.
namespace CLI {
class App;
}

namespace golanes::app {

void add_doctor_verb(CLI::App& root, int& exit_code);

}  // namespace golanes::app
