#pragma once
// WaitGroup: waits until a number of goroutines are done.
#include <atomic>
#include <cstdint>
#include <functional>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/lock.h"
#include "core/runtime/runtime.h"
#include "core/runtime/wait_list.h"

namespace golanes::rt {

/// What an add() of a WaitGroup leads to.
enum class AddVerdict : std::uint8_t {
    Nothing,   ///< Somebody is still to be waited for, or nobody waits.
    WakeAll,   ///< The counter came to zero.
    Negative,  ///< "sync: negative WaitGroup counter"
    Misuse,    ///< "sync: WaitGroup misuse: Add called concurrently with Wait"
};

/// Go's judgement on the state after `delta` was added: the counter and the number of waiters.
AddVerdict judge_add(std::int32_t counter, std::uint32_t waiters, std::int32_t delta);

/// sync.WaitGroup.
/// Threads: any goroutine. Lifetime: may end as soon as a wait() returned that saw all be done.
class WaitGroup {
 public:
    explicit WaitGroup(std::string_view name = {}, const Where& where = Where::here());

    /// Changes the counter; at zero all who wait go on.
    /// Errors: panics as Go does when the counter becomes negative, or is raised from zero while
    /// somebody still waits for the zero before.
    void add(int delta, const Where& where = Where::here());

    void done(const Where& where = Where::here()) { add(-1, where); }

    /// Errors: panics when the counter was raised again before this call returned.
    void wait(const Where& where = Where::here());

    /// Starts a goroutine and waits for it too: add, and done when f ends. Go 1.25's WaitGroup.Go.
    void go(std::string_view name, std::function<void()> f, const Where& where = Where::here());

 private:
    void park(const Where& where);
    void release(std::uint64_t state, const Where& where);

    std::atomic<std::uint64_t> state_{0};  ///< The counter in the high half, waiters in the low.
    Lock guard_;
    SyncWaitList waiters_ GOLANES_GUARDED_BY(guard_);
    /// Leaves to go on for waiters that are counted but not in the list yet.
    std::uint32_t permits_ GOLANES_GUARDED_BY(guard_) = 0;
    ObjectId id_;
    bool is_recorded_;
};

}  // namespace golanes::rt
