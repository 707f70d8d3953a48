// Stopping and starting the world, changing the number of Ps, and the end of a run.
#include <algorithm>

#include "core/base/check.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/scheduler_switch.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

using trace::EventType;
using trace::MoveReason;
using trace::QueueKind;

void Scheduler::record_control(EventType type,
                               std::uint32_t a,
                               std::uint8_t flags,
                               std::uint64_t arg) {
    begin_visit(control_);
    emit(control_, type, a, 0, flags, 0, arg);
    end_visit(control_);
}

// From here on no goroutine starts, and those that run give way at their next runtime call. False
// when the world stops (or stands) already.
bool Scheduler::request_stop() {
    const LockGuard guard(lock_);
    if (stop_requested_.load(std::memory_order_relaxed))
        return false;
    int running = 0;
    for (int i = 0; i < procs(); ++i) {
        P& p = *procs_[static_cast<std::size_t>(i)];
        const PState state = p.state.load(std::memory_order_relaxed);  // written under this lock
        running += state == PState::Running ? 1 : 0;
        if (state == PState::Idle)
            p.state.store(PState::Stopped, std::memory_order_relaxed);
        p.preempt.fetch_or(preempt_wish::kWorld, std::memory_order_relaxed);
    }
    idle_ps_.clear();
    idle_p_count_.store(0, std::memory_order_seq_cst);  // pairs with idle_p_in_sight
    stop_wait_.store(running, std::memory_order_release);
    // Release pairs with the acquire in find_runnable: whoever sees it sees stop_wait_ too.
    stop_requested_.store(true, std::memory_order_release);
    if (sysmon_ != nullptr)
        sysmon_->look_now();
    return true;
}

bool Scheduler::stop_world(trace::StopWorldReason reason, DurationNs timeout) {
    begin_visit(control_);
    if (request_stop())
        emit(control_, EventType::WorldStop, 0, 0, static_cast<std::uint8_t>(reason), 0, 0);
    end_visit(control_);
    engine_->interrupt_all();
    // Acquire pairs with stop_machine: the Ps and their queues are ours now.
    const auto stopped = [this] {
        return stop_wait_.load(std::memory_order_acquire) == 0;
    };
    // The engine also comes back for commands from outside; they wait until the world stands.
    const TimeNs deadline = monotonic_ns() + timeout;
    for (DurationNs left = timeout; !stopped() && left > 0; left = deadline - monotonic_ns())
        engine_->run_until(stopped, left);
    return stopped();
}

P& Scheduler::make_p(int number) {
    auto& slot = procs_[static_cast<std::size_t>(number)];
    if (slot == nullptr) {
        slot = std::make_unique<P>(static_cast<ProcId>(number));
        // A long-lived Go process stands at any tick when a demo begins; ours starts at a seeded
        // one.
        slot->schedtick =
            static_cast<std::uint32_t>(
                Random(options_.seed, Stream::StartTick, static_cast<std::uint64_t>(number))
                    .uniform(61)) %
            std::max(1U, options_.global_tick);
        slot->select_order =
            Random(options_.seed, Stream::SelectOrder, static_cast<std::uint64_t>(number));
        slot->random = Random(options_.seed, Stream::Pick, static_cast<std::uint64_t>(number));
        slot->queue.set_capacity(options_.ring);
    }
    slot->state.store(PState::Stopped, std::memory_order_relaxed);
    return *slot;
}

// A removed P's goroutines go to the front of the global queue, in their order and its runnext
// first of all; its timers to P 0; its dead goroutines to the global free list.
void Scheduler::retire(P& p) {
    const auto global = trace::pack({QueueKind::Global, 0});
    GList ring;
    const std::uint32_t head = p.queue.drain(ring);
    if (const std::uint32_t count = ring.size; count != 0) {
        const std::uint32_t index = global_.put_front(ring);
        emit(control_,
             EventType::Move,
             (std::uint32_t{trace::pack({QueueKind::Ring, p.id})} << 16) | global,
             count,
             static_cast<std::uint8_t>(MoveReason::ProcRemoved),
             0,
             trace::pack_pair(head, index));
    }
    if (G* next = p.queue.take_runnext(); next != nullptr) {
        GList one;
        one.push_back(next);
        const std::uint32_t index = global_.put_front(one);
        emit(control_,
             EventType::Move,
             (std::uint32_t{trace::pack({QueueKind::Runnext, p.id})} << 16) | global,
             1,
             static_cast<std::uint8_t>(MoveReason::ProcRemoved),
             0,
             trace::pack_pair(next->id, index));
    }
    procs_[0]->timers.take_all(p.timers);
    give_up_free(p);
    p.machine.store(
        nullptr, std::memory_order_relaxed);  // an M in a blocking call that kept it finds it gone
    p.state.store(PState::Dead, std::memory_order_relaxed);
}

void Scheduler::resize(int procs_wanted) {
    const int before = procs();
    for (int i = before; i < procs_wanted; ++i)
        make_p(i);
    for (int i = procs_wanted; i < before; ++i)
        retire(*procs_[static_cast<std::size_t>(i)]);
    proc_count_.store(procs_wanted, std::memory_order_release);  // pairs with procs()
    emit(control_,
         EventType::ProcCount,
         static_cast<std::uint32_t>(procs_wanted),
         0,
         0,
         0,
         static_cast<std::uint64_t>(before));
}

void Scheduler::start_world(trace::StopWorldReason reason, int procs_wanted) {
    std::vector<P*> with_work;
    P* searcher = nullptr;
    begin_visit(control_);
    {
        const LockGuard guard(lock_);
        if (procs_wanted != procs())
            resize(procs_wanted);
        emit(control_, EventType::WorldStart, 0, 0, static_cast<std::uint8_t>(reason), 0, 0);
        end_visit(control_);
        for (int i = procs() - 1; i >= 0; --i) {
            P& p = *procs_[static_cast<std::size_t>(i)];
            p.preempt.store(0, std::memory_order_relaxed);
            if (p.state.load(std::memory_order_relaxed) == PState::InCall)
                continue;  // it stands still with its M
            if (p.queue.empty()) {
                push_idle_p(p);
            } else {
                p.state.store(PState::Running, std::memory_order_relaxed);
                with_work.push_back(&p);
            }
        }
        stop_requested_.store(false, std::memory_order_release);
        if (needs_searcher(with_work))
            searcher = pop_idle_p();
    }
    if (sysmon_ != nullptr && !with_work.empty())
        sysmon_->look_now();
    for (auto p = with_work.rbegin(); p != with_work.rend(); ++p)
        start_machine(**p, false);
    if (searcher != nullptr) {
        spinning_.fetch_add(1, std::memory_order_seq_cst);
        start_machine(*searcher, true);
    }
}

void Scheduler::set_cpus(int count) {
    std::vector<M*> machines;
    {
        const LockGuard guard(lock_);
        for (const auto& m : machines_)
            machines.push_back(m.get());
    }
    const int before = engine_->cpus();
    if (const int now = engine_->set_cpus(count, machines); now != before)
        record_control(EventType::CpuCount,
                       static_cast<std::uint32_t>(now),
                       0,
                       static_cast<std::uint64_t>(before));
}

// Somebody must look at the global queue, at the timers and at what a P has too much of, or find
// that all are asleep.
bool Scheduler::needs_searcher(const std::vector<P*>& with_work) const {
    return with_work.empty() || global_.size() != 0 || earliest_timer() != kNever ||
           std::any_of(with_work.begin(), with_work.end(), [](const P* p) {
               return p->queue.ring_length() != 0;
           });
}

// --- The end

void Scheduler::end_run(trace::RunStatus status, std::string message) {
    {
        const LockGuard guard(end_lock_);
        if (ended_.load(std::memory_order_relaxed))
            return;
        status_ = status;
        message_ = std::move(message);
        ended_.store(true, std::memory_order_release);  // pairs with ended(): the two lines above
    }
    engine_->nudge_owner();
}

void Scheduler::end_run_here(trace::RunStatus status, std::string message) {
    end_run(status, std::move(message));
    M& m = *this_machine();
    begin_visit(m);
    if (request_stop())
        emit(m,
             EventType::WorldStop,
             0,
             0,
             static_cast<std::uint8_t>(trace::StopWorldReason::Ending),
             0,
             0);
    engine_->interrupt_all();
}

void Scheduler::kill_all() {
    const LockGuard guard(lock_);
    begin_visit(control_);
    for (const auto& g : all_goroutines_) {
        if (g->state != GState::Dead && !g->has_panicked)
            emit(control_, EventType::GoKilled, g->id, ++g->trace_seq, 0, 0, 0);
    }
    end_visit(control_);
}

void Scheduler::tell_losses() {
    begin_visit(control_);
    for (const trace::Gap& gap : tracer_->take_gaps()) {
        trace::Event loss;
        loss.time = control_.now;
        loss.type = EventType::Loss;
        loss.a = gap.machine;
        loss.seq = static_cast<std::uint32_t>(gap.events);
        loss.p = gap.p;
        loss.arg = control_.now - gap.begin;
        control_.emitter->put(loss);
    }
    end_visit(control_);
}

bool Scheduler::dismiss_machines(DurationNs patience) {
    if (sysmon_ != nullptr)
        sysmon_->stop();  // it signals Ms by their thread ids: no thread may have ended before
    std::vector<M*> machines;
    {
        const LockGuard guard(lock_);
        dismissed_ = true;
        for (const auto& m : machines_)
            machines.push_back(m.get());
    }
    calls_over_.store(true, std::memory_order_release);  // pairs with calls_are_over()
    for (M* m : machines)
        engine_->wake(*m);
    if (!engine_->cut_calls(machines, patience))
        return false;
    for (M* m : machines)
        engine_->join(*m);
    return true;
}

Drops Scheduler::unwind_all() {
    constexpr int kTries = 100;  // a body that swallows RunEnded and waits again is given up
    Drops dropped;
    unwinding_ = true;
    std::vector<G*> live;
    {
        const LockGuard guard(lock_);
        for (auto g = all_goroutines_.rbegin(); g != all_goroutines_.rend(); ++g)
            live.push_back(g->get());
    }
    adopt_thread_stack(control_.g0);
    control_.p = &limbo_;
    control_.last_p = &limbo_;
    M* const outer = this_machine();
    set_this_machine(&control_);
    for (G* g : live) {
        if (g->state == GState::Dead || !g->is_started) {
            g->body = nullptr;
            continue;
        }
        if (g->is_cut_off) {  // nothing can be thrown there, and it may compute for ever
            ++dropped.all;
            ++dropped.cut_off;
            continue;
        }
        control_.current = g;
        for (int i = 0; i < kTries && control_.current != nullptr; ++i)
            switch_context(control_.g0, g->context, Departure::Returns);
        dropped.all += control_.current != nullptr ? 1 : 0;
        control_.current = nullptr;
    }
    for (const auto& p : procs_) {
        if (p != nullptr)
            p->timers.clear();
    }
    set_this_machine(outer);
    control_.p = nullptr;
    return dropped;
}

}  // namespace golanes::rt
