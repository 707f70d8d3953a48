// Timers: who sets them, who looks at them, who runs them, who wakes.
//
// A timer is in the heap of the P on which it was set. The M of that P runs what is due whenever it
// looks for work; an M without work runs the due timers of others, too (steal); the poller sleeps
// until the earliest of all. Stop and reset mark (timers.h), from any P.
#include <algorithm>

#include "core/runtime/scheduler.h"
#include "core/runtime/scheduler_switch.h"
#include "core/runtime/this_machine.h"
#include "core/runtime/timer_node.h"

namespace golanes::rt {

using trace::EventType;

// About 36 years: so that no sum of ticks overflows. Nobody sees the difference.
std::uint64_t Scheduler::due_time(const M& m, DurationNs delay) const {
    constexpr DurationNs kLongest = DurationNs{1} << 60;
    return m.now + (delay > 0 ? engine_->ticks_from_ns(std::min(delay, kLongest)) : 0);
}

std::uint64_t Scheduler::next_timer_order() {
    return timer_order_.fetch_add(1, std::memory_order_relaxed) + 1;  // a number, it orders nothing
}

// Go parks a sleeper before its timer is armed, so that the timer cannot fire at a goroutine that
// still runs. Here the heap's lock does that: the timer is in the heap, but until the goroutine is
// off its stack and the side that arrives drops the lock (settle) nobody can take it out.
void Scheduler::sleep(DurationNs duration, const trace::Where& where) GOLANES_NO_TSA {
    if (duration <= 0 || unwinding_)
        return;
    M& m = *this_machine();
    begin_timed_visit(m);
    const std::uint64_t when = due_time(m, duration);
    emit(m,
         EventType::TimerArm,
         m.current->id,
         0,
         0,
         place(m, where),
         static_cast<std::uint64_t>(duration));
    TimerHeap& timers = m.p->timers;
    timers.lock().lock();
    if (timers.add(when, next_timer_order(), m.current))
        wake_for_timer(when);
    block(trace::WaitReason::Sleep, 0, timers.lock(), where);
}

// --- Timers of the program

bool Scheduler::set_timer(TimerNode& timer,
                          DurationNs delay,
                          DurationNs period,
                          const trace::Where& where) {
    if (unwinding_)
        return false;
    M& m = *this_machine();
    begin_timed_visit(m);
    const std::uint64_t when = due_time(m, delay);
    const std::uint64_t period_ticks =
        period > 0 ? std::max<std::uint64_t>(1, due_time(m, period) - m.now) : 0;
    bool was_set = false;
    bool is_earliest = false;
    {
        const LockGuard guard(timer.lock());
        was_set = timer.is_set();
        is_earliest = timer.set(when, next_timer_order(), period_ticks);
        was_set = timer.take_back() || was_set;
    }
    emit(m,
         EventType::TimerArm,
         m.current->id,
         timer.object(),
         static_cast<std::uint8_t>(timer.kind()),
         place(m, where),
         static_cast<std::uint64_t>(std::max<DurationNs>(delay, 0)));
    enter_heap(m, timer, is_earliest);
    end_visit(m);
    return was_set;
}

// Puts a timer that is in no heap into that of this P. Wakes whoever must know of a new earliest
// one; one that is in a heap already may be that, too.
void Scheduler::enter_heap(M& m, TimerNode& timer, bool is_earliest) {
    std::uint64_t when = kNever;
    bool enters = false;
    {
        const LockGuard guard(timer.lock());
        when = timer.when();
        enters = timer.needs_heap();
    }
    if (enters) {
        const LockGuard guard(m.p->timers.lock());
        is_earliest = m.p->timers.add(timer.shared_from_this());
    }
    if (is_earliest)
        wake_for_timer(when);
}

bool Scheduler::stop_timer(TimerNode& timer, const trace::Where& where) {
    if (unwinding_)
        return false;
    bool was_set = false;
    {
        const LockGuard guard(timer.lock());
        was_set = timer.is_set();
        timer.clear();
        was_set = timer.take_back() || was_set;
    }
    M& m = *this_machine();
    begin_visit(m);
    emit(m,
         EventType::TimerStop,
         m.current->id,
         timer.object(),
         was_set ? 1 : 0,
         place(m, where),
         0);
    end_visit(m);
    return was_set;
}

void Scheduler::look_at_timer(TimerNode& timer) GOLANES_NO_TSA {
    if (unwinding_)
        return;
    DueTimer due;
    timer.lock().lock();
    if (!timer.take_if_due(engine_->now(), due)) {
        timer.lock().unlock();
        return;
    }
    M& m = *this_machine();
    begin_visit(m);
    fire_and_unlock(m, due);
    wake_one_more();
    end_visit(m);
}

void Scheduler::watch_timer(TimerNode& timer) {
    look_at_timer(timer);
    bool is_earliest = false;
    {
        const LockGuard guard(timer.lock());
        is_earliest = timer.watch();
    }
    if (!unwinding_)
        enter_heap(*this_machine(), timer, is_earliest);
}

// --- Who looks

// A new earliest timer: the poller sleeps too long now and looks again. When nobody polls, an M
// that finds no work becomes the poller.
void Scheduler::wake_for_timer(std::uint64_t when) {
    if (when >= poller_until_.load(std::memory_order_seq_cst))
        return;
    M* poller = nullptr;
    {
        const LockGuard guard(lock_);
        poller = poller_;
    }
    if (poller != nullptr)
        engine_->wake(*poller);
    else
        wake_one_more();
}

std::uint64_t Scheduler::earliest_timer() const {
    std::uint64_t earliest = kNever;
    for (int i = 0; i < procs(); ++i)
        earliest = std::min(earliest, procs_[static_cast<std::size_t>(i)]->timers.next_when());
    return earliest;
}

// An M that is about to sleep puts the fronts of the heaps right: a timer that was stopped must not
// keep anybody awake, nor hide that all are asleep. Whoever stopped one comes by here before its M
// sleeps, so the last M that falls asleep finds nothing but timers that are set.
void Scheduler::tidy_timers() {
    for (int i = 0; i < procs(); ++i) {
        TimerHeap& timers = procs_[static_cast<std::size_t>(i)]->timers;
        if (timers.zombies() == 0)
            continue;
        const LockGuard guard(timers.lock());
        timers.clean_front();
    }
    // A poller that sleeps for a timer of the past looks anew, and may find that it sleeps for
    // ever.
    const std::uint64_t until = poller_until_.load(std::memory_order_seq_cst);
    if (until == kNever || earliest_timer() <= until)
        return;
    M* poller = nullptr;
    {
        const LockGuard guard(lock_);
        poller = poller_;
    }
    if (poller != nullptr)
        engine_->wake(*poller);
}

// The timers of a P whose M sleeps are everybody's, also of an M that does not search: without
// stealing, or with enough others searching.
bool Scheduler::take_due_elsewhere(M& m) {
    for (int i = 0; i < procs(); ++i) {
        P& owner = *procs_[static_cast<std::size_t>(i)];
        if (&owner != m.p && owner.timers.next_when() <= engine_->now() && run_timers(m, owner) &&
            take_local(m))
            return true;
    }
    return false;
}

// --- Who runs them

// Runs the timers of `owner` that are due: whom they wake or start goes into our own queue.
bool Scheduler::run_timers(M& m, P& owner) GOLANES_NO_TSA {
    TimerHeap& timers = owner.timers;
    if (&owner == m.p && timers.wants_sweep()) {
        const LockGuard guard(timers.lock());
        timers.sweep();
    }
    const std::uint64_t next = timers.next_when();
    if (next == kNever)
        return false;
    if (next > m.now || !m.visit_open) {
        if (next > engine_->now())
            return false;
        end_visit(m);  // the clock has moved on since this visit began
    }
    begin_visit(m);
    bool ran = false;
    for (DueTimer due;; ran = true) {
        {
            const LockGuard guard(timers.lock());
            if (!timers.take_due_and_lock_node(m.now, due))
                break;
        }
        if (due.node != nullptr)
            fire_and_unlock(m, due);
        else
            wake_sleeper(m, due);
    }
    if (ran)
        wake_one_more();
    return ran;
}

void Scheduler::emit_fire(M& m, const DueTimer& due, GoroutineId sleeper, ObjectId object) {
    const std::uint64_t late = m.now > due.when ? m.now - due.when : 0;
    emit(m,
         EventType::TimerFire,
         sleeper,
         object,
         0,
         0,
         static_cast<std::uint64_t>(engine_->ns_from_ticks(late)));
}

void Scheduler::wake_sleeper(M& m, const DueTimer& due) {
    emit_fire(m, due, due.sleeper->id, 0);
    put_woken(m, *due.sleeper, 0, 0);
}

// The node's lock is held until it has done what it is for: a stop() before this finds it set, and
// one after this finds it fired.
void Scheduler::fire_and_unlock(M& m, const DueTimer& due) GOLANES_NO_TSA {
    TimerNode& node = *due.node;
    TimerNode::Effect effect = node.fire(engine_->ns_from_ticks(due.when - begin_ticks_));
    node.lock().unlock();
    emit_fire(m, due, 0, node.object());
    if (effect.woken != nullptr)
        put_woken(m, *effect.woken, 0, 0);
    if (effect.start)
        put_new(m, *new_goroutine(&m, std::move(effect.start)), node.made_at(), 0);
}

}  // namespace golanes::rt
