// The problem: the events tell that an operation was made, not when it took effect. On the real
// engine a thread may be put aside between its send and the event that tells of it, and the
// receiver's event stands before the sender's. Taken literally that is a receive from nowhere: an
// edge is missing, and a race is reported that is none.
//
// The way: whatever is not known exactly is taken as ordered, so that every race reported is one.
// An operation took effect somewhere between its goroutine's event before and its own; it is told
// after the fact. So giving is done early (at the goroutine's event before, where nothing of its
// knowledge is missing), taking is done late (at its own event): a receive can miss no send that it
// had. On the virtual engine the order of events is the true one and nothing is done early.
//
// Channels: a receive knows what all sends and closes so far knew, not only its own: with several
// senders the recording does not say whose value it was. A send knows what the receives so far knew
// once it needed one of them to find room. A WaitGroup's Wait at zero and a Once's second call
// leave no event: whoever was ordered before a WaitGroup's zero, or a Once's end, counts as known
// to everybody (may_know). All of this may hide a race, none invents one.
//
// Rejected: matching the k-th send with the k-th receive on the real engine: of two sends told in
// the wrong order the edge goes to the wrong receiver.
#include "core/model/findings/sync_order.h"

#include <algorithm>

namespace golanes::model {

using trace::Event;
using trace::EventType;
using trace::ObjectKind;
using trace::WaitReason;

namespace {

constexpr GoroutineId kMaxGoroutines = 1U << 24;

ObjectId object_of(const Event& event) {
    return trace::high_half(event.arg);
}

bool is_read_lock(const Event& event) {
    return (event.flags & trace::lock_flag::kRead) != 0;
}

}  // namespace

GoroutineId actor_of(const Event& event) {
    return event.type == EventType::GoCreate || event.type == EventType::GoUnblock
               ? trace::high_half(event.arg)
               : event.a;
}

bool is_release(const Event& event) {
    switch (event.type) {
        case EventType::GoBlock:
        case EventType::SelectCase:
        case EventType::ChanSend:
        case EventType::ChanRecv:
        case EventType::ChanClose:
        case EventType::LockRelease:
        case EventType::WaitGroupAdd:
        case EventType::SharedWrite:
        case EventType::SharedUpdate:
        case EventType::BlockingBegin:
        case EventType::TimerArm:
            return true;
        default:
            return false;
    }
}

SyncOrder::SyncOrder(const RunPart& part, LockEdges locks)
    : locks_(locks), slack_(part.run.is_virtual ? 0 : 16) {}

VectorClock& SyncOrder::clock_of(GoroutineId goroutine) {
    const std::size_t index = goroutine < kMaxGoroutines ? goroutine : 0;
    if (index >= clocks_.size()) {
        clocks_.resize(index + 1);
        blocked_.resize(index + 1);
    }
    if (clocks_[index].of(goroutine) == 0)
        clocks_[index].advance(goroutine);
    return clocks_[index];
}

void SyncOrder::tell(GoroutineId from, GoroutineId to) {
    clock_of(std::max(from, to));  // from here on nothing moves
    give(from, clock_of(to));
}

// The giver's count goes on: what it does from here on is not known there.
void SyncOrder::give(GoroutineId from, VectorClock& to) {
    VectorClock& clock = clock_of(from);
    to.join(clock);
    clock.advance(from);
}

bool SyncOrder::may_know(GoroutineId goroutine, Epoch epoch) {
    return clock_of(goroutine).knows(epoch) || silent_.knows(epoch);
}

bool SyncOrder::is_sync_variable(const Event& event) {
    return event.type == EventType::SharedUpdate ||
           objects_[object_of(event)].kind == ObjectKind::Atomic;
}

// --- What is learned

void SyncOrder::acquire(const Event& event) {
    switch (event.type) {
        case EventType::ObjectMake:
            objects_[object_of(event)].kind = static_cast<ObjectKind>(event.flags);
            objects_[object_of(event)].capacity = trace::low_half(event.arg);
            break;
        case EventType::GoCreate:
            create(event);
            break;
        case EventType::GoBlock:
            block(event);
            break;
        case EventType::GoUnblock:
            unblock(event);
            break;
        case EventType::ChanSend: {
            Object& channel = objects_[object_of(event)];
            if (++channel.sends + slack_ > channel.capacity)
                clock_of(event.a).join(channel.taken);
            break;
        }
        case EventType::ChanRecv:
            clock_of(event.a).join(objects_[object_of(event)].given);
            if (objects_[object_of(event)].kind == ObjectKind::Timer)
                clock_of(event.a).join(timers_);
            break;
        case EventType::LockAcquire:
            acquire_lock(event);
            break;
        case EventType::SharedRead:
        case EventType::SharedWrite:
        case EventType::SharedUpdate:
            if (is_sync_variable(event))
                clock_of(event.a).join(objects_[object_of(event)].given);
            break;
        case EventType::BlockingEnd:
            clock_of(event.a).join(calls_);
            break;
        default:
            break;
    }
}

void SyncOrder::create(const Event& event) {
    const GoroutineId creator = actor_of(event);
    if (creator == 0)  // a timer's function, or main
        clock_of(event.a).join(timers_);
    else
        tell(creator, event.a);
}

void SyncOrder::block(const Event& event) {
    const auto reason = static_cast<WaitReason>(event.flags);
    const auto object = static_cast<ObjectId>(event.arg);
    clock_of(event.a);
    blocked_[event.a] = {reason, object};
    objects_[object].sends += reason == WaitReason::ChanSend ? 1 : 0;
}

// Whoever ends a wait goes before what follows it. The last to arrive at a barrier has waited for
// the others, and a WaitGroup's zero for every done().
void SyncOrder::unblock(const Event& event) {
    const GoroutineId waker = actor_of(event);
    clock_of(event.a);
    const Blocked blocked = blocked_[event.a];
    blocked_[event.a] = {};
    if (waker == event.a)
        return;
    const bool receives =
        blocked.reason == WaitReason::ChanReceive || blocked.reason == WaitReason::Select;
    if (waker == 0)  // a timer: one that slept learns nothing by it
        return receives ? clock_of(event.a).join(timers_) : void();
    const bool is_lock = blocked.reason == WaitReason::MutexLock ||
                         blocked.reason == WaitReason::RWMutexLock ||
                         blocked.reason == WaitReason::RWMutexRLock;
    if (is_lock && locks_ == LockEdges::Ignore)
        return;
    if (blocked.reason == WaitReason::Barrier)
        clock_of(waker).join(objects_[blocked.object].given);
    if (blocked.reason == WaitReason::WaitGroupWait)
        clock_of(event.a).join(objects_[blocked.object].given);
    tell(waker, event.a);
}

void SyncOrder::acquire_lock(const Event& event) {
    Object& lock = objects_[object_of(event)];
    if (locks_ == LockEdges::Ignore && lock.kind != ObjectKind::Once)
        return;
    clock_of(event.a).join(lock.given);
    if (!is_read_lock(event))
        clock_of(event.a).join(lock.taken);
}

// --- What is given on

void SyncOrder::release(const Event& event) {
    switch (event.type) {
        case EventType::GoBlock:
            release_block(event);
            break;
        case EventType::SelectCase: {
            Object& channel = objects_[static_cast<ObjectId>(event.arg)];
            give(event.a, (event.flags & 1) != 0 ? channel.given : channel.taken);
            break;
        }
        case EventType::ChanSend:
        case EventType::ChanClose:
            give(event.a, objects_[object_of(event)].given);
            break;
        case EventType::ChanRecv:
            give(event.a, objects_[object_of(event)].taken);
            break;
        case EventType::LockRelease:
            release_lock(event);
            break;
        case EventType::WaitGroupAdd:
            finish_task(event);
            break;
        case EventType::SharedWrite:
        case EventType::SharedUpdate:
            release_shared(event);
            break;
        case EventType::TimerArm:
            if (event.seq != 0)  // 0: a sleep
                give(event.a, timers_);
            break;
        case EventType::BlockingBegin:
            give(event.a, calls_);
            break;
        default:
            break;
    }
}

void SyncOrder::release_block(const Event& event) {
    const auto reason = static_cast<WaitReason>(event.flags);
    Object& object = objects_[static_cast<ObjectId>(event.arg)];
    if (reason == WaitReason::ChanSend || reason == WaitReason::Barrier)
        give(event.a, object.given);
    else if (reason == WaitReason::ChanReceive)
        give(event.a, object.taken);
}

void SyncOrder::release_lock(const Event& event) {
    Object& lock = objects_[object_of(event)];
    if (lock.kind == ObjectKind::Once)
        give(event.a, silent_);
    else if (locks_ == LockEdges::Ignore)
        return;
    give(event.a, is_read_lock(event) ? lock.taken : lock.given);
}

void SyncOrder::finish_task(const Event& event) {
    if ((event.flags & 1) == 0)
        return;
    Object& group = objects_[object_of(event)];
    give(event.a, group.given);
    if (trace::low_half(event.arg) == 0)
        silent_.join(group.given);
}

void SyncOrder::release_shared(const Event& event) {
    if (is_sync_variable(event))
        give(event.a, objects_[object_of(event)].given);
}

// --- The events of a run that matter

namespace {

bool matters(EventType type) {
    switch (type) {
        case EventType::GoCreate:
        case EventType::GoUnblock:
        case EventType::ObjectMake:
        case EventType::LockAcquire:
        case EventType::LockContend:
        case EventType::SharedRead:
        case EventType::BlockingEnd:
            return true;
        default:
            return is_release({.type = type});
    }
}

}  // namespace

SyncEvents::SyncEvents(const RunPart& part)
    : recording_(&part.timeline->recording()), is_real_(!part.run.is_virtual) {
    part.for_each([&](const Event& event, std::uint64_t number) {
        if (matters(event.type))
            numbers_.push_back(number);
    });
    next_.assign(size(), size());
    std::unordered_map<GoroutineId, std::size_t> newest;
    for (std::size_t i = 0; i < size(); ++i) {
        const auto [at, is_first] = newest.try_emplace(actor_of(event(i)), i);
        if (!is_first)
            next_[at->second] = i;
        at->second = i;
    }
}

}  // namespace golanes::model
