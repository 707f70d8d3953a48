#include "core/model/wait_state.h"

namespace golanes::model {

// At the end of a run, or of the timeline, nothing goes on any more: then the last state counts,
// and for a goroutine that the end of the run killed the one it was killed in.
std::optional<Wait> wait_of(const Timeline& timeline, const GoroutineInfo& goroutine, TimeNs t) {
    const bool alive_at_end = goroutine.ended < 0 && t >= timeline.end();
    const bool killed = goroutine.end_kind == trace::EventType::GoKilled && goroutine.ended <= t;
    if (alive_at_end || killed) {
        if (goroutine.state != State::Waiting)
            return std::nullopt;
        return Wait{goroutine.reason, goroutine.object, goroutine.where, goroutine.since};
    }
    const std::optional<Span> span = timeline.span_at({LaneKind::Goroutine, goroutine.id}, t);
    if (!span || span->run != goroutine.run || span->state != State::Waiting)
        return std::nullopt;
    return Wait{
        static_cast<trace::WaitReason>(span->detail), span->object, span->where, span->start};
}

}  // namespace golanes::model
