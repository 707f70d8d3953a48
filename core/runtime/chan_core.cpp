#include "core/runtime/chan_core.h"

#include <cstring>

#include "core/runtime/no_preempt.h"
#include "core/runtime/runtime.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

using trace::EventType;
using trace::WaitReason;

namespace {

constexpr std::size_t kMaxBytes = std::size_t{1} << 40;

Scheduler& scheduler() {
    return *this_machine()->scheduler;
}

}  // namespace

ChanCore::ChanCore(std::size_t capacity,
                   const ElementOps& ops,
                   std::string_view name,
                   const trace::Where& where,
                   ChanTimer* timer)
    : ops_(ops), capacity_(capacity), timer_(timer) {
    if (capacity > kMaxBytes / ops.bytes)
        panic("makechan: size out of range", where);
    buffer_ = std::make_unique_for_overwrite<std::byte[]>(capacity * ops.bytes);
    id_ = scheduler().make_object(
        timer == nullptr ? trace::ObjectKind::Chan : trace::ObjectKind::Timer,
        static_cast<std::uint32_t>(this->capacity()),
        name,
        where);
}

// glance() and length() tell things without the lock, so that who ends the channel may have learned
// of a close before it was over. Whoever is in there drops the lock last.
ChanCore::~ChanCore() {
    const LockGuard after_the_last(lock_);
    for (std::size_t left = ops_.destroy == nullptr ? 0 : count(); left > 0; --left) {
        ops_.destroy(slot(receive_at_));
        receive_at_ = next(receive_at_);
    }
}

inline void* ChanCore::slot(std::size_t index) const {
    return buffer_.get() + index * ops_.bytes;
}

// A division would be the dearest part of an operation.
inline std::size_t ChanCore::next(std::size_t index) const {
    return index + 1 == capacity_ ? 0 : index + 1;
}

inline ChanWaitList& ChanCore::waiters(ChanDirection direction) {
    return direction == ChanDirection::Send ? senders_ : receivers_;
}

// Release pairs with buffered(). Relaxed in count(): all writers hold our lock.
inline void ChanCore::set_count(std::size_t count) {
    count_.store(count, std::memory_order_release);
}

inline std::size_t ChanCore::count() const {
    return count_.load(std::memory_order_relaxed);
}

// --- Without the lock

bool ChanCore::seems_stuck(ChanDirection direction) const {
    if (direction == ChanDirection::Send)
        return capacity_ == 0 ? receivers_.seems_empty() : buffered() == capacity_;
    return capacity_ == 0 ? senders_.seems_empty() : buffered() == 0;
}

// Whether a try is hopeless, without the lock: WouldBlock or Closed if so, Done for "take the
// lock".
//
// Why two loads without a lock are one true answer: each critical section stores what it changes
// with release, and we load with acquire, so seeing the value that section k stored makes all that
// sections up to k did visible. First we load "full" (or "empty", or "nobody waits"), written by
// section k; then closed_. If that is false the channel was not closed in any section up to k:
// right after k it was open and full, and we answer as if we had come then. That is not too early
// either: what happened before this call is visible to us, so no such section changed the value
// after k. A receive that finds closed_ looks again: from then on the buffer only drains, so
// "empty" stays.
ChanCore::Status ChanCore::glance(ChanDirection direction) const {
    if (!seems_stuck(direction))
        return Status::Done;
    // Acquire pairs with the release in close().
    if (!closed_.load(std::memory_order_acquire))
        return Status::WouldBlock;
    return direction == ChanDirection::Receive && seems_stuck(direction) ? Status::Closed
                                                                         : Status::Done;
}

// --- Under the lock

// The program's code may run here, and must not be put aside: others wait for the lock.
void ChanCore::relocate_by_program(void* to, void* from) const {
    const NoPreempt no_preempt;
    ops_.relocate(to, from);
}

// Plain words, what most channels carry, need no call.
inline void ChanCore::relocate(void* to, void* from) const {
    if (ops_.relocate != nullptr)
        relocate_by_program(to, from);
    else if (ops_.bytes == sizeof(std::uint64_t))
        std::memcpy(to, from, sizeof(std::uint64_t));
    else if (ops_.bytes == sizeof(std::uint32_t))
        std::memcpy(to, from, sizeof(std::uint32_t));
    else
        std::memcpy(to, from, ops_.bytes);
}

inline void ChanCore::hand_over(ChanElement& from, ChanElement& to) const {
    relocate(to.bytes, from.bytes);
    to.is_full = true;
    from.is_full = false;
}

inline void ChanCore::put_into_buffer(ChanElement& element) GOLANES_NO_TSA {
    relocate(slot(send_at_), element.bytes);
    element.is_full = false;
    send_at_ = next(send_at_);
    set_count(count() + 1);
}

inline void ChanCore::take_from_buffer(ChanElement& element) GOLANES_NO_TSA {
    relocate(element.bytes, slot(receive_at_));
    element.is_full = true;
    receive_at_ = next(receive_at_);
    set_count(count() - 1);
}

inline ChanCore::Step ChanCore::attempt_send(ChanElement& element) {
    if (closed_.load(std::memory_order_relaxed))  // written under our lock
        return {.status = Status::Closed};
    if (ChanWaiter* receiver = receivers_.take(); receiver != nullptr) {
        hand_over(element, *receiver->element);
        receiver->success = true;
        return {.status = Status::Done, .woken = receiver->g, .flags = 1};
    }
    if (count() == capacity_)
        return {};
    put_into_buffer(element);
    return {.status = Status::Done, .length = static_cast<std::uint32_t>(count())};
}

inline ChanCore::Step ChanCore::attempt_receive(ChanElement& element) {
    Step step{.status = Status::Done};
    if (ChanWaiter* sender = senders_.take(); sender != nullptr) {
        if (capacity_ == 0) {
            hand_over(*sender->element, element);
        } else {  // full: the head goes out, the sender's value takes the freed tail
            take_from_buffer(element);
            put_into_buffer(*sender->element);
        }
        sender->success = true;
        step.woken = sender->g;
        step.flags = 1;
    } else if (count() > 0) {
        take_from_buffer(element);
    } else if (closed_.load(std::memory_order_relaxed)) {  // written under our lock
        step.status = Status::Closed;
        step.flags = 2;
    } else {
        return {};
    }
    step.length = static_cast<std::uint32_t>(count());
    return step;
}

ChanCore::Step ChanCore::attempt(ChanDirection direction, ChanElement& element) {
    Step step = direction == ChanDirection::Send ? attempt_send(element) : attempt_receive(element);
    step.channel = id_;
    return step;
}

void ChanCore::enlist(ChanDirection direction, ChanWaiter& waiter) {
    waiters(direction).push(waiter);
}

void ChanCore::forget(ChanDirection direction, ChanWaiter& waiter) {
    waiters(direction).remove(waiter);
}

// Parks until a partner or close() comes. Called with lock_ held; the switch drops it.
inline ChanCore::Status ChanCore::wait(ChanDirection direction,
                                       ChanElement& element,
                                       const trace::Where& where) GOLANES_NO_TSA {
    ChanWaiter waiter;
    waiter.g = this_machine()->current;
    waiter.element = &element;
    enlist(direction, waiter);
    scheduler().block(
        direction == ChanDirection::Send ? WaitReason::ChanSend : WaitReason::ChanReceive,
        id_,
        lock_,
        where);
    if (scheduler().unwinding())
        return Status::WouldBlock;  // a destructor waited when the run ended: nobody closed it
    return waiter.success ? Status::Done : Status::Closed;
}

// --- Operations

void ChanCore::finish(ChanDirection direction, const Step& step, const trace::Where& where) {
    if (scheduler().tracer().full()) [[unlikely]]
        record_step(direction, step, where);
    if (step.woken != nullptr)
        scheduler().ready(*step.woken, where);
}

void ChanCore::record_step(ChanDirection direction, const Step& step, const trace::Where& where) {
    const bool is_send = direction == ChanDirection::Send;
    if (step.status == Status::Done || (step.status == Status::Closed && !is_send))
        scheduler().record(is_send ? EventType::ChanSend : EventType::ChanRecv,
                           step.flags,
                           where,
                           trace::pack_pair(step.channel, step.length));
}

inline ChanCore::Status ChanCore::operate_now(ChanDirection direction,
                                              ChanElement& element,
                                              Mode mode,
                                              const trace::Where& where) GOLANES_NO_TSA {
    Step step;
    if (mode == Mode::Try) {
        step.status = glance(direction);
        if (step.status != Status::Done) {
            step.flags = step.status == Status::Closed ? 2 : 0;
            step.channel = id_;
            finish(direction, step, where);
            return step.status;
        }
    }
    lock_.lock();
    step = attempt(direction, element);
    if (step.status == Status::WouldBlock && mode == Mode::Block)
        return wait(direction, element, where);
    lock_.unlock();
    finish(direction, step, where);
    return step.status;
}

ChanCore::Status ChanCore::operate(ChanDirection direction,
                                   ChanElement& element,
                                   Mode mode,
                                   const trace::Where& where) {
    if (!Scheduler::is_calm()) [[unlikely]] {
        if (scheduler().unwinding())
            return direction == ChanDirection::Send ? Status::WouldBlock : Status::Closed;
        scheduler().poll(where);
        scheduler().charge(Op::Chan);
    }
    if (timer_ == nullptr || direction == ChanDirection::Send)
        return operate_now(direction, element, mode, where);
    if (mode == Mode::Try) {
        timer_->look();
        return operate_now(direction, element, mode, where);
    }
    const ChanWatch watch(*timer_);
    return operate_now(direction, element, mode, where);
}

// All waiters on a last-in first-out list, as in Go, so that runnext makes the first one run first
// and the others from last to second.
ChanWaiter* ChanCore::detach_all(std::uint32_t& count) {
    ChanWaiter* stack = nullptr;
    for (ChanWaitList* list : {&receivers_, &senders_}) {
        while (ChanWaiter* waiter = list->take()) {
            waiter->next = stack;
            stack = waiter;
            ++count;
        }
    }
    return stack;
}

void ChanCore::close(const trace::Where& where) GOLANES_NO_TSA {
    if (scheduler().unwinding())
        return;
    scheduler().charge(Op::Chan);
    lock_.lock();
    if (closed_.load(std::memory_order_relaxed)) {  // written under our lock
        lock_.unlock();
        panic("close of closed channel", where);
    }
    closed_.store(true, std::memory_order_release);  // pairs with glance()
    std::uint32_t woken = 0;
    ChanWaiter* stack = detach_all(woken);
    const ObjectId id = id_;
    lock_
        .unlock();  // who sees it closed may end the channel: nothing of it is touched from here on
    scheduler().record(EventType::ChanClose, 0, where, trace::pack_pair(id, woken));
    while (stack != nullptr) {
        G& g = *stack->g;
        stack = stack->next;        // read before the goroutine runs and its waiter is gone
        __builtin_prefetch(stack);  // on a stack that nobody touched for long
        scheduler().ready(g, where);
    }
}

void block_forever(WaitReason reason, const trace::Where& where) {
    scheduler().block_forever(reason, where);
}

}  // namespace golanes::rt
