#include "core/runtime/sync.h"

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

ObjectId make(ObjectKind kind, int size, std::string_view name, const Where& where) {
    return scheduler().make_object(kind, static_cast<std::uint32_t>(size), name, where);
}

void record_full(EventType type, ObjectId id, const Where& where) {
    Scheduler& s = scheduler();
    if (s.tracer().full())
        s.record(type, 0, where, trace::pack_pair(id, 0));
}

// Wakes a detached chain of waiters in its order. Each is read before its goroutine may run.
void wake_all(SyncWaiter* waiter, const Where& where) {
    while (waiter != nullptr) {
        G& g = *waiter->g;
        waiter = waiter->next;
        scheduler().ready(g, where);
    }
}

}  // namespace

void SyncWaitList::push_back(SyncWaiter& waiter) {
    waiter.next = nullptr;
    if (last == nullptr)
        first = &waiter;
    else
        last->next = &waiter;
    last = &waiter;
}

void SyncWaitList::push_front(SyncWaiter& waiter) {
    waiter.next = first;
    first = &waiter;
    if (last == nullptr)
        last = &waiter;
}

SyncWaiter* SyncWaitList::pop() {
    SyncWaiter* waiter = first;
    if (waiter != nullptr) {
        first = waiter->next;
        if (first == nullptr)
            last = nullptr;
    }
    return waiter;
}

// --- Mutex

Mutex::Mutex(std::string_view name, const Where& where)
    : id_(make(ObjectKind::Mutex, 0, name, where)) {}

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

// --- WaitGroup

WaitGroup::WaitGroup(std::string_view name, const Where& where)
    : id_(make(ObjectKind::WaitGroup, 0, name, where)) {}

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

// --- Barrier

Barrier::Barrier(int parties, std::string_view name, const Where& where)
    : id_(make(ObjectKind::Barrier, parties, name, where)), missing_(parties) {}

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
