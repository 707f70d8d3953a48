#include "core/runtime/chan_wait_list.h"

namespace golanes::rt {
namespace {

// One winner among all who find a case of the same select, each under another channel's lock: the
// change from 0 to 1. Relaxed is enough. The goroutine sets it to 0 while it holds the locks of all
// its channels, so whoever finds one of its cases listed sees that 0 or a later 1; and it takes all
// those locks again, and its cases off the lists, before it sets it to 0 for its next select. What
// the winner writes reaches the goroutine through ready().
bool wins(ChanWaiter& waiter) {
    if (!waiter.is_select)
        return true;
    std::uint32_t undecided = 0;
    if (!waiter.g->select_done.compare_exchange_strong(undecided, 1, std::memory_order_relaxed))
        return false;
    waiter.g->woken_by = &waiter;
    return true;
}

}  // namespace

void ChanWaitList::push(ChanWaiter& waiter) {
    waiter.is_listed = true;
    waiter.next = nullptr;
    waiter.previous = last_;
    if (last_ == nullptr)
        first_.store(&waiter, std::memory_order_release);  // pairs with seems_empty()
    else
        last_->next = &waiter;
    last_ = &waiter;
}

void ChanWaitList::unlink(ChanWaiter& waiter) {
    if (waiter.previous == nullptr)
        first_.store(waiter.next, std::memory_order_release);  // pairs with seems_empty()
    else
        waiter.previous->next = waiter.next;
    if (waiter.next == nullptr)
        last_ = waiter.previous;
    else
        waiter.next->previous = waiter.previous;
    waiter.is_listed = false;
}

ChanWaiter* ChanWaitList::take() {
    // Relaxed: all writers hold the lock that we hold.
    while (ChanWaiter* waiter = first_.load(std::memory_order_relaxed)) {
        unlink(*waiter);
        if (wins(*waiter))
            return waiter;
    }
    return nullptr;
}

void ChanWaitList::remove(ChanWaiter& waiter) {
    if (waiter.is_listed)
        unlink(waiter);
}

}  // namespace golanes::rt
