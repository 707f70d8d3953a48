#pragma once
// Semaphore: what the locks of package sync sleep on. It is the runtime's own; scenarios use the
// locks above it. It keeps Go's rules, with one list a semaphore where Go hashes addresses into 251
// buckets: what a goroutine can see is the same.
#include <atomic>
#include <cstdint>

#include "core/base/ids.h"
#include "core/base/lock.h"
#include "core/runtime/wait_list.h"
#include "core/trace/event.h"
#include "core/trace/where.h"

namespace golanes::rt {

/// A counter to take from. Who finds it at zero waits.
/// Threads: any goroutine. Lifetime: outlives every call, release() included.
/// Invariants: waiting_ counts those in the list and those about to enter it. The race to survive
/// is a release between a waiter's look at count_ and its sleep: release adds to count_ and then
/// reads waiting_, a waiter adds to waiting_ and then reads count_; in the one order of all four
/// (seq_cst) one of the two sees the other.
class Semaphore {
 public:
    /// Where a waiter takes its place: behind all others, or before them because it waited already.
    enum class Place : std::uint8_t { Back, Front };

    /// What a release does beside adding 1 and waking the first waiter. Handoff: that waiter gets
    /// the 1 before anybody else can, and the releaser lets it run at once in its own time slice.
    enum class Release : std::uint8_t { Wake, Handoff };

    /// Takes 1; parks while there is none. Throws RunEnded when the run is being unwound.
    void acquire(Place place, trace::WaitReason reason, ObjectId object, const trace::Where& where);
    void release(Release release, const trace::Where& where);

 private:
    bool try_take();
    void enlist(SyncWaiter& waiter, Place place) GOLANES_REQUIRES(lock_);

    std::atomic<std::uint32_t> count_{0};
    std::atomic<std::uint32_t> waiting_{0};
    Lock lock_;
    SyncWaitList waiters_ GOLANES_GUARDED_BY(lock_);
};

}  // namespace golanes::rt
