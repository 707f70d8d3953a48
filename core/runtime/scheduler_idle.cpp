// Ms: their life, how they sleep without a P, how they stop for the world.
//
// Timers need a waking M. While a timer is set and a P is idle, somebody looks after it: the
// poller, an M that searches, or one on its way from the search to its bed. The last to leave is
// the last to look: an M lies down under the lock, and with an idle P and no poller it becomes the
// poller itself. The poller whose time has come takes an idle P as a searcher, so that it wakes
// another when it finds work, and that one polls for the next timer. With all Ps busy nobody polls:
// a busy P looks at its timers between two goroutines, and the M whose P falls idle polls. A timer
// set meanwhile: the setter publishes it, then reads the poller's deadline; the poller publishes
// its deadline, then reads the timers anew (both seq_cst, see TimerHeap::next_when), so one sees
// the other. Without a poller the setter wakes a searcher.
//
// A deadlock is seen by the last M to lie down, under the same lock. It must not take a pause for
// one: an M between two beds is in no list, a P on its way to an M is not idle, a poller is no
// sleeper, and while the world is stopped or starting some P is not idle. And none may be missed:
// each of these has an M that lies down later and looks again; a world that starts with no work
// sends out a searcher for just that; and a poller whose timer is gone (stopped, or run by others)
// is woken by the last one who lies down beside it.
#include <algorithm>

#include "core/base/check.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/scheduler_switch.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

using trace::EventType;
using trace::ProcStopReason;

void Scheduler::machine_main(M& m) {
    m.emitter = tracer_->emitter(m.id);
    m.records = tracer_->on();
    begin_visit(m);
    emit(m,
         EventType::MachineCreate,
         m.id,
         0,
         0,
         0,
         static_cast<std::uint64_t>(m.kernel_id.load(std::memory_order_relaxed)));
    end_visit(m);
    for (;;) {
        settle(m);
        m.current = nullptr;
        if (m.ends) {
            end_machine(m);
            return;  // m may live again on another thread by now
        }
        if (m.starting.g == nullptr && !find_runnable(m))
            break;
        if (give_to_locked(m))
            continue;
        switch_context(m.g0, m.starting.g->context, Departure::Returns);
    }
    end_visit(m);
}

void Scheduler::take_p(M& m, P& p) {
    m.p = &p;
    m.last_p = &p;
    p.machine.store(&m, std::memory_order_relaxed);
    engine_->took_p(m);
    begin_visit(m);
    // Who inherits the slice of a goroutine that left this P before it fell idle gets a fresh one.
    p.slice_start.store(m.now, std::memory_order_relaxed);
    p.preempt.fetch_and(preempt_wish::kWorld, std::memory_order_relaxed);
    emit_proc(m, p, EventType::ProcStart, 0);
}

// Ms that do not sleep without a P: at work, in a blocking call, or polling.
std::size_t Scheduler::machines_awake() const {
    return machines_.size() - ended_ms_.size() - idle_ms_.size() - locked_asleep_;
}

// Enlists an M that was given no P. Returns until when it sleeps: the next timer if it is the one
// that polls, else kNever. `late_poller` is the poller that must be woken to look at the timers
// anew, if any.
std::uint64_t Scheduler::prepare_sleep(M& m, M*& late_poller) {
    const std::uint64_t until =
        stop_requested_.load(std::memory_order_relaxed) ? kNever : earliest_timer();
    // With all Ps busy nobody polls: their Ms look at the timers themselves, and the
    // one whose P falls idle polls then.
    if (until != kNever && poller_ == nullptr && !idle_ps_.empty()) {
        poller_ = &m;
        poller_until_.store(until, std::memory_order_seq_cst);
        return std::min(until, earliest_timer());  // one set meanwhile: see TimerHeap::next_when
    }
    idle_ms_.push_back(&m);
    const bool poller_is_last = until == kNever && machines_awake() == 1;
    if (until < poller_until_.load(std::memory_order_relaxed) || poller_is_last)
        late_poller = poller_;
    check_dead();
    return kNever;
}

// False: nobody gave it one.
bool Scheduler::take_next_p(M& m) {
    if (m.next_p == nullptr)
        return false;
    P& p = *m.next_p;
    m.next_p = nullptr;
    m.spinning = m.woken_to_spin;
    take_p(m, p);
    if (m.spinning)
        emit(m, EventType::SpinBegin, m.id, 0, 0, 0, 0);
    return true;
}

// An M without a P sleeps until it is given one. One such M at a time sleeps only until the next
// timer is due. False: the run is over.
bool Scheduler::wait_for_p(M& m) {
    end_visit(m);
    for (;;) {
        std::uint64_t until = kNever;
        M* late_poller = nullptr;
        {
            const LockGuard guard(lock_);
            if (m.next_p == nullptr) {
                if (dismissed_)
                    return false;
                until = prepare_sleep(m, late_poller);
            }
        }
        if (late_poller != nullptr)
            engine_->wake(*late_poller);
        if (until != kNever) {
            sleep_as_poller(m, until);
        } else {
            sleep_idle(m);
        }
        const LockGuard guard(lock_);
        if (take_next_p(m))
            return true;
        if (dismissed_)
            return false;
    }
}

void Scheduler::sleep_idle(M& m) {
    for (;;) {
        {
            const LockGuard guard(lock_);
            if (m.next_p != nullptr || dismissed_)
                return;
        }
        begin_visit(m);
        emit(m, EventType::MachinePark, m.id, 0, 0, 0, 0);
        end_visit(m);
        engine_->park(m, kNever);
        begin_visit(m);
        emit(m, EventType::MachineUnpark, m.id, 0, 0, 0, 0);
        end_visit(m);
    }
}

// The poller takes an idle P when its time has come, and searches with it.
void Scheduler::sleep_as_poller(M& m, std::uint64_t until) {
    begin_visit(m);
    emit(m, EventType::MachinePark, m.id, 0, 0, 0, 0);
    end_visit(m);
    if (engine_->now() < until)
        engine_->park(m, until);
    begin_visit(m);
    emit(m, EventType::MachineUnpark, m.id, 0, 0, 0, 0);
    end_visit(m);
    const LockGuard guard(lock_);
    poller_ = nullptr;
    poller_until_.store(kNever, std::memory_order_seq_cst);
    if (stop_requested_.load(std::memory_order_relaxed) || dismissed_ ||
        earliest_timer() > engine_->now())
        return;
    m.next_p = pop_idle_p();
    m.woken_to_spin = m.next_p != nullptr;
    if (m.woken_to_spin)
        spinning_.fetch_add(1, std::memory_order_seq_cst);
}

// All Ms sleep, no timer is set, goroutines wait: nobody can ever wake them. A P that is not idle
// is about to be given to an M (by wake_one_more, or by a world that starts): that M will look. An
// M in a blocking call is awake, as in Go: what it waits for may come from outside.
void Scheduler::check_dead() {
    if (machines_awake() != 0 || poller_ != nullptr ||
        idle_ps_.size() != static_cast<std::size_t>(procs()) ||
        stop_requested_.load(std::memory_order_relaxed) || ended())
        return;
    if (global_.size() != 0 || earliest_timer() != kNever)
        return;
    // Relaxed: whoever changed them has put its M to sleep since, under this lock.
    if (live_.load(std::memory_order_relaxed) != 0)
        end_run(trace::RunStatus::Deadlock, "fatal error: all goroutines are asleep - deadlock!");
    else if (main_exited_.load(std::memory_order_relaxed))
        end_run(trace::RunStatus::Deadlock,
                "fatal error: no goroutines (main called runtime.Goexit) - deadlock!");
}

// The world stops: this M gives its P up to whoever stops it.
void Scheduler::stop_machine(M& m) {
    if (m.spinning)
        stop_spinning(m);
    P& p = *m.p;
    emit_proc(m, p, EventType::ProcStop, static_cast<std::uint8_t>(ProcStopReason::WorldStopped));
    end_visit(m);
    m.p = nullptr;
    {
        const LockGuard guard(lock_);
        p.state.store(PState::Stopped, std::memory_order_relaxed);
        p.machine.store(nullptr, std::memory_order_relaxed);
    }
    if (stop_wait_.fetch_sub(1, std::memory_order_acq_rel) ==
        1)  // pairs with stop_world: it sees the P's fields
        engine_->nudge_owner();
}

}  // namespace golanes::rt
