// Time slices: when one is over, and what becomes of those that wait when none ever is.
#include <algorithm>

#include "core/runtime/scheduler.h"
#include "core/runtime/scheduler_switch.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

namespace {

// Go's sysmon, once it has backed off, looks every 10 ms. A slice that it sees for the second time
// after forcePreemptNS (our slice) is over: 10 to 20 ms after its beginning.
constexpr DurationNs kSysmonPeriod = 10 * kMillisecond;
constexpr DurationNs kStarvation = 10 * kSecond;
constexpr const char* kStarvedMessage =
    "starved: for 10 s no goroutine got a P although one could run, because those that run never "
    "give way (forced preemption is off)";

constexpr std::uint64_t round_up(std::uint64_t value, std::uint64_t step) {
    return (value + step - 1) / step * step;
}

}  // namespace

std::uint64_t Scheduler::late_slice_end(const P& p) const {
    if (!options_.forced_preemption)
        return kNever;
    const std::uint64_t period = engine_->ticks_from_ns(kSysmonPeriod);
    const auto look_after = [&](std::uint64_t time) {
        return begin_ticks_ + ((time - begin_ticks_) / period + 1) * period;
    };
    // One that inherits a slice that is over runs until the next look.
    return std::max(
        look_after(p.slice_start.load(std::memory_order_relaxed)) + round_up(slice_ticks_, period),
        look_after(p.last_start.load(std::memory_order_relaxed)));
}

bool Scheduler::wants_yield(std::uint64_t now) const {
    const P& p = *this_machine()->p;
    return now >= slice_end(p) || p.preempt.load(std::memory_order_relaxed) != 0;
}

std::uint64_t Scheduler::slice_start() const {
    return this_machine()->p->slice_start.load(std::memory_order_relaxed);
}

std::uint64_t Scheduler::slice_left() const {
    const std::uint64_t end = slice_end(*this_machine()->p);
    const std::uint64_t now = engine_->now();
    return now < end ? end - now : 1;
}

void Scheduler::preempt(const trace::Where& where) {
    if ((this_machine()->p->preempt.load(std::memory_order_relaxed) & preempt_wish::kOverflow) != 0)
        end_overflowed();
    if (stop_requested())
        return yield(trace::StopReason::WorldStopped, where);
    if (engine_->is_virtual())
        record(trace::EventType::PreemptRequest, 0, where, 0);
    yield(trace::StopReason::Preempted, where);
}

void Scheduler::attend(const trace::Where& where) {
    if (unwinding_)
        return;
    const M& m = *this_machine();
    if (m.p->preempt.load(std::memory_order_relaxed) != 0 || m.now > slice_end(*m.p))
        preempt(where);
    if (this_machine()->debt != 0)
        pay(where);
}

// Its stack cannot be unwound from here on until it is resumed: no exception may be thrown.
void Scheduler::preempt_by_signal() {
    M& m = *this_machine();
    G& g = *m.current;
    if ((m.p->preempt.load(std::memory_order_relaxed) & preempt_wish::kOverflow) != 0)
        end_overflowed();
    const auto reason =
        stop_requested() ? trace::StopReason::WorldStopped : trace::StopReason::Preempted;
    begin_visit(m);
    emit(m, trace::EventType::PreemptRequest, g.id, 0, 1, 0, 0);
    leave(m, {AfterSwitch::Kind::PutGlobal, &g, nullptr, reason, 0}, Departure::Returns);
    g.is_cut_off = false;
}

// What runtime calls cost is time like any other: it may use the slice up.
void Scheduler::pay(const trace::Where& where) {
    M& m = *this_machine();
    if (unwinding_ || m.current == nullptr)
        return;
    engine_->pay(m);
    check_starvation();
    if (wants_yield(engine_->now()))
        preempt(where);
}

void Scheduler::record_off_cpu(M& m, DurationNs length) {
    if (m.p == nullptr || m.current == nullptr)
        return;  // a search has no span that could be cut
    begin_visit(m);
    emit(m, trace::EventType::OffCpu, m.current->id, 0, 0, 0, static_cast<std::uint64_t>(length));
    end_visit(m);
}

// --- Starvation

bool Scheduler::somebody_could_run() const {
    if (global_.size() != 0)
        return true;
    const std::uint64_t now = engine_->now();
    for (int i = 0; i < procs(); ++i) {
        const P& p = *procs_[static_cast<std::size_t>(i)];
        if (!p.queue.empty() || p.timers.next_when() <= now)
            return true;
    }
    return false;
}

void Scheduler::turn_policies(const SchedulerOptions& options) {
    const SchedulerOptions before = std::exchange(options_, options);
    options_.procs = before.procs;
    options_.seed = before.seed;
    options_.ring = before.ring;
    slice_ticks_ = engine_->ticks_from_ns(options.slice);
    slice_ends_by_deadline_ = options.forced_preemption && options.sysmon == SysmonPolicy::Deadline;
}

// Any thread: all it reads is atomic.
bool Scheduler::is_starved() const {
    if (options_.forced_preemption)
        return false;
    const std::uint64_t now = engine_->now();
    const std::uint64_t limit = engine_->ticks_from_ns(kStarvation);
    for (int i = 0; i < procs(); ++i) {
        if (const P& p = *procs_[static_cast<std::size_t>(i)];
            now < std::max(begin_ticks_, p.last_start.load(std::memory_order_relaxed)) + limit)
            return false;  // also where it is after `now`
    }
    return somebody_could_run();
}

void Scheduler::check_starvation() {
    if (is_starved())
        end_run_here(trace::RunStatus::Starved, kStarvedMessage);
}

// From outside a P that is idle, or was just taken, looks as if nothing had started on it for long:
// only those count whose M has held them all that time.
void Scheduler::look_for_starvation() {
    const std::uint64_t now = engine_->now();
    const std::uint64_t limit = engine_->ticks_from_ns(kStarvation);
    for (int i = 0; i < procs(); ++i) {
        const P& p = *procs_[static_cast<std::size_t>(i)];
        if (p.machine.load(std::memory_order_relaxed) == nullptr ||
            now < p.slice_start.load(std::memory_order_relaxed) + limit)
            return;
    }
    if (is_starved())
        end_run(trace::RunStatus::Starved, kStarvedMessage);
}

}  // namespace golanes::rt
