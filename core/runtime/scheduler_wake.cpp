// Who searches and who is woken: spinning Ms, idle Ps.
//
// The race to survive: one side puts a goroutine on a queue and looks for an idle P or a spinning
// M; the other finds no work, stops spinning and goes to sleep. Submitter: (1) put, (2)
// read-modify-write spinning_, (3) look at idle_p_count_. Sleeper: (1) give its P up, (2)
// read-modify-write spinning_ (the decrement), (3) look at all queues. The two read-modify-writes
// of one atomic are ordered: if the sleeper's is later it acquires the submitter's put and finds it
// in (3); if the submitter's is later it sees the decrement and the idle P, and wakes an M.
#include <algorithm>

#include "core/base/check.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

using trace::EventType;
using trace::ProcStopReason;

bool Scheduler::start_spinning(M& m) {
    if (m.spinning)
        return true;
    const int spinning = spinning_.load(std::memory_order_relaxed);  // a limit, not a lock
    const int busy = procs() - idle_p_count_.load(std::memory_order_relaxed);
    if (2 * spinning >= busy || spinning >= std::max(1, engine_->cpus() - 1))
        return false;
    spinning_.fetch_add(1, std::memory_order_acq_rel);
    m.spinning = true;
    emit(m, EventType::SpinBegin, m.id, 0, 0, 0, 0);
    return true;
}

void Scheduler::stop_spinning(M& m) {
    GOLANES_CHECK(m.spinning, "only a spinning M stops spinning");
    m.spinning = false;
    spinning_.fetch_sub(1, std::memory_order_acq_rel);  // step (2) of the sleeper, see above
    emit(m, EventType::SpinEnd, m.id, 0, 0, 0, 0);
}

// Relaxed throughout: a guess, as in Go.
bool Scheduler::may_spin() const {
    const int at_rest =
        idle_p_count_.load(std::memory_order_relaxed) + spinning_.load(std::memory_order_relaxed);
    return engine_->cpus() > 1 && procs() > at_rest + 1 && this_machine()->p->queue.empty();
}

// An M that found work and was the last to search wakes the next searcher.
void Scheduler::found(M& m) {
    begin_visit(m);
    if (!m.spinning)
        return;
    stop_spinning(m);
    wake_one_more();
}

void Scheduler::wake_one_more() {
    // Step (2) of the submitter: a read-modify-write even when nothing changes, see above.
    if (spinning_.fetch_add(0, std::memory_order_acq_rel) != 0 ||
        idle_p_count_.load(std::memory_order_acquire) == 0)
        return;
    int none = 0;
    if (!spinning_.compare_exchange_strong(none, 1, std::memory_order_acq_rel))
        return;
    P* p = nullptr;
    {
        const LockGuard guard(lock_);
        if (!stop_requested_.load(std::memory_order_relaxed))
            p = pop_idle_p();
    }
    if (p == nullptr)
        spinning_.fetch_sub(1, std::memory_order_acq_rel);
    else
        start_machine(*p, true);
}

P* Scheduler::pop_idle_p() {
    if (idle_ps_.empty())
        return nullptr;
    P* p = idle_ps_.back();
    idle_ps_.pop_back();
    idle_p_count_.store(static_cast<int>(idle_ps_.size()),
                        std::memory_order_release);  // pairs with wake_one_more
    p->state = PState::Running;
    return p;
}

void Scheduler::push_idle_p(P& p) {
    p.state = PState::Idle;
    p.machine = nullptr;
    idle_ps_.push_back(&p);
    idle_p_count_.store(static_cast<int>(idle_ps_.size()),
                        std::memory_order_release);  // pairs with wake_one_more
}

// Gives a P that pop_idle_p() reserved to an idle M, or to a new one.
void Scheduler::start_machine(P& p, bool spinning) {
    M* m = nullptr;
    bool is_new = false;
    {
        const LockGuard guard(lock_);
        if (!idle_ms_.empty()) {
            m = idle_ms_.back();
            idle_ms_.pop_back();
        } else {
            machines_.push_back(
                std::make_unique<M>(static_cast<MachineId>(machines_.size() + 1), *this));
            m = machines_.back().get();
            m->random = Random(options_.seed, Stream::StealOrder, m->id);
            is_new = true;
        }
        m->next_p = &p;
        m->woken_to_spin = spinning;
    }
    engine_->charge(*m, Op::Wake);
    if (is_new)
        engine_->start_machine(*m);
    else
        engine_->wake(*m);
}

// Nothing to run: the P goes to the idle list, unless there is something after all.
void Scheduler::release_to_idle(M& m) {
    tidy_timers();
    begin_visit(m);
    P& p = *m.p;
    {
        const LockGuard guard(lock_);
        if (stop_requested_.load(std::memory_order_relaxed) || global_.size() != 0)
            return;
        emit_proc(m, p, EventType::ProcStop, static_cast<std::uint8_t>(ProcStopReason::Idle));
        m.p = nullptr;
        push_idle_p(p);
    }
    if (m.spinning) {
        stop_spinning(m);
        recheck_after_spinning(m);
    }
}

bool Scheduler::work_in_sight() {
    if (global_.size() != 0)
        return true;
    const std::uint64_t now = engine_->now();
    for (int i = 0; i < procs(); ++i) {
        const P& p = *procs_[static_cast<std::size_t>(i)];
        if ((options_.stealing && !p.queue.empty()) || p.timers.next_when() <= now)
            return true;
    }
    return false;
}

// Step (3) of the sleeper. True: it has a P again and searches on.
bool Scheduler::recheck_after_spinning(M& m) {
    if (!work_in_sight())
        return false;
    P* p = nullptr;
    {
        const LockGuard guard(lock_);
        if (!stop_requested_.load(std::memory_order_relaxed))
            p = pop_idle_p();
    }
    if (p == nullptr)
        return false;
    take_p(m, *p);
    m.spinning = true;
    spinning_.fetch_add(1, std::memory_order_acq_rel);
    emit(m, EventType::SpinBegin, m.id, 0, 0, 0, 0);
    return true;
}

}  // namespace golanes::rt
