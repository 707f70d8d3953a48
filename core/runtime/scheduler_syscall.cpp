// Blocking calls: Go's entersyscallblock, handoffp and exitsyscall.
//
// The goroutine stays on its M, which goes into the kernel with it; the P leaves at once, so that
// others run on. (Go lets an ordinary system call keep its P until sysmon takes it after 20 us or
// more; ours are all of the kind that is known to block.) Back from the kernel the M takes the P it
// had if that is idle, else any idle one; else it puts the goroutine on the global queue and
// sleeps. The last two are one step under the scheduler's lock, under which every P falls idle: an
// M that gives its P up later finds the goroutine in the queue. The lock is dropped by g0, when the
// goroutine is off its stack.
//
// A P that falls idle here has no M on its way to bed. So whoever hands it off does what such an M
// would: it looks whether a searcher was asked for (see scheduler_wake.cpp), and whether a timer is
// set that nobody polls for (scheduler_idle.cpp); then an M gets the P and searches.
#include <algorithm>

#include "core/base/check.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/scheduler_switch.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

using trace::EventType;
using trace::ProcStopReason;
using trace::QueueKind;

void Scheduler::enter_call(const trace::Where& where) {
    if (unwinding_)
        return throw_run_ended();
    poll(where);
    M& m = *this_machine();
    begin_visit(m);
    G& g = *m.current;
    g.state = GState::Blocking;
    g.reason = trace::WaitReason::Blocking;
    g.waits_at = place(m, where);
    g.waits_since = m.now;
    emit(m, EventType::BlockingBegin, g.id, 0, options_.handoff ? 0 : 1, g.waits_at, 0);
    m.call_p = m.p;
    m.in_call.store(1, std::memory_order_relaxed);
    if (options_.handoff)
        hand_off(m);
    else
        keep_p(m);
    end_visit(m);
    engine_->begin_call(m);
}

// Hand-off is off: the P stands still with its M. A world that stops does not wait for it.
void Scheduler::keep_p(M& m) {
    P& p = *m.p;
    {
        const LockGuard guard(lock_);
        if (!stop_requested_.load(std::memory_order_relaxed)) {
            p.state.store(PState::InCall, std::memory_order_relaxed);
            return;
        }
    }
    stop_machine(m);
    begin_visit(m);
}

// The P of an M that will not run goroutines for a while: to another M if there is work, or if
// nobody would look for some; else it rests.
void Scheduler::hand_off(M& m) {
    tidy_timers();
    P& p = *m.p;
    emit_proc(m, p, EventType::ProcStop, static_cast<std::uint8_t>(ProcStopReason::HandOff));
    p.machine.store(nullptr, std::memory_order_relaxed);
    bool spins = false;
    bool goes_on = !p.queue.empty() || global_.size() != 0;
    if (!goes_on && idle_p_count_.load(std::memory_order_seq_cst) == 0) {
        int none = 0;
        goes_on = spins = spinning_.compare_exchange_strong(none, 1, std::memory_order_seq_cst);
    }
    if (goes_on || !rest_handed_off(p, spins)) {
        const M* to = start_machine(p, spins);
        emit(m, EventType::HandOff, m.id, 0, 0, 0, to == nullptr ? 0 : to->id);
    }
    m.p = nullptr;
}

// False: it must not rest after all; `spins` tells how it is to be given away.
bool Scheduler::rest_handed_off(P& p, bool& spins) {
    {
        const LockGuard guard(lock_);
        if (!stop_requested_.load(std::memory_order_relaxed)) {
            if (global_.size() != 0)
                return false;
            push_idle_p(p);
            const bool is_wanted = need_spinning_.load(std::memory_order_seq_cst) ||
                                   (poller_ == nullptr && earliest_timer() != kNever);
            int none = 0;
            if (!is_wanted ||
                !spinning_.compare_exchange_strong(none, 1, std::memory_order_seq_cst))
                return true;
            need_spinning_.store(false, std::memory_order_seq_cst);  // in this order, see there
            pop_idle_p();
            spins = true;
            return false;
        }
        p.state.store(PState::Stopped, std::memory_order_relaxed);
    }
    if (stop_wait_.fetch_sub(1, std::memory_order_acq_rel) == 1)  // as stop_machine()
        engine_->nudge_owner();
    return true;
}

// The lock is dropped here, or by settle_returned().
void Scheduler::leave_call() GOLANES_NO_TSA {
    M& m = *this_machine();
    if (m.in_call.load(std::memory_order_relaxed) == 0)
        return throw_run_ended();                   // it was entered while unwinding
    m.in_call.store(0, std::memory_order_release);  // pairs with cut_calls(): the call is over
    // The visit begins under the lock: the P that is taken may have been made a moment ago, and is
    // to be taken after the recorded change of their number.
    lock_.lock();
    begin_visit(m);
    G& g = *m.current;
    emit(m, EventType::BlockingEnd, g.id, 0, 0, 0, 0);
    if (P* p = p_after_call(m); p != nullptr) {
        lock_.unlock();
        if (m.p != p)
            take_p(m, *p);
        g.state = GState::Runnable;
        m.starting = {&g, static_cast<std::uint8_t>(QueueKind::None), 0};
        return run_on(m);
    }
    const bool is_over = dismissed_;
    if (is_over)
        lock_.unlock();  // it stays where it is until it is killed
    else
        m.after = {.kind = AfterSwitch::Kind::PutReturned, .leaver = &g, .lock = &lock_};
    switch_context(g.context, m.g0, Departure::Returns);
    arrive();
    if (unwinding_)
        throw_run_ended();
}

// The P on which the goroutine goes on, or null.
P* Scheduler::p_after_call(M& m) {
    P* const old = std::exchange(m.call_p, nullptr);
    if (m.p != nullptr) {  // it was kept, unless it was removed meanwhile
        if (old->machine.load(std::memory_order_relaxed) == &m &&
            !stop_requested_.load(std::memory_order_relaxed)) {
            old->state.store(PState::Running, std::memory_order_relaxed);
            return old;
        }
        if (old->machine.load(std::memory_order_relaxed) == &m) {
            emit_proc(m,
                      *old,
                      EventType::ProcStop,
                      static_cast<std::uint8_t>(ProcStopReason::WorldStopped));
            old->state.store(PState::Stopped, std::memory_order_relaxed);
            old->machine.store(nullptr, std::memory_order_relaxed);
        }
        m.p = nullptr;
    }
    const auto at = std::find(idle_ps_.begin(), idle_ps_.end(), old);
    if (at != idle_ps_.end())
        std::rotate(at, at + 1, idle_ps_.end());  // to the end, whence one is popped
    return pop_idle_p();
}

void Scheduler::settle_returned(M& m, const AfterSwitch& after) {
    G& g = *after.leaver;
    g.state = GState::Runnable;
    const GoroutineId id = g.id;  // once it is queued it may run elsewhere
    const std::uint32_t seq = ++g.trace_seq;
    const std::uint32_t index = global_.put(&g);
    after.lock->unlock();
    emit(m,
         EventType::GoUnblock,
         id,
         seq,
         static_cast<std::uint8_t>(QueueKind::Global),
         0,
         trace::pack_pair(id, index));
}

}  // namespace golanes::rt
