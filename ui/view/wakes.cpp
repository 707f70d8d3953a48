#include "ui/view/wakes.h"

#include <algorithm>

namespace golanes::view {
namespace {

constexpr int kMostSpans = 64;  ///< How far back the goroutine's lane is followed.

/// Where the stretch of being runnable began that ended in what the goroutine does at t.
std::optional<TimeNs> became_runnable(const model::Timeline& timeline, GoroutineId g, TimeNs t) {
    const model::LaneId lane{model::LaneKind::Goroutine, g};
    for (int i = 0; i < kMostSpans; ++i) {
        const auto span = timeline.span_at(lane, t);
        if (!span || span->state == model::State::Waiting)
            return std::nullopt;
        if (span->state == model::State::Runnable)
            return span->start;
        t = span->start - 1;
    }
    return std::nullopt;
}

}  // namespace

std::optional<Wake> wake_of(const trace::Event& event) {
    Wake wake{0, static_cast<TimeNs>(event.time), WakeKind::Woken, event.a, 0, event.p};
    switch (event.type) {
        case trace::EventType::GoCreate:
            wake.kind = WakeKind::Created;
            wake.by = trace::high_half(event.arg);
            return wake;
        case trace::EventType::GoUnblock:
            wake.by = trace::high_half(event.arg);
            if (wake.by == event.a)
                wake.kind = WakeKind::Returned;
            return wake;
        case trace::EventType::GoStop:
            wake.kind = WakeKind::Yielded;
            return wake;
        default:
            return std::nullopt;
    }
}

std::optional<Wake> last_wake(const model::Timeline& timeline, GoroutineId g, TimeNs t) {
    const auto time = became_runnable(timeline, g, t);
    if (!time)
        return std::nullopt;
    const recording::Snapshot& recording = timeline.recording();
    for (std::uint64_t at = recording.index_after(*time); at > recording.first_index(); --at) {
        const trace::Event& event = recording.event(at - 1);
        if (static_cast<TimeNs>(event.time) < *time)
            return std::nullopt;
        auto wake = event.a == g ? wake_of(event) : std::nullopt;
        if (wake) {
            wake->event = at - 1;
            return wake;
        }
    }
    return std::nullopt;
}

}  // namespace golanes::view
