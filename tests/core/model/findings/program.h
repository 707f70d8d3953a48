#pragma once
// Programs of goroutines that share things, written as the events they leave. Everything goes on on
// one P; goroutine g stands where it was left.
#include <string>

#include "core/model/findings/find_all.h"
#include "tests/core/model/event_builder.h"

namespace golanes::model::test {

inline constexpr ObjectId kVariable = 1;
inline constexpr ObjectId kLock = 2;
inline constexpr ObjectId kOtherLock = 3;
inline constexpr ObjectId kChannel = 4;
inline constexpr ObjectId kGroup = 5;
inline constexpr ObjectId kAtomic = 6;
inline constexpr ObjectId kBarrier = 7;
inline constexpr ObjectId kOnce = 8;
inline constexpr ObjectId kGate = 9;

class Program {
 public:
    explicit Program(std::uint32_t capacity = 0) {
        using enum trace::ObjectKind;
        b_.raw(EventType::RunBegin, 1, 1).procs(1).create(1).start(1);
        make(kVariable, Shared).make(kLock, Mutex).make(kOtherLock, Mutex);
        make(kChannel, Chan, capacity).make(kGroup, WaitGroup).make(kAtomic, Atomic);
        make(kBarrier, Barrier).make(kOnce, Once).make(kGate, Mutex);
    }

    Program& go(GoroutineId g, GoroutineId creator = 1) {
        return b_.after(1).create(g, QueueKind::Ring, creator), *this;
    }

    Program& say(EventType type,
                 GoroutineId g,
                 ObjectId object,
                 std::uint32_t low = 0,
                 std::uint8_t flags = 0) {
        b_.after(1).place(place_++).raw(type, g, flags, trace::pack_pair(object, low));
        return *this;
    }

    Program& read(GoroutineId g) { return say(EventType::SharedRead, g, kVariable); }

    Program& write(GoroutineId g) { return say(EventType::SharedWrite, g, kVariable); }

    Program& update(GoroutineId g) { return say(EventType::SharedUpdate, g, kVariable); }

    Program& lock(GoroutineId g, ObjectId lock = kLock) {
        return say(EventType::LockAcquire, g, lock);
    }

    Program& unlock(GoroutineId g, ObjectId lock = kLock) {
        return say(EventType::LockRelease, g, lock);
    }

    Program& block(GoroutineId g, trace::WaitReason reason, ObjectId object) {
        return b_.after(1).block(g, reason, object), *this;
    }

    Program& wake(GoroutineId g, GoroutineId waker) {
        return b_.after(1).unblock(g, QueueKind::Ring, waker), *this;
    }

    Program& lose() { return b_.after(1).raw(EventType::Loss, 1, 0, 0, 5), *this; }

    Program& end(trace::RunStatus status = trace::RunStatus::Ok) {
        return b_.after(1).end_run(status), *this;
    }

    EventBuilder& events() { return b_; }

    /// The findings by name: "data_race leak".
    std::string findings() {
        std::string names;
        for (const Finding& finding : all())
            names += (names.empty() ? "" : " ") + std::string(finding_name(finding.kind));
        return names;
    }

    std::vector<Finding> all() { return find_all(b_.timeline()); }

 private:
    Program& make(ObjectId id, trace::ObjectKind kind, std::uint32_t size = 0) {
        b_.raw(
            EventType::ObjectMake, 1, static_cast<std::uint8_t>(kind), trace::pack_pair(id, size));
        return *this;
    }

    EventBuilder b_;
    PlaceId place_ = 1;
};

}  // namespace golanes::model::test
