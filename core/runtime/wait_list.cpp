#include "core/runtime/wait_list.h"

#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

using trace::EventType;
using trace::ObjectKind;
using trace::Where;

namespace {

Scheduler& scheduler() {
    return *this_machine()->scheduler;
}

}  // namespace

void SyncWaitList::push_back(SyncWaiter& waiter) {
    waiter.next = nullptr;
    if (last == nullptr)
        first = &waiter;
    else
        last->next = &waiter;
    last = &waiter;
}

void SyncWaitList::push_front(SyncWaiter& waiter) {
    waiter.next = first;
    first = &waiter;
    if (last == nullptr)
        last = &waiter;
}

SyncWaiter* SyncWaitList::pop() {
    SyncWaiter* waiter = first;
    if (waiter != nullptr) {
        first = waiter->next;
        if (first == nullptr)
            last = nullptr;
    }
    return waiter;
}

SyncWaiter* SyncWaitList::remove_ticket(std::uint32_t ticket) {
    SyncWaiter* before = nullptr;
    for (SyncWaiter* waiter = first; waiter != nullptr; waiter = waiter->next) {
        if (waiter->ticket == ticket) {
            (before != nullptr ? before->next : first) = waiter->next;
            if (last == waiter)
                last = before;
            waiter->next = nullptr;
            return waiter;
        }
        before = waiter;
    }
    return nullptr;
}

// Each is read before its goroutine may run.
void wake_all(SyncWaiter* waiter, const Where& where) {
    while (waiter != nullptr) {
        G& g = *waiter->g;
        waiter = waiter->next;
        scheduler().ready(g, where);
    }
}

ObjectId make_sync_object(ObjectKind kind, int size, std::string_view name, const Where& where) {
    return scheduler().make_object(kind, static_cast<std::uint32_t>(size), name, where);
}

bool records_all() {
    return scheduler().tracer().full();
}

void record_full(
    EventType type, std::uint8_t flags, ObjectId id, std::uint32_t value, const Where& where) {
    Scheduler& s = scheduler();
    if (s.tracer().full() && !s.unwinding())
        s.record(type, flags, where, trace::pack_pair(id, value));
}

}  // namespace golanes::rt
