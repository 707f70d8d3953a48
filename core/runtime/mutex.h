#pragma once
// Mutex: a lock for goroutines. One that waits is parked; its M goes on.
#include <string_view>

#include "core/base/ids.h"
#include "core/base/lock.h"
#include "core/runtime/runtime.h"
#include "core/runtime/wait_list.h"

namespace golanes::rt {

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

}  // namespace golanes::rt
