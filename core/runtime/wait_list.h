#pragma once
// The list of goroutines that wait on a lock, and what all locks have in common.
#include <cstdint>
#include <string_view>

#include "core/base/ids.h"
#include "core/trace/event.h"
#include "core/trace/where.h"

namespace golanes::rt {

struct G;

/// A goroutine waiting on a lock. Lives on that goroutine's stack.
struct SyncWaiter {
    G* g = nullptr;
    SyncWaiter* next = nullptr;
    std::uint32_t ticket = 0;  ///< What its lock uses it for; see there.
};

/// FIFO of waiters, with room at the front for one that was woken and lost the race again.
/// Threads: under the owner's lock.
struct SyncWaitList {
    SyncWaiter* first = nullptr;
    SyncWaiter* last = nullptr;

    void push_back(SyncWaiter& waiter);
    void push_front(SyncWaiter& waiter);
    SyncWaiter* pop();
    /// Takes out the one with that ticket; null: there is none. Its next is null.
    SyncWaiter* remove_ticket(std::uint32_t ticket);
};

/// Wakes a detached chain of waiters in its order.
void wake_all(SyncWaiter* waiter, const trace::Where& where);

/// Numbers a lock of the calling goroutine and records it.
ObjectId make_sync_object(trace::ObjectKind kind,
                          int size,
                          std::string_view name,
                          const trace::Where& where);

/// Whether the run records every lock and unlock. Fixed for a run.
bool records_all();

/// Records an event about the lock, at level full.
void record_full(trace::EventType type,
                 std::uint8_t flags,
                 ObjectId id,
                 std::uint32_t value,
                 const trace::Where& where);

}  // namespace golanes::rt
