#pragma once
// The report of a headless run, for people and for programs.
#include <string>
#include <utility>

#include "app/run_loop.h"
#include "core/model/statistics.h"
#include "core/model/timeline.h"

namespace golanes::app {

struct RunFacts {
    const RunPlan* plan = nullptr;
    LoopReport report;
    model::Timeline timeline;
};

/// One JSON object, the keys of the command-line contract.
std::string run_json(const RunFacts& facts);

/// The object for a run that ends by a crash, cut in two where the message goes: its numbers die
/// with the process.
std::pair<std::string, std::string> crash_json(const RunPlan& plan);

/// A few lines for a terminal.
std::string run_text(const RunFacts& facts);

/// Whether the run's end is what the scenario (with its parameters) is there to show.
bool ended_as_expected(const RunPlan& plan, const rt::RunReport& report);

}  // namespace golanes::app
