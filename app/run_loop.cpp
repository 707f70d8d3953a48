#include "app/run_loop.h"

#include <algorithm>
#include <memory>

#include "app/replay_log.h"
#include "app/run_policies.h"
#include "core/base/futex.h"

namespace golanes::app {
namespace {

using trace::ChildPhase;

constexpr DurationNs kLongRun = 30 * kMillisecond;

bool stopped(const trace::Control& control) {
    return control.stop.load(std::memory_order_relaxed) != 0;
}

void set_phase(trace::Control& control, ChildPhase phase) {
    control.phase.store(static_cast<std::uint32_t>(phase),
                        std::memory_order_relaxed);  // a sign of life, it orders nothing
}

// Sleeps between two runs; a command from outside ends the pause.
void pause_between_runs(trace::Control& control, DurationNs duration) {
    set_phase(control, ChildPhase::Pausing);
    const TimeNs until = monotonic_ns() + duration;
    while (!stopped(control)) {
        const DurationNs left = until - monotonic_ns();
        if (left <= 0)
            return;
        // Acquire pairs with trace::notify_control.
        futex_wait(control.command,
                   control.command.load(std::memory_order_acquire),
                   std::min<DurationNs>(left, 50 * kMillisecond),
                   FutexScope::Shared);
    }
}

void copy_values(const trace::ControlValues& from, trace::ControlValues& to) {
    for (std::size_t i = 0; i < from.size() && &from != &to; ++i)
        to[i].store(from[i].load(std::memory_order_relaxed), std::memory_order_relaxed);
}

// A virtual run that repeats begins with the policies that were last asked for.
void adopt_policies(const trace::Control& control, rt::RunSettings& run) {
    for (std::uint32_t i = 0; i < control.policies.size() && run.is_virtual; ++i) {
        const std::int64_t asked = control.policies[i].load(std::memory_order_relaxed);
        run.policies_seen[i] = asked;
        if (asked != 0)
            turn_policy(run.scheduler, i, asked - 1);
    }
}

}  // namespace

void store_values(const RunPlan& plan, trace::Control& control) {
    for (std::size_t i = 0; i < plan.values.size(); ++i)
        control.values[i].store(plan.values[i], std::memory_order_relaxed);
}

LoopReport run_loop(const RunPlan& plan,
                    const trace::RunRegion& region,
                    const LoopSettings& settings) {
    trace::Control& control = region.control();
    // A virtual run's parameters change at numbered steps only: the engine fills this.
    trace::ControlValues store{};
    trace::ControlValues& read = plan.settings.is_virtual ? store : control.values;
    const catalog::Values values(*plan.entry->scenario, read);
    auto host =
        std::make_unique<rt::RunHost>(region, plan.level, plan.settings.is_virtual, plan.stacks);
    const bool repeats = settings.forever || settings.duration >= 0;
    const TimeNs deadline = settings.duration < 0 ? -1 : monotonic_ns() + settings.duration;
    rt::RunSettings run = plan.settings;
    run.values = &read;
    run.turn_policy = &turn_policy;
    ReplayLog log(plan, run, control, read, host->tracer);
    run.on_change = [&log](const rt::LiveChange& change) {
        log.change(change);
    };
    LoopReport report;
    for (;;) {
        run.number = ++report.runs;
        run.timeout = deadline < 0 ? -1 : std::max<DurationNs>(0, deadline - monotonic_ns());
        run.afterwards =
            !repeats && settings.exits_after ? rt::Afterwards::Exit : rt::Afterwards::GoOn;
        set_phase(control, ChildPhase::Running);
        copy_values(control.values, read);
        adopt_policies(control, run);
        log.prepare();
        rt::RunReport last = rt::run_program(*host, run, [&] {
            log.begin();
            plan.entry->program(values);
        });
        const bool cut_short = last.status == trace::RunStatus::Timeout && report.runs > 1;
        if (!cut_short) {  // the run that the deadline cut is no result; the one before it is
            report.last = last;
            report.replay = log.token();
        }
        control.runs_finished.fetch_add(1, std::memory_order_relaxed);
        if (!repeats || last.is_stuck || stopped(control) ||
            (deadline >= 0 && monotonic_ns() >= deadline))
            break;
        // Short runs are looked at one at a time; long ones scroll by side by side.
        const DurationNs pause = last.wall_ns < kLongRun ? settings.pause : settings.pause / 5;
        run.virtual_start = last.virtual_end + pause;
        if (!settings.same_seed)
            run.scheduler.seed = mix64(run.scheduler.seed);
        pause_between_runs(control, pause);
    }
    set_phase(control, ChildPhase::Finished);
    // Threads that were not joined still write to their rings: what they use stays until _exit.
    if (run.afterwards == rt::Afterwards::Exit || report.last.is_stuck) [[maybe_unused]]
        auto* const kept = host.release();
    return report;
}

}  // namespace golanes::app
