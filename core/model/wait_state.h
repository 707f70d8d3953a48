#pragma once
// What a goroutine waits for at a moment, as the timeline tells it.
#include <optional>

#include "core/model/timeline.h"

namespace golanes::model {

struct Wait {
    trace::WaitReason reason = trace::WaitReason::None;
    ObjectId object = 0;
    PlaceId where = 0;
    TimeNs since = 0;
};

/// The wait that `goroutine` is in at t, if any. At the end of its run, or of the timeline, it is
/// the last one, also of a goroutine that the end of the run killed.
std::optional<Wait> wait_of(const Timeline& timeline, const GoroutineInfo& goroutine, TimeNs t);

/// Whether it is the wait for a Mutex or an RWMutex.
constexpr bool is_lock_wait(trace::WaitReason reason) {
    using enum trace::WaitReason;
    return reason == MutexLock || reason == RWMutexLock || reason == RWMutexRLock;
}

}  // namespace golanes::model
