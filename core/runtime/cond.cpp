// Go's notifyList: a waiter takes its ticket while it holds the lock, then unlocks, then goes to
// the list. A signal between the last two steps does not find it there, but moves notified_ past
// its ticket: the waiter sees that and does not sleep. So signals go to the oldest ticket, not to
// whoever reached the list first.
#include "core/runtime/cond.h"

#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

using trace::EventType;
using trace::ObjectKind;

namespace {

Scheduler& scheduler() {
    return *this_machine()->scheduler;
}

// Tickets wrap around.
bool is_before(std::uint32_t a, std::uint32_t b) {
    return static_cast<std::int32_t>(a - b) < 0;
}

}  // namespace

Cond::Cond(Locker& lock, std::string_view name, const Where& where)
    : lock_(&lock), id_(make_sync_object(ObjectKind::Cond, 0, name, where)) {}

void Cond::wait(const Where& where) {
    if (scheduler().unwinding())
        return;
    const std::uint32_t ticket = tickets_.fetch_add(1);  // seq_cst: see nobody_waits()
    lock_->unlock(where);
    park(ticket, where);
    if (!scheduler().unwinding())
        lock_->lock(where);
}

void Cond::park(std::uint32_t ticket, const Where& where) GOLANES_NO_TSA {
    guard_.lock();
    if (is_before(ticket, notified_.load(std::memory_order_relaxed))) {  // guard_ orders it
        guard_.unlock();
        return;
    }
    SyncWaiter waiter;
    waiter.g = this_machine()->current;
    waiter.ticket = ticket;
    waiters_.push_back(waiter);
    scheduler().block(trace::WaitReason::CondWait, id_, guard_, where);
}

// Without the lock. Both loads and the ticket's add are seq_cst: who changed the condition under
// the user's lock, after a waiter let go of it, finds that waiter's ticket taken.
bool Cond::nobody_waits() const {
    return tickets_.load() == notified_.load();
}

SyncWaiter* Cond::take_oldest() {
    const LockGuard guard(guard_);
    const std::uint32_t ticket = notified_.load(std::memory_order_relaxed);  // guard_ orders it
    if (ticket == tickets_.load())
        return nullptr;
    notified_.store(ticket + 1);  // pairs with nobody_waits()
    return waiters_.remove_ticket(ticket);
}

SyncWaiter* Cond::take_all() {
    const LockGuard guard(guard_);
    SyncWaiter* const first = waiters_.first;
    waiters_ = {};
    notified_.store(tickets_.load());  // pairs with nobody_waits()
    return first;
}

void Cond::signal(const Where& where) {
    if (scheduler().unwinding())
        return;
    scheduler().poll(where);
    SyncWaiter* const oldest = nobody_waits() ? nullptr : take_oldest();
    record(0, oldest != nullptr ? 1 : 0, where);
    wake_all(oldest, where);
}

void Cond::broadcast(const Where& where) {
    if (scheduler().unwinding())
        return;
    scheduler().poll(where);
    SyncWaiter* const first = nobody_waits() ? nullptr : take_all();
    std::uint32_t woken = 0;
    for (const SyncWaiter* waiter = first; waiter != nullptr; waiter = waiter->next)
        ++woken;
    record(1, woken, where);
    wake_all(first, where);
}

void Cond::record(std::uint8_t flags, std::uint32_t woken, const Where& where) const {
    record_full(EventType::CondSignal, flags, id_, woken, where);
}

}  // namespace golanes::rt
