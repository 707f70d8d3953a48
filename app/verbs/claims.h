#pragma once

// golanes claims: measures what articles say about concurrency, on this machine.
namespace CLI {
class App;
}

namespace golanes::app {

/// Adds the verb. `exit_code`: 0 all of our verdicts hold here, 1 one of them does not, 2 usage.
void add_claims_verb(CLI::App& root, int& exit_code);

}  // namespace golanes::app
