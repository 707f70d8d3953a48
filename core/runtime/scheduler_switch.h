#pragma once
// The side of a switch that arrives, inline: what it does for the one that left, then its own
// start. For the scheduler's own files.
#include "core/base/check.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/scheduler_visit.h"

namespace golanes::rt {

// The locks dropped here were taken by the leaver. Nobody else writes m.after.
inline void Scheduler::settle(M& m) GOLANES_NO_TSA {
    const AfterSwitch& after = m.after;
    switch (after.kind) {
        case AfterSwitch::Kind::Nothing:
            break;
        case AfterSwitch::Kind::Unlock:
            after.lock->unlock();
            break;
        case AfterSwitch::Kind::UnlockAndWake:
            after.lock->unlock();
            wake_after_global_put();
            break;
        case AfterSwitch::Kind::UnlockAll:
            for (Lock* lock : after.locks)
                lock->unlock();
            break;
        case AfterSwitch::Kind::PutGlobal:
            settle_global(m, after);
            break;
        case AfterSwitch::Kind::PutLocal:
            settle_local(m, after);
            break;
        case AfterSwitch::Kind::PutReturned:
            settle_returned(m, after);
            break;
        case AfterSwitch::Kind::Bury:
            after.leaver->state = GState::Dead;
            if (after.leaver->stack.committed() > kWarmStackBytes) [[unlikely]]
                cool_down(m, *after.leaver);
            put_free(*m.p, *after.leaver);
            break;
    }
    m.after.kind = AfterSwitch::Kind::Nothing;
}

inline void Scheduler::arrive() {
    M& m = *this_machine();
    if (unwinding_)
        return;
    settle(m);
    P& p = *m.p;
    if ((m.starting.flags & trace::start_flag::kInheritsSlice) == 0) {
        p.schedtick = p.schedtick + 1 >= options_.global_tick ? 0 : p.schedtick + 1;
        p.slice_start.store(m.now, std::memory_order_relaxed);
        if (p.preempt.load(std::memory_order_relaxed) != 0) [[unlikely]]
            p.preempt.fetch_and(preempt_wish::kWorld, std::memory_order_relaxed);
    }
    run_on(m);
}

// The goroutine whose stack this is goes on as the one that m has just started.
inline void Scheduler::run_on(M& m) {
    G& g = *m.starting.g;
    P& p = *m.p;
    GOLANES_CHECK(g.state == GState::Runnable, "a goroutine that starts was runnable");
    g.state = GState::Running;
    m.current = &g;
    p.last_start.store(m.now, std::memory_order_relaxed);
    p.calm_until = engine_->is_virtual() ? 0 : slice_end(p);
    emit(m, trace::EventType::GoStart, g.id, ++g.trace_seq, m.starting.flags, 0, m.starting.index);
    m.starting.g = nullptr;
    end_visit(m);
    if (engine_->is_virtual())
        engine_->turn(m);
}

inline void Scheduler::choose_taken(M& m, const LocalQueue::Taken& taken) {
    const auto kind = taken.from_runnext ? trace::QueueKind::Runnext : trace::QueueKind::Ring;
    const std::uint8_t inherits = taken.from_runnext ? trace::start_flag::kInheritsSlice : 0;
    m.starting = {taken.g,
                  static_cast<std::uint8_t>(static_cast<std::uint8_t>(kind) | inherits),
                  taken.index};
}

inline bool Scheduler::start_taken(M& m, const LocalQueue::Taken& taken) {
    if (taken.g == nullptr)
        return false;
    choose_taken(m, taken);
    if (!taken.g->is_started)
        bind(*taken.g);
    return true;
}

// The successor of a goroutine that leaves, from its P's own queues and without touching a lock.
// False when anything else may come first: the world stops, a timer is due, it is the global
// queue's turn.
inline bool Scheduler::pick_local(M& m) {
    P& p = *m.p;
    if (stop_requested_.load(std::memory_order_relaxed) || p.timers.next_when() <= m.now)
        return false;
    if (is_globals_turn(p) && global_.size() != 0)
        return false;
    return options_.pick == Pick::Random ? take_local(m) : start_taken(m, m.p->queue.take());
}

inline void Scheduler::leave(M& m, const AfterSwitch& after, Departure departure) {
    G& g = *m.current;
    m.after = after;
    // One that yields is given its place in a queue on g0: see scheduler_yield.cpp.
    const bool yields =
        after.kind == AfterSwitch::Kind::PutGlobal || after.kind == AfterSwitch::Kind::PutLocal;
    // A locked M runs nobody else, and nobody else runs a locked goroutine: that is seen to on g0.
    const bool goes_on =
        !yields && m.locked_g == nullptr && pick_local(m) && m.starting.g->locked_to == nullptr;
    switch_context(g.context, goes_on ? m.starting.g->context : m.g0, departure);
    // Another M may run us now: m and everything read from it are stale.
    arrive();
}

inline LocalQueue::PutResult Scheduler::put_local(M& m, G& g, LocalQueue::Place place) {
    if (m.p->queue.is_full()) [[unlikely]]
        return put_into_full(m, g, place);
    return m.p->queue.put(&g, place);
}

// Steps (2) and (3) of the submitter, see scheduler_wake.cpp.
inline void Scheduler::wake_one_more() {
    if (spinning_.load(std::memory_order_seq_cst) == 0 && idle_p_in_sight()) [[unlikely]]
        wake_searcher();
}

// Without the lock; what a submitter does when all Ps are busy. Leaves word for the next P that
// would fall idle.
inline bool Scheduler::idle_p_in_sight() {
    if (idle_p_count_.load(std::memory_order_seq_cst) != 0)
        return true;
    if (!need_spinning_.load(std::memory_order_seq_cst))  // why reading is enough: there
        need_spinning_.store(true, std::memory_order_seq_cst);
    return idle_p_count_.load(std::memory_order_seq_cst) != 0;
}

}  // namespace golanes::rt
