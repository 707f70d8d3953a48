#pragma once
// Flows: who set whom going. An arrow of the picture leads from the moment and P of the cause to
// where the goroutine came to run: a go statement, a wake-up, a theft.
#include <cstdint>
#include <optional>
#include <vector>

#include "core/model/timeline.h"

namespace golanes::model {

enum class FlowKind : std::uint8_t {
    Spawn,    ///< A go statement; a timer's function is spawned by nobody.
    Wake,     ///< Ended a wait. By nobody: a timer. By itself: back from a blocking call.
    Preempt,  ///< It was put back into a queue (any GoStop).
    Move,     ///< A batch took it from one queue to another.
};

struct Flow {
    FlowKind kind = FlowKind::Wake;
    trace::MoveReason move = trace::MoveReason::Steal;  ///< Move: why.
    ProcId from_proc = kNoProc;  ///< Where the cause happened; Move: whose queue it left.
    ProcId to_proc = kNoProc;    ///< Where it ran next; kNoProc: not seen to.
    GoroutineId by = 0;          ///< The goroutine that did it; 0: a timer, or the scheduler.
    GoroutineId goroutine = 0;   ///< The one it happened to; 0: lost.
    PlaceId where = 0;           ///< Of the cause.
    TimeNs time = 0;
    TimeNs started = -1;      ///< When it ran next; -1: not seen to.
    std::uint64_t event = 0;  ///< Number of the cause.

    /// How long it was runnable since; -1: it did not run.
    [[nodiscard]] DurationNs latency() const { return started < 0 ? -1 : started - time; }
};

/// What happened in [t0, t1), in order, at most `limit` flows.
/// Cost: reads the events of the range, and what precedes it in its first chunk.
std::vector<Flow> flows(const Timeline& timeline, TimeNs t0, TimeNs t1, std::size_t limit);

/// Why `goroutine` was runnable at t, or last was before: the newest Spawn, Wake or Preempt of it
/// at or before t.
std::optional<Flow> cause_of(const Timeline& timeline, GoroutineId goroutine, TimeNs t);

/// The goroutines that `goroutine` made or woke in [t0, t1), in order, at most `limit`.
std::vector<Flow> effects_of(
    const Timeline& timeline, GoroutineId goroutine, TimeNs t0, TimeNs t1, std::size_t limit);

}  // namespace golanes::model
