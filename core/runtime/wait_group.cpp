// Counter and waiters are one word, so that the add that brings the counter to zero knows exactly
// who waits: those before it in the order of that word's changes.
//
// Waiters sleep on a list of the WaitGroup's own and not on a Semaphore, for one reason: a waiter
// often destroys the WaitGroup next, on its own stack. So the last thing the waker does to it is to
// drop the lock that every waiter takes before it returns.
#include "core/runtime/wait_group.h"

#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

using trace::EventType;
using trace::ObjectKind;
using trace::WaitReason;

namespace {

constexpr std::uint8_t kAdded = 0;  // flags of WaitGroupAdd
constexpr std::uint8_t kDone = 1;
constexpr const char* kMisuse = "sync: WaitGroup misuse: Add called concurrently with Wait";
constexpr const char* kReused = "sync: WaitGroup is reused before previous Wait has returned";

Scheduler& scheduler() {
    return *this_machine()->scheduler;
}

std::int32_t counter_of(std::uint64_t state) {
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(state >> 32));
}

std::uint32_t waiters_of(std::uint64_t state) {
    return static_cast<std::uint32_t>(state);
}

}  // namespace

AddVerdict judge_add(std::int32_t counter, std::uint32_t waiters, std::int32_t delta) {
    if (counter < 0)
        return AddVerdict::Negative;
    if (waiters != 0 && delta > 0 && counter == delta)
        return AddVerdict::Misuse;
    return counter > 0 || waiters == 0 ? AddVerdict::Nothing : AddVerdict::WakeAll;
}

WaitGroup::WaitGroup(std::string_view name, const Where& where)
    : id_(make_sync_object(ObjectKind::WaitGroup, 0, name, where)), is_recorded_(records_all()) {}

void WaitGroup::add(int delta, const Where& where) {
    if (scheduler().unwinding())
        return;
    const ObjectId id = id_;
    const bool is_recorded = is_recorded_;
    const std::uint64_t change = std::uint64_t{static_cast<std::uint32_t>(delta)} << 32;
    // Release pairs with the acquire in wait(); acquire gathers what the others did before their
    // own done(), for the one that wakes.
    const std::uint64_t state = state_.fetch_add(change, std::memory_order_acq_rel) + change;
    const AddVerdict verdict = judge_add(counter_of(state), waiters_of(state), delta);
    // At zero with no waiters the WaitGroup may be gone from here on.
    if (is_recorded)
        record_full(EventType::WaitGroupAdd,
                    delta < 0 ? kDone : kAdded,
                    id,
                    static_cast<std::uint32_t>(counter_of(state)),
                    where);
    if (verdict == AddVerdict::Negative)
        panic("sync: negative WaitGroup counter", where);
    if (verdict == AddVerdict::Misuse)
        panic(kMisuse, where);
    if (verdict == AddVerdict::WakeAll)
        release(state, where);
}

// Nobody may change the state now: an Add would be concurrent with the Wait, and a Wait that sees
// zero does not count itself.
void WaitGroup::release(std::uint64_t state, const Where& where) {
    if (state_.load(std::memory_order_relaxed) != state)  // only a check
        panic(kMisuse, where);
    // Release pairs with the acquire in wait(), for one that need not wait any more.
    state_.store(0, std::memory_order_release);
    SyncWaitList woken;
    {
        const LockGuard guard(guard_);
        permits_ += waiters_of(state);
        // No more than that: in a WaitGroup used again too early others may stand behind them.
        while (permits_ > 0 && waiters_.first != nullptr) {
            woken.push_back(*waiters_.pop());
            --permits_;
        }
    }
    wake_all(woken.first, where);
}

void WaitGroup::wait(const Where& where) {
    if (scheduler().unwinding())
        return;
    scheduler().poll(where);
    // Acquire pairs with the release in add(): what was done before the last done() is seen here.
    std::uint64_t state = state_.load(std::memory_order_acquire);
    do {
        if (counter_of(state) == 0)
            return;
    } while (!state_.compare_exchange_weak(state, state + 1, std::memory_order_acquire));
    park(where);
    // Relaxed: the lock or the wake-up ordered it.
    if (!scheduler().unwinding() && state_.load(std::memory_order_relaxed) != 0)
        panic(kReused, where);
}

void WaitGroup::park(const Where& where) GOLANES_NO_TSA {
    guard_.lock();
    if (permits_ > 0) {
        --permits_;
        guard_.unlock();
        return;
    }
    SyncWaiter waiter;
    waiter.g = this_machine()->current;
    waiters_.push_back(waiter);
    scheduler().block(WaitReason::WaitGroupWait, id_, guard_, where);
}

void WaitGroup::go(std::string_view name, std::function<void()> f, const Where& where) {
    add(1, where);
    rt::go(
        name,
        [this, where, body = std::move(f)] {
            const Defer finish([this, where] { done(where); });
            body();
        },
        where);
}

}  // namespace golanes::rt
