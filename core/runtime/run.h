#pragma once
// run_program: one run of a program, from main's first line to the last thread's end.
#include <array>
#include <functional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/runtime/costs.h"
#include "core/runtime/live_change.h"
#include "core/runtime/livelock.h"
#include "core/runtime/run_state.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/stack.h"
#include "core/runtime/tracer.h"
#include "core/trace/event.h"

namespace golanes::rt {

/// How the process goes on after a run.
enum class Afterwards {
    GoOn,  ///< Threads are joined and goroutines unwound: for tests, trials, repetitions.
    Exit,  ///< Threads are joined, goroutines dropped: the caller must leave by _exit.
};

struct RunSettings {
    SchedulerOptions scheduler;
    bool is_virtual = false;
    int cpus = 0;  ///< Real: keep to the first so many CPUs (0: all). Virtual: cores (0: one a P).
    std::vector<int> cpu_list;  ///< Real: the CPUs to keep to, of this process's mask; empty: all.
    double pace = 0;            ///< Virtual: virtual time per real time, 0 = as fast as possible.
    TimeNs virtual_start = 0;
    std::uint32_t number = 1;  ///< Of the run within its recording.
    Costs costs;               ///< Virtual: what the scheduler's own work takes.
    /// Virtual: changes of an earlier run to make again, ordered by their steps.
    std::vector<LiveChange> changes;
    /// Virtual: told of every change made to the run, those of `changes` too. On the owner's
    /// thread.
    std::function<void(const LiveChange&)> on_change;
    /// Virtual: where the program reads its parameters. Control::values are copied here when the
    /// run begins, and a changed one at a numbered step (ChangeKind::Value). Null: the program
    /// reads Control::values itself, and changes of them are not reported.
    trace::ControlValues* values = nullptr;
    /// Virtual: turns policy number `index` of the catalogue; the runtime knows its own options
    /// only. Empty: policies do not change while the run goes on.
    std::function<void(SchedulerOptions& options, std::uint32_t index, std::int64_t value)>
        turn_policy;
    /// What Control::policies asked for when `scheduler` was made up: that is no change any more.
    std::array<std::int64_t, trace::kControlPolicies> policies_seen{};
    /// Virtual: steps without progress at one instant after which the run is Starved.
    std::uint64_t livelock_steps = kLivelockSteps;
    DurationNs timeout = -1;  ///< Real time after which it is stopped; negative: none.
    Afterwards afterwards = Afterwards::GoOn;
};

struct RunReport {
    trace::RunStatus status = trace::RunStatus::Running;
    std::string message;
    Outcome outcome;
    std::vector<CheckResult> checks;
    std::uint64_t goroutines = 0;
    Drops drops;             ///< Their memory is lost until exit.
    bool is_stuck = false;   ///< A goroutine did not stop: the caller must leave by _exit.
    DurationNs wall_ns = 0;  ///< From begin to end on the run's clock.
    TimeNs virtual_end = 0;
};

/// What outlives a run and is reused by the next one in the process.
struct RunHost {
    RunHost(const trace::RunRegion& region,
            trace::Level level,
            bool is_virtual,
            const StackOptions& stack_options = {});

    Tracer tracer;
    StackPool stacks;
};

/// Runs `main` as goroutine 1 on the calling thread's behalf and returns when the run is over.
/// Obeys the region's control page: number of Ps, hold, stop. Threads: the calling one waits; one
/// run at a time per host. Errors: in the report.
RunReport run_program(RunHost& host,
                      const RunSettings& settings,
                      std::function<void()> main,
                      const trace::Where& where = trace::Where::here());

/// The goroutine that runs on the calling thread; 0: none. Async-signal-safe.
GoroutineId current_goroutine();

/// Whether a fault at `address` is the overflow of a goroutine stack of the present run.
/// Async-signal-safe.
bool is_stack_overflow(const void* address);

/// Asks the run of a region to change something, from any thread or process.
void request_procs(trace::Control& control, int procs);
/// Real runs: the first so many of their CPUs, while they go on.
void request_cpus(trace::Control& control, int cpus);
void request_hold(trace::Control& control, bool hold);
void request_stop(trace::Control& control);

}  // namespace golanes::rt
