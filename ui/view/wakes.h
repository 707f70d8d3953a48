#pragma once
// Wakes: who made a goroutine runnable, read from the events. For "Why waiting?" and for the arrows
// of the selected goroutine.
#include <optional>
#include <vector>

#include "core/model/timeline.h"
#include "ui/view/viewport.h"

namespace golanes::view {

enum class WakeKind : std::uint8_t {
    Created,   ///< A go statement; `by` is the creator.
    Woken,     ///< By goroutine `by`; 0: by a timer.
    Returned,  ///< Back from its own blocking call.
    Yielded,   ///< It left its P by itself or was preempted, and stayed runnable.
};

/// A goroutine became runnable.
struct Wake {
    std::uint64_t event = 0;
    TimeNs time = 0;
    WakeKind kind = WakeKind::Woken;
    GoroutineId g = 0;
    GoroutineId by = 0;  ///< 0: nobody of the program.
    ProcId p = kNoProc;  ///< Where it happened.
};

/// The event as a wake; nothing if it is none.
std::optional<Wake> wake_of(const trace::Event& event);

/// What made the goroutine runnable last before t, or at t. Nothing: not known (it waits at t, does
/// not live, or the events are no longer held).
std::optional<Wake> last_wake(const model::Timeline& timeline, GoroutineId g, TimeNs t);

}  // namespace golanes::view
