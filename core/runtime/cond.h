#pragma once
// Cond: a place to wait until a condition that a lock guards may have become true.
#include <atomic>
#include <cstdint>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/lock.h"
#include "core/runtime/locker.h"
#include "core/runtime/runtime.h"
#include "core/runtime/wait_list.h"

namespace golanes::rt {

/// sync.Cond. It cannot be copied: Go's "sync.Cond is copied" is an error of compilation here.
/// Threads: any goroutine; wait() with the lock held. Lifetime: outlives every call.
/// Invariants: tickets_ numbers the waiters in the order of their wait(); those below notified_
/// have been woken, or will find at the list that they need not sleep.
class Cond {
 public:
    /// `lock` guards the condition and outlives the Cond: a Mutex, an RWMutex, or its rlocker().
    explicit Cond(Locker& lock, std::string_view name = {}, const Where& where = Where::here());

    Cond(const Cond&) = delete;
    Cond& operator=(const Cond&) = delete;

    /// Unlocks, parks until woken, locks again. Others may have been there in between: test the
    /// condition in a loop. Requires: the lock is held.
    void wait(const Where& where = Where::here());
    /// Wakes the goroutine that has waited longest, if any.
    void signal(const Where& where = Where::here());
    /// Wakes all who wait.
    void broadcast(const Where& where = Where::here());

    [[nodiscard]] Locker& lock() const { return *lock_; }

 private:
    void park(std::uint32_t ticket, const Where& where);
    [[nodiscard]] bool nobody_waits() const;
    SyncWaiter* take_oldest();
    SyncWaiter* take_all();
    void record(std::uint8_t flags, std::uint32_t woken, const Where& where) const;

    Locker* lock_;
    std::atomic<std::uint32_t> tickets_{0};
    std::atomic<std::uint32_t> notified_{0};  ///< Written under guard_.
    Lock guard_;
    SyncWaitList waiters_ GOLANES_GUARDED_BY(guard_);
    ObjectId id_;
};

}  // namespace golanes::rt
