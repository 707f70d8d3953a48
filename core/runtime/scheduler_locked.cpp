// LockOSThread: a goroutine and its M that belong to each other.
//
// The M runs nobody else: when its goroutine leaves, it hands its P off and sleeps (wait_locked).
// The goroutine runs nowhere else: whoever takes it from a queue gives it its own P and sleeps in
// its turn (give_to_locked). So each run of a locked goroutine costs two switches of threads. On
// its way from the one M to the other the goroutine is in hand: a Move says so before the P changes
// hands, because its GoStart comes later and from another thread.
#include "core/base/check.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/scheduler_switch.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

using trace::EventType;
using trace::MoveReason;
using trace::ProcStopReason;
using trace::QueueKind;

void Scheduler::lock_thread() {
    if (unwinding_)
        return;
    M& m = *this_machine();
    G& g = *m.current;
    ++g.thread_locks;
    g.locked_to = &m;
    m.locked_g = &g;
}

void Scheduler::unlock_thread() {
    if (unwinding_)
        return;
    M& m = *this_machine();
    G& g = *m.current;
    if (g.thread_locks == 0 || --g.thread_locks != 0)
        return;
    g.locked_to = nullptr;
    m.locked_g = nullptr;
}

// What findRunnable is for all others. False: the run is over.
bool Scheduler::wait_locked(M& m) {
    if (m.p != nullptr) {
        begin_visit(m);
        hand_off(m);
    }
    end_visit(m);
    for (;;) {
        M* late_poller = nullptr;
        {
            const LockGuard guard(lock_);
            if (m.next_p == nullptr && !lie_down_locked(m, late_poller))
                return false;
        }
        if (late_poller != nullptr)
            engine_->wake(*late_poller);
        sleep_idle(m);
        const LockGuard guard(lock_);
        if (take_next_p(m)) {
            m.starting = std::exchange(m.next_start, {});
            return true;
        }
    }
}

// As prepare_sleep() for those that wait for any P.
bool Scheduler::lie_down_locked(M& m, M*& late_poller) {
    if (dismissed_)
        return false;
    if (!m.waits_locked) {
        m.waits_locked = true;
        ++locked_asleep_;
    }
    if (earliest_timer() == kNever && machines_awake() == 1)
        late_poller = poller_;
    check_dead();
    return true;
}

// The goroutine about to start belongs to another M: it gets our P. True: done, we have none now.
bool Scheduler::give_to_locked(M& m) {
    M* const owner = m.starting.g->locked_to;
    if (owner == nullptr || owner == &m)
        return false;
    begin_visit(m);
    take_in_hand(m);
    P& p = *m.p;
    emit_proc(m, p, EventType::ProcStop, static_cast<std::uint8_t>(ProcStopReason::HandOff));
    emit(m, EventType::HandOff, m.id, 0, 0, 0, owner->id);
    m.p = nullptr;
    {
        const LockGuard guard(lock_);
        p.machine.store(nullptr, std::memory_order_relaxed);
        owner->next_start = std::exchange(m.starting, {});
        owner->next_p = &p;
        owner->woken_to_spin = false;
        if (std::exchange(owner->waits_locked, false))
            --locked_asleep_;
    }
    end_visit(m);
    engine_->wake(*owner);
    return true;
}

// Says that the goroutine has left the queue it was taken from.
void Scheduler::take_in_hand(M& m) {
    Starting& starting = m.starting;
    const auto kind = static_cast<QueueKind>(starting.flags & trace::start_flag::kKindMask);
    const trace::QueueId from{kind, kind == QueueKind::Global ? ProcId{0} : m.p->id};
    starting.flags &= static_cast<std::uint8_t>(~trace::start_flag::kKindMask);
    if (kind == QueueKind::None)
        return;
    const trace::QueueId to =
        kind == QueueKind::Runnext ? trace::QueueId{} : trace::QueueId{QueueKind::Ring, m.p->id};
    const auto reason = kind == QueueKind::Global ? MoveReason::GlobalBatch : MoveReason::Steal;
    const std::uint64_t places = kind == QueueKind::Runnext
                                     ? trace::pack_pair(starting.g->trace_seq, starting.g->id)
                                     : trace::pack_pair(starting.index, 0);
    starting.index = 0;
    emit(m,
         EventType::Move,
         (std::uint32_t{trace::pack(from)} << 16) | trace::pack(to),
         1,
         static_cast<std::uint8_t>(reason),
         0,
         places);
}

// A goroutine that ends locked takes its thread with it, as in Go. The number of the M, and its
// ring of the trace, go to the next one that is made: from the lock on, m is not ours.
void Scheduler::end_machine(M& m) {
    begin_visit(m);
    m.locked_g = nullptr;
    m.ends = false;
    hand_off(m);
    end_visit(m);
    M* late_poller = nullptr;
    {
        const LockGuard guard(lock_);
        m.kernel_id.store(0, std::memory_order_relaxed);
        ended_ms_.push_back(&m);
        if (earliest_timer() == kNever && machines_awake() == 1)
            late_poller = poller_;
        check_dead();
    }
    if (late_poller != nullptr)
        engine_->wake(*late_poller);
}

}  // namespace golanes::rt
