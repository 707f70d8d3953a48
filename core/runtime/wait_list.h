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

/// Wakes a detached chain of waiters in its order.
void wake_all(SyncWaiter* waiter, const trace::Where& where);

/// Numbers a lock of the calling goroutine and records it.
ObjectId make_sync_object(trace::ObjectKind kind,
                          int size,
                          std::string_view name,
                          const trace::Where& where);

/// Records an event about the lock, at level full.
void record_full(trace::EventType type, ObjectId id, const trace::Where& where);

}  // namespace golanes::rt
