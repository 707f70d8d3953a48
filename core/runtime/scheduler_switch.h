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
        case AfterSwitch::Kind::Bury:
            after.leaver->state = GState::Dead;
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
    G& g = *m.starting.g;
    P& p = *m.p;
    GOLANES_CHECK(g.state == GState::Runnable, "a goroutine that starts was runnable");
    g.state = GState::Running;
    m.current = &g;
    p.last_start.store(m.now, std::memory_order_relaxed);
    if ((m.starting.flags & trace::start_flag::kInheritsSlice) == 0) {
        p.schedtick = p.schedtick + 1 == options_.global_tick ? 0 : p.schedtick + 1;
        p.slice_start = m.now;
    }
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

}  // namespace golanes::rt
