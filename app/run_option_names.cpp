// The options of a run as the command line knows them. What they mean is run_options.cpp's
// business.
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/run_options.h"
#include "core/catalog/policy.h"

namespace golanes::app {
namespace {

std::string policy_help() {
    std::string text = "Scheduling policy, name=value (repeatable):";
    for (const catalog::Policy& policy : catalog::policies())
        text += fmt::format(" {}={}", policy.knob.name, catalog::range_text(policy.knob));
    return text +
           ". The standard is Go's; costs are 0x unless asked for, so that a virtual run's times "
           "have closed forms";
}

}  // namespace

void add_run_options(CLI::App& verb, RunOptions& options) {
    verb.add_option("--procs", options.procs, "Number of Ps (GOMAXPROCS), 1 to 256")
        ->each([&options](const std::string&) { options.procs_given = true; });
    verb.add_option("--cpus",
                    options.cpus,
                    "CPUs the run may use: how many, or which (0-1,3); virtual cores: how many");
    verb.add_option("--engine", options.engine, "real or virtual");
    verb.add_option("--seed", options.seed, "Seed of every random choice")
        ->each([&options](const std::string&) { options.seed_given = true; });
    verb.add_option("--policy", options.policies, policy_help())->allow_extra_args(false);
    verb.add_option("--level", options.level, "scheduler or full: how much is recorded");
    verb.add_option("--preset",
                    options.preset,
                    "A named choice of values (golanes list tells them): as-article, quick, ...");
    verb.add_option("--set", options.sets, "Scenario parameter, name=value (repeatable)")
        ->allow_extra_args(false);
    verb.add_option(
        "--duration", options.duration, "Repeat the scenario for this long, for example 5s");
    verb.add_option("--stack",
                    options.stack,
                    "What a goroutine's stack may grow to, 16K to 1G; the standard is 256K");
    verb.add_option("--replay", options.replay, "Token of a virtual run: makes that run again");
    verb.add_option("--ring", options.ring_events, "Events each trace ring holds (a power of two)");
}

}  // namespace golanes::app
