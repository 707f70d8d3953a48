#include "core/runtime/mutex.h"

#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

using trace::EventType;
using trace::ObjectKind;
using trace::WaitReason;

namespace {

Scheduler& scheduler() {
    return *this_machine()->scheduler;
}

}  // namespace

Mutex::Mutex(std::string_view name, const Where& where)
    : id_(make_sync_object(ObjectKind::Mutex, 0, name, where)) {}

void Mutex::lock(const Where& where) GOLANES_NO_TSA {
    if (scheduler().unwinding())
        return;
    scheduler().poll(where);
    bool is_first_try = true;
    for (;;) {
        guard_.lock();
        if (!held_) {
            held_ = true;
            guard_.unlock();
            record_full(EventType::LockAcquire, id_, where);
            return;
        }
        SyncWaiter waiter;
        waiter.g = this_machine()->current;
        if (is_first_try)
            waiters_.push_back(waiter);
        else
            waiters_.push_front(waiter);
        is_first_try = false;
        scheduler().record(EventType::LockContend, 0, where, trace::pack_pair(id_, 0));
        scheduler().block(WaitReason::MutexLock, id_, guard_, where);
        if (scheduler().unwinding())
            return;
    }
}

bool Mutex::try_lock(const Where& where) {
    const LockGuard guard(guard_);
    if (held_ || scheduler().unwinding())
        return false;
    held_ = true;
    record_full(EventType::LockAcquire, id_, where);
    return true;
}

void Mutex::unlock(const Where& where) {
    if (scheduler().unwinding())
        return;
    SyncWaiter* waiter = nullptr;
    bool was_held = false;
    {
        const LockGuard guard(guard_);
        was_held = held_;
        if (was_held)
            record_full(EventType::LockRelease, id_, where);  // before anybody can take it
        held_ = false;
        waiter = waiters_.pop();
        if (waiter != nullptr)
            waiter->next = nullptr;
    }
    if (!was_held)
        scheduler().fatal("fatal error: sync: unlock of unlocked mutex", where);
    wake_all(waiter, where);
}

}  // namespace golanes::rt
