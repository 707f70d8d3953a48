#pragma once
// What is kept of one run: its facts, its goroutines, its objects.
#include <algorithm>
#include <cstdint>

#include "core/model/cow_table.h"
#include "core/model/timeline.h"
#include "core/model/transitions.h"

namespace golanes::model {

inline constexpr std::uint32_t kNoSpan = UINT32_MAX;

/// The stretch a lane is in now, and the way to its earlier spans in the segment still being
/// filled.
struct LaneHead {
    TimeNs start = 0;  ///< Of the open stretch; when none is open, the end of the last one.
    std::uint64_t segment = UINT64_MAX;  ///< Number of the segment in which it last closed a span.
    std::uint32_t last_span = kNoSpan;   ///< Goroutines: index of the newest span there.
    GoroutineId g = 0;
    std::uint32_t object = 0;
    ProcId p = kNoProc;
    CpuId cpu = kNoCpu;
    PlaceId where = 0;
    State state = State::Idle;
    std::uint8_t detail = 0;
    bool open = false;
};

/// A goroutine as the builder follows it.
struct GoroutineRecord {
    GoroutineInfo info;  ///< Totals without the open stretch.
    LaneHead lane;
    Life life = Life::New;
    MachineId machine = 0;  ///< The M that keeps it through a blocking call.
    std::uint32_t losses_seen =
        0;  ///< Losses of the run before its last event: a newer one excuses one odd step.
};

using GoroutineTable = CowTable<GoroutineRecord>;
using ObjectTable = CowTable<ObjectInfo>;

/// Immutable once shared.
struct RunTable {
    RunInfo info;
    GoroutineTable goroutines;  ///< By id; an element of id 0 was never created.
    ObjectTable objects;
};

/// Adds a stretch to the goroutine's totals.
void account(GoroutineInfo& info, State state, DurationNs length);

}  // namespace golanes::model
