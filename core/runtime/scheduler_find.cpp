// Who runs next: Go's findRunnable, in Go's order.
#include "core/base/check.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/scheduler_switch.h"

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

bool Scheduler::take_local(M& m) {
    if (options_.pick == Pick::Random && !m.p->queue.empty())
        return take_random(m);
    return start_taken(m, m.p->queue.take());
}

// Any of the P's own goroutines, runnext among them. For one inside the ring the P acts like a
// thief of its own: those before it go to the tail, and it is in hand.
bool Scheduler::take_random(M& m) {
    LocalQueue& queue = m.p->queue;
    const std::uint32_t length = queue.ring_length();
    const auto choice =
        static_cast<std::uint32_t>(m.p->random.uniform(length + (queue.has_runnext() ? 1U : 0U)));
    if (choice == 0 || choice >= length)
        return start_taken(m, choice == 0 && length != 0 ? queue.take_head() : queue.take());
    const LocalQueue::Stolen picked = queue.take_inside(choice);
    if (picked.count == 0)
        return start_taken(m, queue.take());  // thieves were faster
    begin_visit(m);
    const trace::QueueId ring{QueueKind::Ring, m.p->id};
    emit(m,
         EventType::Move,
         queues(ring, ring),
         picked.count,
         static_cast<std::uint8_t>(MoveReason::Steal),
         0,
         trace::pack_pair(picked.head, picked.thief_tail));
    m.starting = {picked.last, static_cast<std::uint8_t>(QueueKind::None), 0};
    if (!picked.last->is_started)
        bind(*picked.last);
    return true;
}

// Go's order: the world's stop, own timers, the global queue by tick, own queue, global queue, the
// other Ps; then the P is given up, everything is looked at once more, and the M sleeps.
// Go's steps for garbage collection, trace reader and network poller have no counterpart here.
bool Scheduler::find_runnable(M& m) {
    if (m.locked_g != nullptr)
        return wait_locked(m);
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
        const Search search = look_around(m);
        if (search == Search::Found) {
            if (!m.starting.g->is_started)
                bind(*m.starting.g);
            found(m);
            return true;
        }
        if (search == Search::Nothing)
            release_to_idle(m);
        end_visit(m);
    }
}

Scheduler::Search Scheduler::look_around(M& m) {
    if (take_by_tick(m) || take_local(m) || take_global(m))
        return Search::Found;
    return steal(m);
}

// Every 61st start looks at the global queue first, so that two goroutines that keep waking each
// other cannot starve it.
bool Scheduler::take_by_tick(M& m) {
    if (!is_globals_turn(*m.p) || global_.size() == 0)
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

bool Scheduler::take_global(M& m) {
    if (global_.size() == 0)
        return false;
    const LockGuard guard(lock_);
    return take_batch(m);
}

std::uint32_t Scheduler::batch_of(std::uint32_t size) const {
    const auto procs_now = static_cast<std::uint32_t>(procs());
    const std::uint32_t share = procs_now == 1 ? size : size / procs_now + 1;
    return std::min({size, share, options_.ring / 2});
}

// A fair share of the global queue: the first runs, the others go to the ring, which is empty now.
bool Scheduler::take_batch(M& m) {
    const std::uint32_t count = batch_of(global_.length());
    if (count == 0)
        return false;
    const GlobalQueue::Taken first = global_.take();
    if (count == 1) {
        m.starting = {first.g, static_cast<std::uint8_t>(QueueKind::Global), first.index};
        return true;
    }
    std::uint32_t ring_index = m.p->queue.append(global_.take().g);
    for (std::uint32_t i = 2; i < count; ++i)
        m.p->queue.append(global_.take().g);
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
