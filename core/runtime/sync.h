#pragma once
// Locks for goroutines: Mutex, WaitGroup, Barrier. A goroutine that waits is parked; its M goes on.
#include <cstdint>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/lock.h"
#include "core/runtime/runtime.h"
#include "core/trace/event.h"

namespace golanes::rt {

struct G;
class Scheduler;

/// A goroutine waiting on a lock. Lives on that goroutine's stack.
struct SyncWaiter {
    G* g = nullptr;
    SyncWaiter* next = nullptr;
};

/// FIFO of waiters, with room at the front for one that was woken and lost the race again.
/// Threads: under the owner's lock.
struct SyncWaitList {
    SyncWaiter* first = nullptr;
    SyncWaiter* last = nullptr;

    void push_back(SyncWaiter& waiter);
    void push_front(SyncWaiter& waiter);
    SyncWaiter* pop();
};

/// sync.Mutex in its normal mode: Unlock wakes the first waiter, which competes with newcomers.
/// Threads: any goroutine; any may unlock. (Go's starvation mode is not there yet.)
class Mutex {
 public:
    explicit Mutex(std::string_view name = {}, const Where& where = Where::here());

    void lock(const Where& where = Where::here());
    bool try_lock(const Where& where = Where::here());
    /// Fatal when it is not locked: "fatal error: sync: unlock of unlocked mutex".
    void unlock(const Where& where = Where::here());

 private:
    Lock guard_;
    ObjectId id_;
    bool held_ GOLANES_GUARDED_BY(guard_) = false;
    SyncWaitList waiters_ GOLANES_GUARDED_BY(guard_);
};

/// sync.WaitGroup.
class WaitGroup {
 public:
    explicit WaitGroup(std::string_view name = {}, const Where& where = Where::here());

    /// Panics when the counter becomes negative.
    void add(int delta, const Where& where = Where::here());

    void done(const Where& where = Where::here()) { add(-1, where); }

    void wait(const Where& where = Where::here());

 private:
    Lock guard_;
    ObjectId id_;
    int count_ GOLANES_GUARDED_BY(guard_) = 0;
    SyncWaitList waiters_ GOLANES_GUARDED_BY(guard_);
};

/// A start line: the last of `parties` goroutines to arrive lets all go on.
class Barrier {
 public:
    explicit Barrier(int parties, std::string_view name = {}, const Where& where = Where::here());

    void wait(const Where& where = Where::here());

 private:
    Lock guard_;
    ObjectId id_;
    int missing_ GOLANES_GUARDED_BY(guard_);
    SyncWaitList waiters_ GOLANES_GUARDED_BY(guard_);
};

}  // namespace golanes::rt
