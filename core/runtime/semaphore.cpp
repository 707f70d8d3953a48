#include "core/runtime/semaphore.h"

#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

using trace::Where;

namespace {

constexpr std::uint32_t kNoTicket = 0;
constexpr std::uint32_t kGiven = 1;  // the releaser took the 1 on the waiter's behalf

Scheduler& scheduler() {
    return *this_machine()->scheduler;
}

}  // namespace

// All operations on count_ and waiting_ are seq_cst: see the class. That also makes what the
// releaser wrote before its add visible to whoever takes.
bool Semaphore::try_take() {
    std::uint32_t count = count_.load();
    while (count != 0) {
        if (count_.compare_exchange_weak(count, count - 1))
            return true;
    }
    return false;
}

void Semaphore::enlist(SyncWaiter& waiter, Place place) {
    waiter.g = this_machine()->current;
    if (place == Place::Front)
        waiters_.push_front(waiter);
    else
        waiters_.push_back(waiter);
}

void Semaphore::acquire(Place place, trace::WaitReason reason, ObjectId object, const Where& where)
    GOLANES_NO_TSA {
    if (try_take())
        return;
    SyncWaiter waiter;
    for (;;) {
        lock_.lock();
        waiting_.fetch_add(1);
        if (try_take()) {
            waiting_.fetch_sub(1);
            lock_.unlock();
            return;
        }
        enlist(waiter, place);
        scheduler().block(reason, object, lock_, where);
        // A newcomer may have been faster than we were at waking up: then the wait begins anew.
        if (scheduler().unwinding() || waiter.ticket == kGiven || try_take())
            return;
    }
}

void Semaphore::release(Release release, const Where& where) {
    count_.fetch_add(1);
    if (waiting_.load() == 0)
        return;
    SyncWaiter* waiter = nullptr;
    {
        const LockGuard guard(lock_);
        waiter = waiters_.pop();
        if (waiter != nullptr)
            waiting_.fetch_sub(1);
    }
    if (waiter == nullptr)
        return;  // somebody took the 1 meanwhile
    const bool given = release == Release::Handoff && try_take();
    waiter->ticket = given ? kGiven : kNoTicket;
    scheduler().ready(*waiter->g, where);  // the waiter may be gone from here on
    if (given)
        scheduler().yield_local(trace::StopReason::HandedOver, where);
}

}  // namespace golanes::rt
