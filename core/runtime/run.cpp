#include "core/runtime/run.h"

#include <algorithm>
#include <memory>

#include "core/base/clock.h"
#include "core/base/futex.h"
#include "core/runtime/real_engine.h"
#include "core/runtime/this_machine.h"
#include "core/runtime/virtual_engine.h"

namespace golanes::rt {

using trace::EventType;
using trace::RunStatus;

namespace {

constexpr std::size_t kStackBytes = std::size_t{256} << 10;
constexpr DurationNs kStopPatience = 2 * kSecond;

// The stacks of the run in progress, for the crash handler.
std::atomic<const StackPool*> current_stacks{nullptr};

// The owner's side of one run: waits, obeys the control page, ends the run.
class Owner {
 public:
    Owner(RunHost& host, const RunSettings& settings)
        : host_(host),
          settings_(settings),
          control_(host.tracer.region().control()),
          engine_(make_engine()),
          scheduler_(initial_options(), *engine_, host.tracer, host.stacks) {}

    RunReport run(std::function<void()> main, const trace::Where& where) {
        adopt_wishes();
        scheduler_.record_control(EventType::RunBegin,
                                  settings_.number,
                                  settings_.is_virtual ? 1 : 0,
                                  settings_.scheduler.seed);
        scheduler_.begin(std::move(main), where);
        watch();
        return finish();
    }

 private:
    std::unique_ptr<Engine> make_engine() {
        if (!settings_.is_virtual)
            return std::make_unique<RealEngine>(
                host_.tracer.region().shape().clock, control_.command, settings_.cpus);
        VirtualOptions options;
        options.cores = settings_.cpus > 0 ? settings_.cpus : kMaxProcs;
        options.start = settings_.virtual_start;
        options.pace = settings_.pace;
        options.switch_cost = settings_.switch_cost;
        options.interrupted = [this] {
            return wishes_changed();
        };
        return std::make_unique<VirtualEngine>(std::move(options));
    }

    // A run that repeats begins with the Ps that were last asked for.
    [[nodiscard]] SchedulerOptions initial_options() const {
        SchedulerOptions options = settings_.scheduler;
        const std::uint32_t procs = control_.wanted_procs.load(std::memory_order_relaxed);
        if (procs != 0)
            options.procs = std::clamp(static_cast<int>(procs), 1, kMaxProcs);
        return options;
    }

    // Relaxed reads of single knobs: the engine's acquire of Control::command came before.
    void adopt_wishes() {
        const std::uint32_t procs = control_.wanted_procs.load(std::memory_order_relaxed);
        procs_ = procs == 0 ? settings_.scheduler.procs : static_cast<int>(procs);
        hold_ = control_.hold.load(std::memory_order_relaxed) != 0;
        stop_ = control_.stop.load(std::memory_order_relaxed) != 0;
    }

    [[nodiscard]] bool wishes_changed() const {
        const std::uint32_t procs = control_.wanted_procs.load(std::memory_order_relaxed);
        return (procs != 0 && static_cast<int>(procs) != procs_) ||
               (control_.hold.load(std::memory_order_relaxed) != 0) != hold_ ||
               (control_.stop.load(std::memory_order_relaxed) != 0) != stop_;
    }

    void watch() {
        deadline_ = settings_.timeout < 0 ? -1 : monotonic_ns() + settings_.timeout;
        change_procs();  // a knob may have moved since the scheduler was made
        if (hold_)
            hold_world();
        while (!scheduler_.ended()) {
            if (stop_)
                return scheduler_.end_run(RunStatus::Stopped, "stopped");
            const DurationNs left =
                deadline_ < 0 ? -1 : std::max<DurationNs>(0, deadline_ - monotonic_ns());
            engine_->run_until([this] { return scheduler_.ended() || wishes_changed(); }, left);
            if (wishes_changed())
                obey();
            else if (time_is_over())
                scheduler_.end_run(RunStatus::Timeout, "the time given to the run is over");
        }
    }

    [[nodiscard]] bool time_is_over() const {
        return deadline_ >= 0 && monotonic_ns() >= deadline_;
    }

    void obey() {
        const int procs_before = procs_;
        const bool held_before = hold_;
        adopt_wishes();
        if (procs_ != procs_before)
            change_procs();
        if (hold_ && !held_before)
            hold_world();
    }

    void change_procs() {
        const int wanted = std::clamp(procs_, 1, kMaxProcs);
        if (wanted == scheduler_.procs())
            return;
        if (!scheduler_.stop_world(trace::StopWorldReason::ProcCount, kStopPatience))
            return give_up();
        if (!scheduler_.ended())  // else the world stands for good
            scheduler_.start_world(trace::StopWorldReason::ProcCount, wanted);
    }

    // Stays here until the hold is lifted or the run is to stop or out of time; P changes meanwhile
    // act at the end.
    void hold_world() {
        if (!scheduler_.stop_world(trace::StopWorldReason::Hold, kStopPatience))
            return give_up();
        control_.phase.store(static_cast<std::uint32_t>(trace::ChildPhase::Held),
                             std::memory_order_relaxed);
        while (hold_ && !stop_ && !scheduler_.ended() && !time_is_over()) {
            wait_for_command();
            adopt_wishes();
        }
        control_.phase.store(static_cast<std::uint32_t>(trace::ChildPhase::Running),
                             std::memory_order_relaxed);
        if (!hold_ && !stop_ && !scheduler_.ended())
            scheduler_.start_world(trace::StopWorldReason::Hold, std::clamp(procs_, 1, kMaxProcs));
    }

    void wait_for_command() {
        // Acquire pairs with trace::notify_control: the knobs are read after it.
        const std::uint32_t seen = control_.command.load(std::memory_order_acquire);
        if (!wishes_changed())
            futex_wait(control_.command, seen, 100 * kMillisecond, FutexScope::Shared);
    }

    void give_up() {
        is_stuck_ = true;
        scheduler_.end_run(
            RunStatus::Stopped,
            "a goroutine did not stop within 2 s: it computes without a call to the runtime");
    }

    RunReport finish() {
        if (!is_stuck_)
            is_stuck_ = !scheduler_.stop_world(trace::StopWorldReason::Ending, kStopPatience);
        RunReport report = describe();
        if (!is_stuck_) {
            scheduler_.dismiss_machines();
            scheduler_.tell_losses();
            scheduler_.kill_all();
        }
        scheduler_.record_control(EventType::RunEnd,
                                  settings_.number,
                                  static_cast<std::uint8_t>(report.status),
                                  host_.tracer.names().string(report.message));
        if (settings_.afterwards == Afterwards::GoOn && !is_stuck_)
            report.dropped_goroutines = scheduler_.unwind_all();
        return report;
    }

    RunReport describe() {
        RunReport report;
        report.status = scheduler_.status();
        report.message = scheduler_.message();
        report.outcome = scheduler_.run_state().outcome();
        report.checks = scheduler_.run_state().checks();
        for (const CheckResult& check : report.checks) {
            if (!check.holds && report.status == RunStatus::Ok) {
                report.status = RunStatus::CheckFailed;
                report.message = "check failed: " + check.what;
            }
        }
        report.goroutines = scheduler_.goroutines_made();
        report.is_stuck = is_stuck_;
        report.wall_ns = engine_->ns_from_ticks(engine_->now() - scheduler_.begin_ticks());
        report.virtual_end = settings_.is_virtual ? static_cast<TimeNs>(engine_->now()) : 0;
        return report;
    }

    RunHost& host_;
    const RunSettings& settings_;
    trace::Control& control_;
    int procs_ = 0;
    bool hold_ = false;
    bool stop_ = false;
    bool is_stuck_ = false;
    TimeNs deadline_ = -1;
    std::unique_ptr<Engine> engine_;
    Scheduler scheduler_;
};

}  // namespace

RunHost::RunHost(const trace::RunRegion& region, trace::Level level, bool is_virtual)
    : tracer(region, level, is_virtual ? trace::WhenFull::Wait : trace::WhenFull::Drop),
      stacks(kStackBytes) {}

RunReport run_program(RunHost& host,
                      const RunSettings& settings,
                      std::function<void()> main,
                      const trace::Where& where) {
    current_stacks.store(&host.stacks, std::memory_order_relaxed);
    auto owner = std::make_unique<Owner>(host, settings);
    RunReport report = owner->run(std::move(main), where);
    // Threads that were not joined still use the scheduler: it stays until _exit.
    if (settings.afterwards == Afterwards::Exit || report.is_stuck) [[maybe_unused]]
        auto* const kept = owner.release();
    return report;
}

GoroutineId current_goroutine() {
    const M* m = this_machine();
    return m != nullptr && m->current != nullptr ? m->current->id : 0;
}

bool is_stack_overflow(const void* address) {
    const StackPool* stacks = current_stacks.load(std::memory_order_relaxed);
    return stacks != nullptr && stacks->is_guard(address);
}

void request_procs(trace::Control& control, int procs) {
    control.wanted_procs.store(static_cast<std::uint32_t>(procs), std::memory_order_relaxed);
    trace::notify_control(control);
}

void request_hold(trace::Control& control, bool hold) {
    control.hold.store(hold ? 1 : 0, std::memory_order_relaxed);
    trace::notify_control(control);
}

void request_stop(trace::Control& control) {
    control.stop.store(1, std::memory_order_relaxed);
    trace::notify_control(control);
}

}  // namespace golanes::rt
