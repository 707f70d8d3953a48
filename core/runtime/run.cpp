#include "core/runtime/run.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "core/base/clock.h"
#include "core/base/futex.h"
#include "core/runtime/preempt_signal.h"
#include "core/runtime/real_engine.h"
#include "core/runtime/stack_fault.h"
#include "core/runtime/this_machine.h"
#include "core/runtime/virtual_engine.h"
#include "core/runtime/wishes.h"

namespace golanes::rt {

using trace::EventType;
using trace::RunStatus;

namespace {

constexpr DurationNs kStopPatience = 2 * kSecond;

// The owner's side of one run: waits, obeys the control page, ends the run.
class Owner {
 public:
    Owner(RunHost& host, const RunSettings& settings)
        : host_(host),
          settings_(settings),
          control_(host.tracer.region().control()),
          wishes_(
              control_, settings.is_virtual ? settings.values : nullptr, settings.policies_seen),
          options_(settings.scheduler),
          engine_(make_engine()),
          scheduler_(initial_options(), *engine_, host.tracer, host.stacks) {
        if (virtual_ != nullptr)
            livelock_.emplace(*virtual_, scheduler_, settings.livelock_steps);
    }

    RunReport run(std::function<void()> main, const trace::Where& where) {
        procs_ = initial_options().procs;
        if (virtual_ != nullptr)
            adopt_speed();
        scheduler_.record_control(EventType::RunBegin,
                                  settings_.number,
                                  settings_.is_virtual ? 1 : 0,
                                  settings_.scheduler.seed);
        if (virtual_ == nullptr && wishes_.cpus() != 0)
            tell_wished_cpus();
        scheduler_.begin(std::move(main), where);
        watch();
        return finish();
    }

 private:
    std::unique_ptr<Engine> make_engine() {
        if (!settings_.is_virtual)
            return std::make_unique<RealEngine>(
                host_.tracer.region().shape().clock,
                control_.command,
                wishes_.cpus() != 0 ? static_cast<int>(wishes_.cpus()) : settings_.cpus,
                settings_.cpu_list);
        VirtualOptions options;
        options.cores = settings_.cpus > 0 ? settings_.cpus : kMaxProcs;
        options.start = settings_.virtual_start;
        options.pace = settings_.pace;
        options.costs = settings_.costs;
        options.control = &control_;
        options.emergency_stack = signal_stack_.emergency_top();
        options.events_put = &host_.tracer.region().ring(0).header->head;  // a virtual run has one
        options.interrupted = [this] {
            return is_called();
        };
        auto engine = std::make_unique<VirtualEngine>(std::move(options));
        virtual_ = engine.get();
        return engine;
    }

    // A run that repeats begins with the CPUs that were last asked for: maybe between two runs.
    void tell_wished_cpus() {
        scheduler_.record_control(
            EventType::CpuCount, static_cast<std::uint32_t>(engine_->cpus()), 0, 0);
    }

    // A run that repeats begins with the Ps that were last asked for.
    [[nodiscard]] SchedulerOptions initial_options() const {
        SchedulerOptions options = settings_.scheduler;
        if (wishes_.procs() != 0)
            options.procs = static_cast<int>(wishes_.procs());
        options.procs = std::clamp(options.procs, 1, kMaxProcs);
        return options;
    }

    // The engine's loop is to come back: something is asked for, or time is over.
    [[nodiscard]] bool is_called() const {
        return wishes_.changed() || time_is_over() ||
               (virtual_ != nullptr && (virtual_->stepper().asked() || pace_changed()));
    }

    void watch() {
        deadline_ = settings_.timeout < 0 ? -1 : monotonic_ns() + settings_.timeout;
        if (wishes_.hold())
            make({.kind = ChangeKind::Hold});
        stops_ = wishes_.stop();
        while (!scheduler_.ended()) {
            if (stops_)
                scheduler_.end_run(RunStatus::Stopped, "stopped");
            else if (time_is_over())
                scheduler_.end_run(RunStatus::Timeout, "the time given to the run is over");
            else if (is_replay_due())
                make(settings_.changes[replayed_++]);
            else if (wishes_.changed())
                obey();
            else
                go_on();
        }
        if (std::exchange(is_held_, false))
            set_phase(trace::ChildPhase::Running);
    }

    [[nodiscard]] bool time_is_over() const {
        return deadline_ >= 0 && monotonic_ns() >= deadline_;
    }

    void go_on() {
        if (is_held_)
            return wait_for_command();
        if (virtual_ != nullptr) {
            if (virtual_->stepper().asked() || pace_changed())
                return adopt_speed();
            if (virtual_->stepper().stands())
                return virtual_->stand();
            if (virtual_->steps() >= livelock_->next_look() && livelock_->look())
                return scheduler_.end_run(RunStatus::Starved, livelock_->words());
            virtual_->set_break(std::min(livelock_->next_look(), next_replay()));
        }
        const DurationNs left =
            deadline_ < 0 ? -1 : std::max<DurationNs>(0, deadline_ - monotonic_ns());
        // The virtual engine asks is_called() by itself, after every so many steps.
        const bool asks = virtual_ == nullptr;
        engine_->run_until([&] { return scheduler_.ended() || (asks && is_called()); }, left);
        if (virtual_ != nullptr) {
            virtual_->set_break(kNever);
            if (is_called())
                virtual_->follow_pace();
            else if (virtual_->is_hanging() && !scheduler_.ended())
                wait_for_command();  // as a real one in a system call: until stopped
        }
    }

    // --- Changes

    /// The step at which the next change of an earlier run is made.
    [[nodiscard]] std::uint64_t next_replay() const {
        return replayed_ < settings_.changes.size() ? settings_.changes[replayed_].step : kNever;
    }

    [[nodiscard]] bool is_replay_due() const {
        return virtual_ != nullptr && next_replay() <= virtual_->steps();
    }

    void obey() {
        for (const LiveChange& change : wishes_.take()) {
            if (!scheduler_.ended())
                make(change);
        }
    }

    // Makes a change here and now. One of an earlier run was made at its very step; the clock stood
    // where that one says, too.
    void make(LiveChange change) {
        if (virtual_ != nullptr && change.kind == ChangeKind::Cpus)
            return;  // the cores are part of the run's name
        if (virtual_ != nullptr) {
            virtual_->move_clock(static_cast<std::uint64_t>(settings_.virtual_start + change.at));
            change.step = virtual_->steps();
            change.at = static_cast<TimeNs>(virtual_->now()) - settings_.virtual_start;
            if (settings_.on_change)
                settings_.on_change(change);
        }
        switch (change.kind) {
            case ChangeKind::Procs:
                procs_ = std::clamp(static_cast<int>(change.value), 1, kMaxProcs);
                if (!is_held_)
                    change_procs();
                break;
            case ChangeKind::Cpus:
                scheduler_.set_cpus(static_cast<int>(change.value));
                break;
            case ChangeKind::Hold:
                hold();
                break;
            case ChangeKind::Release:
                release();
                break;
            case ChangeKind::Value:
                if (settings_.values != nullptr && change.index < settings_.values->size())
                    (*settings_.values)[change.index].store(change.value,
                                                            std::memory_order_relaxed);
                break;
            case ChangeKind::Stop:
                stops_ = true;
                break;
            case ChangeKind::Policy:
                turn_policy(change);
                break;
        }
    }

    void change_procs() {
        if (procs_ == scheduler_.procs())
            return;
        if (!stop_world(trace::StopWorldReason::ProcCount))
            return give_up();
        if (!scheduler_.ended())  // else the world stands for good
            start_world(trace::StopWorldReason::ProcCount);
    }

    void turn_policy(const LiveChange& change) {
        if (!settings_.turn_policy)
            return;
        settings_.turn_policy(options_, change.index, change.value);
        scheduler_.turn_policies(options_);
    }

    // P changes meanwhile act at the end.
    void hold() {
        if (is_held_)
            return;
        if (!stop_world(trace::StopWorldReason::Hold))
            return give_up();
        is_held_ = true;
        set_phase(trace::ChildPhase::Held);
    }

    void release() {
        if (!std::exchange(is_held_, false))
            return;
        set_phase(trace::ChildPhase::Running);
        if (virtual_ != nullptr)
            virtual_->restart_pace();
        if (!scheduler_.ended())
            start_world(trace::StopWorldReason::Hold);
    }

    // The owner's own doings are not stepped through: a world that half stands cannot wait.
    bool stop_world(trace::StopWorldReason reason) {
        const VirtualEngine::Unwatched unwatched(virtual_);
        return scheduler_.stop_world(reason, kStopPatience);
    }

    void start_world(trace::StopWorldReason reason) {
        const VirtualEngine::Unwatched unwatched(virtual_);
        scheduler_.start_world(reason, procs_);
    }

    // --- Waiting

    void set_phase(trace::ChildPhase phase) {
        control_.phase.store(static_cast<std::uint32_t>(phase), std::memory_order_relaxed);
    }

    [[nodiscard]] bool pace_changed() const {
        return control_.pace.load(std::memory_order_relaxed) != pace_seen_;
    }

    // Takes in a step and a pace that were asked for.
    void adopt_speed() {
        if (virtual_->stepper().asked())
            virtual_->adopt_step();
        if (!pace_changed())
            return;
        pace_seen_ = control_.pace.load(std::memory_order_relaxed);
        virtual_->set_pace(pace_seen_ == trace::kPaceAsSet ? settings_.pace
                           : pace_seen_ == trace::kPaceUnlimited
                               ? 0
                               : static_cast<double>(pace_seen_) / 1e6);
    }

    void wait_for_command() {
        // Acquire pairs with trace::notify_control: the knobs are read after it.
        const std::uint32_t seen = control_.command.load(std::memory_order_acquire);
        if (!wishes_.changed())
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
            is_stuck_ = !stop_world(trace::StopWorldReason::Ending);
        RunReport report = describe();
        if (!is_stuck_)
            is_stuck_ = !scheduler_.dismiss_machines(kStopPatience);
        report.is_stuck = is_stuck_;
        if (!is_stuck_) {
            add_traceback(report);
            scheduler_.tell_losses();
            scheduler_.kill_all();
        }
        scheduler_.record_control(EventType::RunEnd,
                                  settings_.number,
                                  static_cast<std::uint8_t>(report.status),
                                  host_.tracer.names().string(report.message));
        if (virtual_ != nullptr && !stops_)
            virtual_->stand_at_end();
        if (settings_.afterwards == Afterwards::GoOn && !is_stuck_)
            report.drops = scheduler_.unwind_all();
        return report;
    }

    void add_traceback(RunReport& report) {
        if (!report.message.starts_with(kFatal))
            return;
        const std::string goroutines = scheduler_.traceback();
        report.message += goroutines.empty() ? "" : "\n\n" + goroutines;
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
        report.wall_ns = engine_->ns_from_ticks(engine_->now() - scheduler_.begin_ticks());
        report.virtual_end = settings_.is_virtual ? static_cast<TimeNs>(engine_->now()) : 0;
        return report;
    }

    RunHost& host_;
    const RunSettings& settings_;
    trace::Control& control_;
    Wishes wishes_;
    int procs_ = 0;
    std::size_t replayed_ = 0;  ///< Of settings_.changes.
    bool is_held_ = false;
    bool stops_ = false;
    bool is_stuck_ = false;
    TimeNs deadline_ = -1;
    std::int64_t pace_seen_ = trace::kPaceAsSet;
    SignalStack signal_stack_;  ///< For goroutines that run here: virtual, or being unwound.
    VirtualEngine* virtual_ = nullptr;  ///< The engine, if it is virtual.
    SchedulerOptions options_;          ///< The policies in force.
    std::unique_ptr<Engine> engine_;
    Scheduler scheduler_;
    std::optional<Livelock> livelock_;  ///< Of a virtual run.
};

}  // namespace

RunHost::RunHost(const trace::RunRegion& region,
                 trace::Level level,
                 bool is_virtual,
                 const StackOptions& stack_options)
    : tracer(region, level, is_virtual ? trace::WhenFull::Wait : trace::WhenFull::Drop),
      stacks(stack_options) {}

RunReport run_program(RunHost& host,
                      const RunSettings& settings,
                      std::function<void()> main,
                      const trace::Where& where) {
    install_stack_fault_handler();
    install_preempt_handler();
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
    return is_beyond_stack_limit(address);
}

}  // namespace golanes::rt
