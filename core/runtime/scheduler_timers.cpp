// Timers: who sets them, who looks at them, who wakes.
#include <algorithm>

#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

using trace::EventType;

void Scheduler::sleep(DurationNs duration, const trace::Where& where) GOLANES_NO_TSA {
    if (duration <= 0 || unwinding_)
        return;
    M& m = *this_machine();
    begin_visit(m);
    const std::uint64_t when = m.now + engine_->ticks_from_ns(duration);
    emit(m,
         EventType::TimerArm,
         m.current->id,
         0,
         0,
         place(m, where),
         static_cast<std::uint64_t>(duration));
    TimerHeap& timers = m.p->timers;
    timers.lock().lock();
    timers.add(when, m.current);
    if (when < poller_until_.load(std::memory_order_seq_cst))
        call_poller();
    block(trace::WaitReason::Sleep, 0, timers.lock(), where);
}

// A new earliest timer: the poller sleeps too long now and looks again. When nobody polls, an M
// that finds no work becomes the poller.
void Scheduler::call_poller() {
    M* poller = nullptr;
    {
        const LockGuard guard(lock_);
        poller = poller_;
    }
    if (poller != nullptr)
        engine_->wake(*poller);
    else
        wake_one_more();
}

std::uint64_t Scheduler::earliest_timer() const {
    std::uint64_t earliest = kNever;
    for (int i = 0; i < procs(); ++i)
        earliest = std::min(earliest, procs_[static_cast<std::size_t>(i)]->timers.next_when());
    return earliest;
}

// The timers of a P whose M sleeps are everybody's, also of an M that does not search: without
// stealing, or with enough others searching.
bool Scheduler::take_due_elsewhere(M& m) {
    for (int i = 0; i < procs(); ++i) {
        P& owner = *procs_[static_cast<std::size_t>(i)];
        if (&owner != m.p && owner.timers.next_when() <= engine_->now() && run_timers(m, owner) &&
            take_local(m))
            return true;
    }
    return false;
}

// Wakes the sleepers of `owner` that are due, into our own queue.
bool Scheduler::run_timers(M& m, P& owner) {
    const std::uint64_t next = owner.timers.next_when();
    if (next == kNever)
        return false;
    if (next > m.now || !m.visit_open) {
        if (next > engine_->now())
            return false;
        end_visit(m);  // the clock has moved on since this visit began
    }
    begin_visit(m);
    bool ran = false;
    for (;;) {
        Timer timer;
        {
            const LockGuard guard(owner.timers.lock());
            if (!owner.timers.pop_due(m.now, timer))
                break;
        }
        ran = true;
        emit(m,
             EventType::TimerFire,
             timer.g->id,
             0,
             0,
             0,
             static_cast<std::uint64_t>(engine_->ns_from_ticks(m.now - timer.when)));
        put_woken(m, *timer.g, 0, 0);
    }
    if (ran)
        wake_one_more();
    return ran;
}

}  // namespace golanes::rt
