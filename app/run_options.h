#pragma once
// RunOptions: what the command line may say about a run, and how it becomes a run. The window
// passes the same options to its child process.
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/recording/recording.h"
#include "core/runtime/run.h"
#include "core/trace/region.h"
#include "scenarios/registry.h"

namespace CLI {
class App;
}

namespace golanes::app {

struct RunOptions {
    std::string scenario;
    int procs = 0;             ///< 0: the scenario's standard.
    bool procs_given = false;  ///< On the command line, where 0 is a mistake.
    std::string cpus;          ///< A number, or a list of CPUs: "0-1,3". Empty: all.
    std::string engine;        ///< real or virtual; empty: real, or as the replay token says.
    std::uint64_t seed = 0;
    bool seed_given = false;  ///< Otherwise every run draws one.
    std::string level;        ///< Empty: what the scenario needs.
    std::vector<std::string> policies;
    std::string preset;  ///< A named choice of values that the others overrule; empty: none.
    std::vector<std::string> sets;
    std::string replay;    ///< A replay token: then the others only repeat what it says.
    std::string stack;     ///< What a goroutine's stack may grow to; empty: the standard.
    std::string duration;  ///< Repeat the scenario for this long; empty: run it once.
    std::uint32_t ring_events = 1U << 16;
};

/// Declares the options on a verb.
void add_run_options(CLI::App& verb, RunOptions& options);

/// The options, checked against the scenario and this machine.
struct RunPlan {
    const scenarios::Entry* entry = nullptr;
    rt::RunSettings settings;
    trace::Level level = trace::Level::Scheduler;
    std::vector<std::int64_t> values;
    rt::StackOptions stacks;
    DurationNs duration = -1;
    bool same_seed = false;  ///< In the window: repetitions have the same seed.
    std::uint32_t ring_events = 1U << 16;
};

/// What a run that is watched charges unless its policy says otherwise: with no costs, a program
/// that only switches would take no time at all and leave nothing to look at. Real runs: nothing.
void charge_machine_costs(RunPlan& plan);

/// Errors: one line that names the option, what it got and what it takes.
Result<RunPlan> plan_run(const RunOptions& options);

/// The inverse, for a child process: arguments from which plan_run makes the same plan.
std::vector<std::string> arguments_of(const RunPlan& plan);

/// What a recording of this plan says about itself.
recording::Meta meta_of(const RunPlan& plan);

/// A seed nobody chose: from the clock.
std::uint64_t fresh_seed();

}  // namespace golanes::app
