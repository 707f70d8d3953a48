#include "core/runtime/chan_core.h"

#include "core/runtime/runtime.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

using trace::EventType;
using trace::WaitReason;

namespace {

Scheduler& scheduler() {
    return *this_machine()->scheduler;
}

}  // namespace

void ChanCore::WaitList::push(ChanWaiter& waiter) {
    if (last == nullptr)
        first = &waiter;
    else
        last->next = &waiter;
    last = &waiter;
}

ChanWaiter* ChanCore::WaitList::pop() {
    ChanWaiter* waiter = first;
    if (waiter != nullptr) {
        first = waiter->next;
        if (first == nullptr)
            last = nullptr;
    }
    return waiter;
}

ChanCore::ChanCore(std::size_t capacity,
                   const ElementOps& ops,
                   std::string_view name,
                   const trace::Where& where)
    : ops_(ops), capacity_(capacity) {
    if (capacity > (std::size_t{1} << 40) / ops.bytes)
        panic("makechan: size out of range");
    buffer_ = std::make_unique<std::byte[]>(capacity * ops.bytes);
    id_ = scheduler().make_object(
        trace::ObjectKind::Chan, static_cast<std::uint32_t>(capacity), name, where);
}

ChanCore::~ChanCore() {
    for (; count_ > 0; --count_) {
        ops_.destroy(slot(receive_at_));
        receive_at_ = (receive_at_ + 1) % capacity_;
    }
}

void* ChanCore::slot(std::size_t index) const {
    return buffer_.get() + index * ops_.bytes;
}

void ChanCore::record(EventType type,
                      std::uint8_t flags,
                      std::size_t length,
                      const trace::Where& where) const {
    Scheduler& s = scheduler();
    if (s.tracer().full())
        s.record(type, flags, where, trace::pack_pair(id_, static_cast<std::uint32_t>(length)));
}

// Parks in `list` until a partner or close() comes. Called with lock_ held; the switch drops it.
ChanCore::Status ChanCore::wait(WaitList& list,
                                ChanElement& element,
                                WaitReason reason,
                                const trace::Where& where) GOLANES_NO_TSA {
    ChanWaiter waiter;
    waiter.g = this_machine()->current;
    waiter.element = &element;
    list.push(waiter);
    scheduler().block(reason, id_, lock_, where);
    if (scheduler().unwinding())
        return Status::WouldBlock;  // a destructor waited when the run ended: nobody closed it
    return waiter.success ? Status::Done : Status::Closed;
}

void ChanCore::hand_over(ChanElement& from, ChanElement& to) const {
    ops_.relocate(to.bytes, from.bytes);
    to.is_full = true;
    from.is_full = false;
}

void ChanCore::put_into_buffer(ChanElement& element) GOLANES_NO_TSA {
    ops_.relocate(slot(send_at_), element.bytes);
    element.is_full = false;
    send_at_ = (send_at_ + 1) % capacity_;
    ++count_;
}

ChanCore::Status ChanCore::send(ChanElement& element,
                                Mode mode,
                                const trace::Where& where) GOLANES_NO_TSA {
    if (scheduler().unwinding())
        return Status::WouldBlock;
    scheduler().poll(where);
    lock_.lock();
    if (closed_) {
        lock_.unlock();
        return Status::Closed;
    }
    if (ChanWaiter* receiver = receivers_.pop(); receiver != nullptr) {
        hand_over(element, *receiver->element);
        receiver->success = true;
        G& g = *receiver->g;  // once it runs, the waiter is gone
        lock_.unlock();
        record(EventType::ChanSend, 1, 0, where);
        scheduler().ready(g, where);
        return Status::Done;
    }
    if (count_ < capacity_) {
        put_into_buffer(element);
        const std::size_t length = count_;
        lock_.unlock();
        record(EventType::ChanSend, 0, length, where);
        return Status::Done;
    }
    if (mode == Mode::Try) {
        lock_.unlock();
        return Status::WouldBlock;
    }
    return wait(senders_, element, WaitReason::ChanSend, where);
}

void ChanCore::take_from_buffer(ChanElement& element) GOLANES_NO_TSA {
    ops_.relocate(element.bytes, slot(receive_at_));
    element.is_full = true;
    receive_at_ = (receive_at_ + 1) % capacity_;
    --count_;
}

ChanCore::Status ChanCore::receive(ChanElement& element,
                                   Mode mode,
                                   const trace::Where& where) GOLANES_NO_TSA {
    if (scheduler().unwinding())
        return Status::Closed;
    scheduler().poll(where);
    lock_.lock();
    if (ChanWaiter* sender = senders_.pop(); sender != nullptr) {
        if (capacity_ == 0) {
            hand_over(*sender->element, element);
        } else {  // full: the head goes out, the sender's value takes the freed tail
            take_from_buffer(element);
            put_into_buffer(*sender->element);
        }
        sender->success = true;
        G& g = *sender->g;
        const std::size_t length = count_;
        lock_.unlock();
        record(EventType::ChanRecv, 1, length, where);
        scheduler().ready(g, where);
        return Status::Done;
    }
    if (count_ > 0) {
        take_from_buffer(element);
        const std::size_t length = count_;
        lock_.unlock();
        record(EventType::ChanRecv, 0, length, where);
        return Status::Done;
    }
    if (closed_) {
        lock_.unlock();
        record(EventType::ChanRecv, 2, 0, where);
        return Status::Closed;
    }
    if (mode == Mode::Try) {
        lock_.unlock();
        return Status::WouldBlock;
    }
    return wait(receivers_, element, WaitReason::ChanReceive, where);
}

// Detaches all waiters onto a last-in first-out list, as Go does, so that runnext makes the first
// waiter run first and the others from last to second.
void ChanCore::close(const trace::Where& where) GOLANES_NO_TSA {
    if (scheduler().unwinding())
        return;
    lock_.lock();
    if (closed_) {
        lock_.unlock();
        panic("close of closed channel");
    }
    closed_ = true;
    ChanWaiter* stack = nullptr;
    std::uint32_t woken = 0;
    for (WaitList* list : {&receivers_, &senders_}) {
        while (ChanWaiter* waiter = list->pop()) {
            waiter->next = stack;
            stack = waiter;
            ++woken;
        }
    }
    lock_.unlock();
    scheduler().record(EventType::ChanClose, 0, where, trace::pack_pair(id_, woken));
    while (stack != nullptr) {
        G& g = *stack->g;
        stack = stack->next;  // read before the goroutine runs and its waiter is gone
        scheduler().ready(g, where);
    }
}

std::size_t ChanCore::length() {
    const LockGuard guard(lock_);
    return count_;
}

void block_forever(WaitReason reason, const trace::Where& where) {
    scheduler().block_forever(reason, where);
}

}  // namespace golanes::rt
