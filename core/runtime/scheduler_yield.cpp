// Yields: a goroutine gives way and stays runnable.
//
// As in Go, one that yields takes its place in a queue before its successor is chosen. (Chosen the
// other way round, a thief may act between the two, and no order of the events would be the true
// one.) Its place must not be seen by others before it is off its stack. So mostly it is put on g0,
// by the side that arrives there (settle_global), and g0 looks for the successor. The short way,
// taken where nothing else is due: put it, choose the successor and switch to it directly, all
// under the scheduler's lock, which the successor drops. When it is its own successor there is no
// switch at all.
//
// Searchers read the global queue's size without the lock. On the short way they never see the
// moment between the put and the take: two goroutines that yield on two Ps would draw every
// searcher to the lock, and be torn from P to P. Who finds something left for others sees to it,
// after the lock is dropped, that somebody searches. Nothing left: what was put was taken again,
// and nobody has more to do than before.
#include "core/base/check.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/scheduler_switch.h"

namespace golanes::rt {

using trace::EventType;
using trace::QueueKind;
using trace::StopReason;

namespace {

std::uint8_t stop_flags(std::uint8_t put, StopReason reason) {
    return static_cast<std::uint8_t>(
        put | (static_cast<unsigned>(reason) << trace::put_flag::kReasonShift));
}

}  // namespace

void Scheduler::settle_global(M& m, const AfterSwitch& after) {
    G& g = *after.leaver;
    g.state = GState::Runnable;
    const GoroutineId id = g.id;
    const std::uint32_t seq = ++g.trace_seq;
    std::uint32_t index = 0;
    {
        const LockGuard guard(lock_);
        index = global_.put(&g);
    }
    const auto flags = stop_flags(static_cast<std::uint8_t>(QueueKind::Global), after.reason);
    emit(m, EventType::GoStop, id, seq, flags, after.where, trace::pack_pair(0, index));
    wake_after_global_put();
}

void Scheduler::settle_local(M& m, const AfterSwitch& after) {
    G& g = *after.leaver;
    g.state = GState::Runnable;
    const GoroutineId id = g.id;  // once it is queued it may run elsewhere
    const std::uint32_t seq = ++g.trace_seq;
    const auto put = put_local(m, g, LocalQueue::Place::Tail);
    const auto flags = stop_flags(put.flags, after.reason);
    emit(m, EventType::GoStop, id, seq, flags, after.where, trace::pack_pair(0, put.index));
    // No other M is woken, as in Go: this P itself comes back to the ring.
}

// Whether the short way is open. Under the lock: a P that falls idle later looks at the global
// queue under it, so nobody who should know of what we put there can miss it. We must not be the
// last of a batch that comes into our ring: thieves look there without the lock, and we still stand
// on our stack. (With one P there are no thieves.) On the virtual engine an M that is woken has its
// place in the order of the events, and that is the long way's.
inline bool Scheduler::may_yield_short(const M& m) const {
    const std::uint32_t size = global_.length() + 1;
    return !stop_requested_.load(std::memory_order_relaxed) &&
           (idle_ps_.empty() || !engine_->is_virtual()) &&
           (size == 1 || procs() == 1 || batch_of(size) < size) && options_.pick == Pick::Fifo &&
           m.locked_g == nullptr && m.debt == 0 && m.p->timers.next_when() > m.now;
}

// The caller has put itself on the global queue: there is something to take.
inline void Scheduler::choose_successor(M& m) {
    if (is_globals_turn(*m.p)) {
        const GlobalQueue::Taken taken = global_.take();
        m.starting = {taken.g, static_cast<std::uint8_t>(QueueKind::Global), taken.index};
    } else if (const LocalQueue::Taken taken = m.p->queue.take(); taken.g != nullptr) {
        choose_taken(m, taken);
    } else {
        take_batch(m);
    }
    global_.publish();
}

// Whether an idle P may have to know of what is queued here now.
inline bool Scheduler::leaves_work(const M& m) const {
    return !idle_ps_.empty() && (global_.length() != 0 || !m.p->queue.empty());
}

// False: the long way must be gone.
inline bool Scheduler::yield_short(M& m, StopReason reason, PlaceId where) GOLANES_NO_TSA {
    G& g = *m.current;
    lock_.lock();
    if (!may_yield_short(m)) {
        lock_.unlock();
        return false;
    }
    g.state = GState::Runnable;
    const std::uint32_t index = global_.put_unseen(&g);
    emit(m,
         EventType::GoStop,
         g.id,
         ++g.trace_seq,
         stop_flags(static_cast<std::uint8_t>(QueueKind::Global), reason),
         where,
         trace::pack_pair(0, index));
    choose_successor(m);
    m.after.kind = leaves_work(m) ? AfterSwitch::Kind::UnlockAndWake : AfterSwitch::Kind::Unlock;
    m.after.lock = &lock_;
    G& next = *m.starting.g;
    if (&next != &g) {
        if (!next.is_started)
            bind(next);
        const bool is_ours = next.locked_to == nullptr;  // else g0 hands it to its M
        switch_context(g.context, is_ours ? next.context : m.g0, Departure::Returns);
    }
    arrive();  // maybe on another M
    return true;
}

inline void Scheduler::give_way(AfterSwitch::Kind to,
                                StopReason reason,
                                const trace::Where& where) {
    M& m = *this_machine();
    if (unwinding_)
        return throw_run_ended();
    begin_visit(m);
    const PlaceId place_id = place(m, where);
    if (to != AfterSwitch::Kind::PutGlobal || !yield_short(m, reason, place_id))
        leave(m, {to, m.current, nullptr, reason, place_id}, Departure::Returns);
    if (unwinding_)
        throw_run_ended();
}

void Scheduler::yield(StopReason reason, const trace::Where& where) {
    give_way(AfterSwitch::Kind::PutGlobal, reason, where);
}

void Scheduler::yield_local(StopReason reason, const trace::Where& where) {
    give_way(AfterSwitch::Kind::PutLocal, reason, where);
}

}  // namespace golanes::rt
