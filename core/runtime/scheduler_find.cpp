// Who runs next: Go's findRunnable, in Go's order.
#include "core/base/check.h"
#include "core/runtime/scheduler.h"

namespace golanes::rt {

using trace::EventType;
using trace::MoveReason;
using trace::QueueKind;
namespace start_flag = trace::start_flag;

namespace {

std::uint32_t queues(trace::QueueId from, trace::QueueId to) {
    return (std::uint32_t{trace::pack(from)} << 16) | trace::pack(to);
}

}  // namespace

// The successor of a goroutine that leaves, from its P's own queues and without touching a lock.
// False when anything else may come first: the world stops, a timer is due, it is the global
// queue's turn.
bool Scheduler::pick_local(M& m) {
    P& p = *m.p;
    if (stop_requested_.load(std::memory_order_relaxed) || p.timers.next_when() <= m.now)
        return false;
    if (options_.global_tick != 0 && p.schedtick % options_.global_tick == 0 && global_.size() != 0)
        return false;
    return take_local(m);
}

bool Scheduler::take_local(M& m) {
    const LocalQueue::Taken taken = m.p->queue.take();
    if (taken.g == nullptr)
        return false;
    const auto kind = taken.from_runnext ? QueueKind::Runnext : QueueKind::Ring;
    const std::uint8_t inherits = taken.from_runnext ? start_flag::kInheritsSlice : 0;
    m.starting = {taken.g,
                  static_cast<std::uint8_t>(static_cast<std::uint8_t>(kind) | inherits),
                  taken.index};
    if (!taken.g->is_started)
        bind(*taken.g);
    return true;
}

bool Scheduler::find_runnable(M& m) {
    for (;;) {
        if (m.p == nullptr && !wait_for_p(m))
            return false;
        if (m.debt != 0) {
            end_visit(m);
            engine_->pay(m);
        }
        begin_visit(m);
        if (stop_requested_.load(std::memory_order_acquire)) {
            stop_machine(m);
            continue;
        }
        run_timers(m, *m.p);
        if (take_any(m)) {
            if (!m.starting.g->is_started)
                bind(*m.starting.g);
            found(m);
            return true;
        }
        release_to_idle(m);
        end_visit(m);
    }
}

bool Scheduler::take_any(M& m) {
    return take_by_tick(m) || take_local(m) || take_global(m) || steal(m);
}

// Every 61st start looks at the global queue first, so that two goroutines that keep waking each
// other cannot starve it.
bool Scheduler::take_by_tick(M& m) {
    if (options_.global_tick == 0 || m.p->schedtick % options_.global_tick != 0 ||
        global_.size() == 0)
        return false;
    GlobalQueue::Taken taken;
    {
        const LockGuard guard(lock_);
        taken = global_.take();
    }
    if (taken.g == nullptr)
        return false;
    m.starting = {taken.g, static_cast<std::uint8_t>(QueueKind::Global), taken.index};
    return true;
}

// A fair share of the global queue: the first runs, the others go to the ring, which is empty now.
bool Scheduler::take_global(M& m) {
    if (global_.size() == 0)
        return false;
    GlobalQueue::Taken first;
    std::uint32_t count = 0;
    std::uint32_t ring_index = 0;
    {
        const LockGuard guard(lock_);
        const std::uint32_t size = global_.size();
        count = std::min({size, size / static_cast<std::uint32_t>(procs()) + 1, kRingSize / 2});
        if (count == 0)
            return false;
        first = global_.take();
        for (std::uint32_t i = 1; i < count; ++i) {
            const std::uint32_t index = m.p->queue.append(global_.take().g);
            if (i == 1)
                ring_index = index;
        }
    }
    if (count == 1) {
        m.starting = {first.g, static_cast<std::uint8_t>(QueueKind::Global), first.index};
        return true;
    }
    emit(m,
         EventType::Move,
         queues({QueueKind::Global, 0}, {QueueKind::Ring, m.p->id}),
         count,
         static_cast<std::uint8_t>(MoveReason::GlobalBatch),
         0,
         trace::pack_pair(first.index, ring_index));
    m.starting = {first.g, static_cast<std::uint8_t>(QueueKind::None), 0};
    return true;
}

}  // namespace golanes::rt
