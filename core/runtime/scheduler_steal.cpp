// Stealing: an M without work looks at the other Ps, four times at each of them.
#include <numeric>

#include "core/runtime/scheduler.h"
#include "core/runtime/scheduler_switch.h"

namespace golanes::rt {

using trace::EventType;
using trace::MoveReason;
using trace::QueueKind;

namespace {

constexpr int kRounds = 4;
/// What the thief gives a P to take its own runnext, as in Go.
constexpr DurationNs kRunnextGrace = 3 * kMicrosecond;

std::uint32_t queues(trace::QueueId from, trace::QueueId to) {
    return (std::uint32_t{trace::pack(from)} << 16) | trace::pack(to);
}

}  // namespace

// Only so many Ms search: with half of the Ps searching there is little left to find.
Scheduler::Search Scheduler::steal(M& m) {
    if (procs() == 1)
        return Search::Nothing;
    if (!options_.stealing || !start_spinning(m))
        return take_due_elsewhere(m) ? Search::Found : Search::Nothing;
    bool ran_timers = false;
    for (int round = 0; round < kRounds; ++round) {
        const Search search = steal_round(m, round == kRounds - 1, ran_timers);
        if (search != Search::Nothing)
            return search;
    }
    if (ran_timers || wait_for_work(m))
        return Search::Again;  // whom they woke may stand anywhere by now
    begin_visit(m);
    emit(m,
         EventType::SearchEmpty,
         m.id,
         0,
         0,
         0,
         trace::pack_pair(kRounds, static_cast<std::uint32_t>(procs() - 1)));
    return Search::Nothing;
}

// All Ps once, in a random order: a random start and a random stride without common divisor.
Scheduler::Search Scheduler::steal_round(M& m, bool is_last, bool& ran_timers) {
    const auto count = static_cast<std::uint64_t>(procs());
    std::uint64_t stride = 1 + m.random.uniform(count);
    while (std::gcd(stride, count) != 1)
        stride = 1 + m.random.uniform(count);
    std::uint64_t at = m.random.uniform(count);
    for (std::uint64_t i = 0; i < count; ++i, at = (at + stride) % count) {
        if (stop_requested_.load(std::memory_order_relaxed))
            return Search::Again;
        P& victim = *procs_[at];
        if (&victim == m.p)
            continue;
        // The timers of an idle P too: nobody else looks at them.
        if (is_last && victim.timers.next_when() <= engine_->now() && run_timers(m, victim)) {
            ran_timers = true;
            if (take_local(m))
                return Search::Found;
        }
        if (victim.state.load(std::memory_order_relaxed) == PState::Idle)
            continue;
        if (steal_from_ring(m, victim) || (is_last && steal_runnext(m, victim)))
            return Search::Found;
    }
    return Search::Nothing;
}

bool Scheduler::steal_from_ring(M& m, P& victim) {
    const auto stolen = victim.queue.steal_half(m.p->queue);
    if (stolen.count == 0)
        return false;
    engine_->charge(m, Op::Steal);
    begin_visit(m);
    emit(m,
         EventType::Move,
         queues({QueueKind::Ring, victim.id}, {QueueKind::Ring, m.p->id}),
         stolen.count,
         static_cast<std::uint8_t>(MoveReason::Steal),
         0,
         trace::pack_pair(stolen.head, stolen.thief_tail));
    m.starting = {stolen.last, static_cast<std::uint8_t>(QueueKind::None), 0};
    return true;
}

// The last resort. A goroutine that has just woken its partner mostly waits for it next: on a P
// that runs, the partner's turn is a moment away, and torn away it would start later than at home.
// So the thief waits that moment and takes only who still stands there; who came instead is left
// alone, and the ring is looked at again.
bool Scheduler::steal_runnext(M& m, P& victim) {
    for (;;) {
        G* next = victim.queue.peek_runnext();
        if (next == nullptr)
            return false;
        if (victim.state.load(std::memory_order_relaxed) == PState::Running) {
            end_visit(m);
            engine_->pause(m, kRunnextGrace);
            if (stop_requested_.load(std::memory_order_relaxed))
                return false;
        }
        if (victim.queue.steal_runnext(next)) {
            engine_->charge(m, Op::Steal);
            begin_visit(m);
            emit(m,
                 EventType::Move,
                 queues({QueueKind::Runnext, victim.id}, {}),
                 1,
                 static_cast<std::uint8_t>(MoveReason::Steal),
                 0,
                 trace::pack_pair(next->trace_seq, next->id));
            m.starting = {next, static_cast<std::uint8_t>(QueueKind::None), 0};
            return true;
        }
        if (steal_from_ring(m, victim))
            return true;
    }
}

// Between searches a spinning M watches the queues for about 20 us: a thread woken from the kernel
// costs its waker more. False: nothing came.
bool Scheduler::wait_for_work(M& m) {
    if (engine_->is_virtual())
        return false;
    end_visit(m);
    const std::uint64_t until = engine_->now() + engine_->ticks_from_ns(20 * kMicrosecond);
    while (engine_->now() < until) {
        for (int i = 0; i < 20; ++i)
            cpu_pause();
        if (stop_requested_.load(std::memory_order_relaxed) || work_in_sight())
            return true;
    }
    return false;
}

}  // namespace golanes::rt
