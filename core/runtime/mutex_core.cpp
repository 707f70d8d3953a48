// The problem: a lock that is cheap when nobody else wants it, lets a running goroutine pass a
// sleeping one (waking takes microseconds in which nobody would hold it), and yet starves nobody.
//
// The way, Go's: two modes. In normal mode waiters queue first in, first out, but the one that is
// woken does not own the mutex: it competes with newcomers, who have the advantage of running
// already. If it loses it queues again, at the front. A waiter that finds the mutex locked more
// than 1 ms after it began to wait switches to starvation mode: now unlock gives the mutex to the
// front waiter, newcomers neither take it nor spin, they queue. The new owner switches back when it
// is the last waiter or has waited less than 1 ms.
//
// Spinning: before it queues, a newcomer spins up to 4 times 30 PAUSEs if the holder may be about
// to unlock on another CPU (Scheduler::may_spin). On the virtual engine a round is a turn of the
// other cores at the present instant and takes no time: a holder that unlocks at this very instant
// is met, any other is not. Rejected: charging some nanoseconds a round, which would put a number
// of ours into every closed-form answer.
//
// In starvation mode the mutex is handed over unlocked: `locked` is clear until its new owner runs,
// and `starving` keeps everybody else away.
#include "core/runtime/mutex_core.h"

#include "core/base/check.h"
#include "core/base/cpu.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

using trace::EventType;
using trace::Where;

namespace {

constexpr DurationNs kStarvationThreshold = kMillisecond;
constexpr int kSpinRounds = 4;
constexpr int kPausesPerRound = 30;

Scheduler& scheduler() {
    return *this_machine()->scheduler;
}

void pause_a_round() {
    Engine& engine = scheduler().engine();
    if (engine.is_virtual())
        return engine.turn(*this_machine());
    for (int i = 0; i < kPausesPerRound; ++i)
        cpu_pause();
}

}  // namespace

/// One goroutine's way through lock_slow().
struct MutexCore::Attempt {
    bool has_waited = false;
    std::uint64_t wait_start = 0;  ///< Ticks.
    bool starves = false;
    bool is_awake = false;  ///< We set `woken`, or it was set for us.
    int spins = 0;
};

// A starving mutex cannot be won, so nobody spins for it.
bool MutexCore::may_spin(std::int32_t state, const Attempt& attempt) {
    return (state & (kLocked | kStarving)) == kLocked && attempt.spins < kSpinRounds &&
           scheduler().may_spin();
}

std::int32_t MutexCore::spin(std::int32_t state, Attempt& attempt) {
    // Tell the holder that somebody is awake, so that it wakes no other. Relaxed: a hint.
    if (!attempt.is_awake && (state & kWoken) == 0 && state >= kOneWaiter &&
        state_.compare_exchange_strong(state, state | kWoken, std::memory_order_relaxed))
        attempt.is_awake = true;
    pause_a_round();
    ++attempt.spins;
    return state_.load(std::memory_order_relaxed);
}

std::int32_t MutexCore::next_state(std::int32_t state, const Attempt& attempt) {
    std::int32_t wanted = state;
    if ((state & kStarving) == 0)
        wanted |= kLocked;  // a newcomer does not take a starving mutex
    if ((state & (kLocked | kStarving)) != 0)
        wanted += kOneWaiter;
    // Not when it is unlocked: a starving mutex must have waiters.
    if (attempt.starves && (state & kLocked) != 0)
        wanted |= kStarving;
    if (attempt.is_awake) {
        GOLANES_CHECK((wanted & kWoken) != 0, "an awake waiter of a mutex has set `woken`");
        wanted &= ~kWoken;
    }
    return wanted;
}

void MutexCore::wait(Attempt& attempt, ObjectId id, const Where& where) {
    const auto place = attempt.has_waited ? Semaphore::Place::Front : Semaphore::Place::Back;
    if (!attempt.has_waited)
        attempt.wait_start = scheduler().engine().now();
    attempt.has_waited = true;
    scheduler().record(EventType::LockContend, 0, where, trace::pack_pair(id, 0));
    semaphore_.acquire(place, trace::WaitReason::MutexLock, id, where);
    const Engine& engine = scheduler().engine();
    if (engine.now() - attempt.wait_start > engine.ticks_from_ns(kStarvationThreshold))
        attempt.starves = true;
}

// We own it already, but it says neither `locked` nor that we wait no more.
void MutexCore::take_over(std::int32_t state, const Attempt& attempt) {
    GOLANES_CHECK((state & (kLocked | kWoken)) == 0 && state >= kOneWaiter,
                  "a mutex that is handed over is unlocked and has waiters");
    std::int32_t change = kLocked - kOneWaiter;
    if (!attempt.starves || (state >> kWaiterShift) == 1)
        change -= kStarving;
    // Acquire pairs with the release in unlock(), whose value this one follows.
    state_.fetch_add(change, std::memory_order_acquire);
}

MutexCore::Won MutexCore::lock_slow(ObjectId id, const Where& where) {
    Attempt attempt;
    std::int32_t state = state_.load(std::memory_order_relaxed);  // a guess for the exchange below
    for (;;) {
        if (may_spin(state, attempt)) {
            state = spin(state, attempt);
            continue;
        }
        // Acquire pairs with the release in unlock(), for the case that this takes it.
        if (!state_.compare_exchange_strong(state,
                                            next_state(state, attempt),
                                            std::memory_order_acquire,
                                            std::memory_order_relaxed))
            continue;
        if ((state & (kLocked | kStarving)) == 0)
            return Won::Race;
        wait(attempt, id, where);
        if (scheduler().unwinding())
            return Won::Nothing;
        // Relaxed: the semaphore carried to us what our waker saw, `starving` in particular.
        state = state_.load(std::memory_order_relaxed);
        if ((state & kStarving) != 0) {
            take_over(state, attempt);
            return Won::Handoff;
        }
        attempt.is_awake = true;
        attempt.spins = 0;
    }
}

bool MutexCore::try_lock() {
    std::int32_t state = state_.load(std::memory_order_relaxed);  // a guess for the exchange below
    if ((state & (kLocked | kStarving)) != 0)
        return false;
    // Acquire pairs with the release in unlock(). One try, as in Go: it may fail because of others.
    return state_.compare_exchange_strong(
        state, state | kLocked, std::memory_order_acquire, std::memory_order_relaxed);
}

void MutexCore::unlock_slow(std::int32_t left, const Where& where) {
    if (scheduler().unwinding())
        return;
    if (((left + kLocked) & kLocked) == 0)
        scheduler().fatal("fatal error: sync: unlock of unlocked mutex", where);
    if ((left & kStarving) == 0)
        wake_one(left, where);
    else
        semaphore_.release(Semaphore::Release::Handoff, where);
}

// Normal mode, after it was unlocked.
void MutexCore::wake_one(std::int32_t state, const Where& where) {
    for (;;) {
        // Nobody waits, or somebody is awake already, or it has a new holder, who will wake one.
        if (state < kOneWaiter || (state & (kLocked | kWoken | kStarving)) != 0)
            return;
        // Relaxed: it hands nothing over, the semaphore does.
        if (state_.compare_exchange_weak(
                state, (state - kOneWaiter) | kWoken, std::memory_order_relaxed))
            return semaphore_.release(Semaphore::Release::Wake, where);
    }
}

}  // namespace golanes::rt
