#pragma once
// A run in this process, recorded, and what can be measured in it: for the questions of lessons and
// for the claims of articles.
#include <string>
#include <string_view>

#include "app/run_json.h"
#include "app/run_options.h"

namespace golanes::app {

/// A run with all that outlives it.
struct MeasuredRun {
    RunPlan plan;
    LoopReport report;
    model::Timeline timeline;
};

/// The options in words of the command line, as behind `golanes run SCENARIO`; a virtual run whose
/// words name no seed has seed 1.
/// Errors: a word that is not understood.
Result<RunOptions> options_from_words(std::string_view scenario, std::string_view words);

/// Runs it once and returns when it is over. Threads: one caller at a time; the scenarios that
/// start processes need host::is_child in main(). Errors: bad options, no memory.
Result<MeasuredRun> run_measured(const RunOptions& options);

/// Measures one thing, by the names that kMeasures lists (measure.cpp): outcome, wall_ms, ...; or
/// "said WORDS": the number behind these words in the log; or "distinct WORD": how many different
/// words follow it there. Errors: no such measure; the run has no such thing.
Result<std::string> measure(std::string_view what, const MeasuredRun& run);

}  // namespace golanes::app
