#pragma once
// Calibration: what the scheduler's operations cost on this machine, measured once by short runs of
// the real engine and kept in the user's cache folder. Virtual runs charge these figures when they
// are asked to (policy "costs").
#include <string>

#include "core/base/result.h"
#include "core/runtime/costs.h"

namespace golanes::app {

/// Measures now: under 300 ms on an idle machine.
rt::Costs measure_costs();

/// The figures of this machine: from the cache folder, else measured and kept there. Read once in
/// the life of the process. Threads: any.
const rt::Costs& machine_costs();

/// $XDG_CACHE_HOME/golanes/costs.json, or below ~/.cache; empty when neither is known.
std::string costs_path();

/// What the figures belong to: CPU, kernel, cores, and how this program was built.
std::string costs_identity();

/// Errors: no such file, damaged, or of another machine or build: then measure anew.
Result<rt::Costs> load_costs(const std::string& path, const std::string& identity);

/// Makes the folders it needs; the file appears whole or not at all. Errors: as OutputFile.
Status save_costs(const std::string& path, const std::string& identity, const rt::Costs& costs);

}  // namespace golanes::app
