#include "core/runtime/barrier.h"

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

Barrier::Barrier(int parties, std::string_view name, const Where& where)
    : id_(make_sync_object(ObjectKind::Barrier, parties, name, where)), missing_(parties) {}

void Barrier::wait(const Where& where) GOLANES_NO_TSA {
    if (scheduler().unwinding())
        return;
    guard_.lock();
    if (--missing_ > 0) {
        SyncWaiter waiter;
        waiter.g = this_machine()->current;
        waiters_.push_back(waiter);
        scheduler().block(WaitReason::Barrier, id_, guard_, where);
        return;
    }
    SyncWaiter* waiters = waiters_.first;
    waiters_ = {};
    guard_.unlock();
    wake_all(waiters, where);
}

}  // namespace golanes::rt
