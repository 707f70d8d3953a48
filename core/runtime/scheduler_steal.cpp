// Stealing: an M without work looks at the other Ps.
#include <numeric>

#include "core/runtime/scheduler.h"

namespace golanes::rt {

using trace::EventType;
using trace::MoveReason;
using trace::QueueKind;

namespace {

std::uint32_t queues(trace::QueueId from, trace::QueueId to) {
    return (std::uint32_t{trace::pack(from)} << 16) | trace::pack(to);
}

}  // namespace

bool Scheduler::steal(M& m) {
    constexpr int kRounds = 4;
    if (procs() == 1)
        return false;
    if (!options_.stealing || !start_spinning(m))
        return take_due_elsewhere(m);
    do {
        if (run_timers(m, *m.p) && take_local(m))
            return true;  // our own timer came due while we searched
        for (int round = 0; round < kRounds; ++round) {
            if (steal_round(m, round))
                return true;
            if (stop_requested_.load(std::memory_order_relaxed) || global_.size() != 0)
                return false;  // findRunnable starts again or re-checks under the lock
        }
    } while (wait_for_work(m));
    begin_visit(m);
    emit(m,
         EventType::SearchEmpty,
         m.id,
         0,
         0,
         0,
         trace::pack_pair(kRounds, static_cast<std::uint32_t>(procs() - 1)));
    return false;
}

// All Ps once, in a random order: a random start and a random stride without common divisor.
bool Scheduler::steal_round(M& m, int round) {
    const auto count = static_cast<std::uint64_t>(procs());
    std::uint64_t stride = 1 + m.random.uniform(count);
    while (std::gcd(stride, count) != 1)
        stride = 1 + m.random.uniform(count);
    std::uint64_t at = m.random.uniform(count);
    for (std::uint64_t i = 0; i < count; ++i, at = (at + stride) % count) {
        P& victim = *procs_[at];
        if (&victim != m.p && steal_from(m, victim, round == 3))
            return true;
    }
    return false;
}

bool Scheduler::steal_from(M& m, P& victim, bool last_round) {
    if (last_round && victim.timers.next_when() <= engine_->now() && run_timers(m, victim) &&
        take_local(m))
        return true;
    const auto stolen = victim.queue.steal_half(m.p->queue);
    if (stolen.count != 0) {
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
    if (!last_round)
        return false;
    G* next = victim.queue.steal_runnext();
    if (next == nullptr)
        return false;
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
        if (stop_requested_.load(std::memory_order_relaxed))
            return false;
        if (work_in_sight())
            return true;
    }
    return false;
}

}  // namespace golanes::rt
