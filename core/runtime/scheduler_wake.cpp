// Who searches and who is woken: spinning Ms, idle Ps.
//
// At most one M more than needed searches: whoever makes work wakes a searcher only when there is
// none, and a searcher that finds work wakes the next. The races to survive, told as Go tells them:
//
// A searcher lies down while work is made. Submitter: (1) put, (2) read spinning_, (3) look for an
// idle P. Searcher: (1) give its P up, (2) decrement spinning_, (3) look at all queues and timers.
// All six are sequentially consistent, the put into a queue and the looks at it too (run_queue.h).
// If the submitter's (2) comes before the decrement in their one order, so does its put, and the
// searcher finds it in (3); if it comes after, it sees no searcher and the idle P, and wakes an M.
// The global queue's size is no such value: it is written under the lock, and read without. Whoever
// puts there does a read-modify-write of spinning_ for its (2) instead (wake_after_global_put). Two
// of these are ordered: if the decrement is the later one it acquires the put, and (3) finds it.
//
// An M that does not search gives its P up while work is made (the limits forbade it to search).
// The submitter sees no searcher, but no idle P either, so it (a) sets need_spinning_ and (b) looks
// for an idle P again; the other (a) makes its P idle and (b) looks at need_spinning_. These four
// are sequentially consistent: one of the two sees the other, and either the submitter wakes an M
// or the other takes its P back and searches. A submitter that finds the flag up already need not
// set it: who takes it down has become a searcher before, so its decrement and its look at the
// queues come after our reading of the flag in that one order, and our put before.
//
// A searcher finds work in (3) and no idle P: it sets the flag under the lock, under which every P
// becomes idle. A submitter that counted itself as a searcher and then got no P does the same: for
// a moment it may have kept other submitters from waking anybody, and the flag stands for their
// work too.
//
// The world stops at any of these steps: no P is idle from then on, every M that has or is given
// one gives it up, nobody starts. start_world() looks at every queue anew and sends an M to each P
// with work and a searcher for the rest, so whatever was given up half-way is made good there.
#include <algorithm>

#include "core/base/check.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/scheduler_switch.h"
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
    become_spinning(m);
    return true;
}

void Scheduler::become_spinning(M& m) {
    begin_visit(m);
    m.spinning = true;
    spinning_.fetch_add(1, std::memory_order_seq_cst);
    need_spinning_.store(false, std::memory_order_seq_cst);  // in this order, see above
    emit(m, EventType::SpinBegin, m.id, 0, 0, 0, 0);
}

void Scheduler::stop_spinning(M& m) {
    GOLANES_CHECK(m.spinning, "only a spinning M stops spinning");
    m.spinning = false;
    spinning_.fetch_sub(1, std::memory_order_seq_cst);  // step (2) of the searcher, see above
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

void Scheduler::wake_after_global_put() {
    if (spinning_.fetch_add(0, std::memory_order_seq_cst) == 0 && idle_p_in_sight())
        wake_searcher();
}

// Sends a searcher out unless another has been counted meanwhile.
void Scheduler::wake_searcher() {
    int none = 0;
    if (!spinning_.compare_exchange_strong(none, 1, std::memory_order_seq_cst))
        return;
    P* p = idle_p_for_work();
    if (p == nullptr)
        spinning_.fetch_sub(1, std::memory_order_seq_cst);
    else
        start_machine(*p, true);
}

// Go's pidlegetSpinning.
P* Scheduler::idle_p_for_work() {
    const LockGuard guard(lock_);
    if (stop_requested_.load(std::memory_order_relaxed))
        return nullptr;
    P* p = pop_idle_p();
    if (p == nullptr)
        need_spinning_.store(true, std::memory_order_seq_cst);
    return p;
}

P* Scheduler::pop_idle_p() {
    if (idle_ps_.empty())
        return nullptr;
    P* p = idle_ps_.back();
    idle_ps_.pop_back();
    idle_p_count_.store(static_cast<int>(idle_ps_.size()),
                        std::memory_order_seq_cst);  // pairs with idle_p_in_sight
    p->state.store(PState::Running, std::memory_order_relaxed);
    if (sysmon_ != nullptr)
        sysmon_->p_runs();
    return p;
}

void Scheduler::push_idle_p(P& p) {
    p.state.store(PState::Idle, std::memory_order_relaxed);
    p.machine.store(nullptr, std::memory_order_relaxed);
    idle_ps_.push_back(&p);
    idle_p_count_.store(static_cast<int>(idle_ps_.size()),
                        std::memory_order_seq_cst);  // pairs with idle_p_in_sight
}

// Gives a P that pop_idle_p() reserved to an idle M, or to a new one.
M* Scheduler::start_machine(P& p, bool spinning) {
    M* m = nullptr;
    bool is_new = false;
    {
        const LockGuard guard(lock_);
        if (!idle_ms_.empty()) {
            m = idle_ms_.back();
            idle_ms_.pop_back();
        } else {
            m = make_machine();
            is_new = true;
        }
        if (m != nullptr) {
            m->next_p = &p;
            m->woken_to_spin = spinning;
        }
    }
    if (m == nullptr) {
        no_machine(p,
                   spinning,
                   "fatal error: thread exhaustion\nruntime: program exceeds " +
                       std::to_string(options_.max_machines) + "-thread limit");
        return nullptr;
    }
    engine_->charge(*m, Op::Wake);
    if (!is_new)
        engine_->wake(*m);
    else if (!engine_->start_machine(*m)) {
        no_machine(p,
                   spinning,
                   "fatal error: newosproc\nruntime: failed to create new OS thread (have " +
                       std::to_string(m->id - 1) +
                       " already); may need to increase max user "
                       "processes (ulimit -u)");
        return nullptr;
    }
    return m;
}

// Null: there are as many as there may be.
M* Scheduler::make_machine() {
    if (machines_.size() - ended_ms_.size() >= options_.max_machines)
        return nullptr;
    if (!ended_ms_.empty()) {
        M* const m = ended_ms_.back();
        ended_ms_.pop_back();
        return m;
    }
    machines_.push_back(std::make_unique<M>(static_cast<MachineId>(machines_.size() + 1), *this));
    M* const m = machines_.back().get();
    m->random = Random(options_.seed, Stream::StealOrder, m->id);
    return m;
}

// The run ends, as in Go. The P that found no M stays behind, idle.
void Scheduler::no_machine(P& p, bool spinning, std::string why) {
    if (spinning)
        spinning_.fetch_sub(1, std::memory_order_seq_cst);
    bool stops = false;
    {
        const LockGuard guard(lock_);
        stops = stop_requested_.load(std::memory_order_relaxed);
        p.machine.store(nullptr, std::memory_order_relaxed);
        if (stops)
            p.state.store(PState::Stopped, std::memory_order_relaxed);
        else
            push_idle_p(p);
    }
    if (stops && stop_wait_.fetch_sub(1, std::memory_order_acq_rel) == 1)  // as stop_machine()
        engine_->nudge_owner();
    end_run(trace::RunStatus::Panic, std::move(why));
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
        push_idle_p(p);
        // After the P became idle, see above; nobody took it yet, we hold the lock.
        if (!m.spinning && need_spinning_.load(std::memory_order_seq_cst)) {
            pop_idle_p()->machine.store(&m, std::memory_order_relaxed);
            return become_spinning(m);
        }
        emit_proc(m, p, EventType::ProcStop, static_cast<std::uint8_t>(ProcStopReason::Idle));
        m.p = nullptr;
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

// Step (3) of the searcher: with a P again, if there is one, it searches on.
void Scheduler::recheck_after_spinning(M& m) {
    if (!work_in_sight())
        return;
    P* p = idle_p_for_work();
    if (p == nullptr)
        return;
    take_p(m, *p);
    become_spinning(m);
}

}  // namespace golanes::rt
