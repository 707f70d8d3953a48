#include "core/runtime/wait_group.h"

#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

using trace::ObjectKind;
using trace::WaitReason;

namespace {

Scheduler& scheduler() {
    return *this_machine()->scheduler;
}

}  // namespace

WaitGroup::WaitGroup(std::string_view name, const Where& where)
    : id_(make_sync_object(ObjectKind::WaitGroup, 0, name, where)) {}

void WaitGroup::add(int delta, const Where& where) {
    if (scheduler().unwinding())
        return;
    SyncWaiter* waiters = nullptr;
    bool is_negative = false;
    {
        const LockGuard guard(guard_);
        count_ += delta;
        is_negative = count_ < 0;
        if (count_ == 0) {
            waiters = waiters_.first;
            waiters_ = {};
        }
    }
    if (is_negative)
        panic("sync: negative WaitGroup counter");
    wake_all(waiters, where);
}

void WaitGroup::wait(const Where& where) GOLANES_NO_TSA {
    if (scheduler().unwinding())
        return;
    scheduler().poll(where);
    guard_.lock();
    if (count_ == 0) {
        guard_.unlock();
        return;
    }
    SyncWaiter waiter;
    waiter.g = this_machine()->current;
    waiters_.push_back(waiter);
    scheduler().block(WaitReason::WaitGroupWait, id_, guard_, where);
}

}  // namespace golanes::rt
