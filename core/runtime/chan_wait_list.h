#pragma once
// The goroutines that wait on one channel, in the order they came. A select waits on several lists
// at once; whoever takes one of its cases first has won it, and the others skip it.
#include <atomic>

#include "core/runtime/goroutine.h"

namespace golanes::rt {

/// Room for one element on a goroutine's stack, and whether a value lives in it. Kept true at every
/// move, because the run may end while its goroutine waits.
struct ChanElement {
    void* bytes = nullptr;
    bool is_full = false;
};

/// A goroutine waiting on a channel. Lives on that goroutine's stack. Threads: under the channel's
/// lock while it is listed; then its taker's until the goroutine is made ready.
struct ChanWaiter {
    G* g = nullptr;
    ChanElement* element = nullptr;  ///< Sender: holds the value. Receiver: room for one.
    bool is_select = false;          ///< One of several cases: taken only by winning the race.
    bool success = false;            ///< False: woken by close.
    bool is_listed = false;
    ChanWaiter* next = nullptr;
    ChanWaiter* previous = nullptr;
};

/// First in, first out. Threads: under the channel's lock, but for seems_empty().
class ChanWaitList {
 public:
    void push(ChanWaiter& waiter);
    /// Takes the first waiter that can still be woken, or none: the caller, and nobody else, makes
    /// its goroutine ready. Cases of selects that were woken elsewhere are dropped on the way.
    ChanWaiter* take();
    /// Takes a case of a select out of the middle; nothing when it was dropped already.
    void remove(ChanWaiter& waiter);

    /// Whether the list was empty at some moment since what happened before this call. Without the
    /// lock. Acquire pairs with the release stores of push() and unlink(): see ChanCore.
    [[nodiscard]] bool seems_empty() const {
        return first_.load(std::memory_order_acquire) == nullptr;
    }

 private:
    void unlink(ChanWaiter& waiter);

    std::atomic<ChanWaiter*> first_{nullptr};  ///< Written under the lock.
    ChanWaiter* last_ = nullptr;
};

}  // namespace golanes::rt
