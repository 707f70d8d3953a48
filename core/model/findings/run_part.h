#pragma once
// RunPart: one run's stretch of a recording, for those who read its events.
#include <vector>

#include "core/model/timeline.h"

namespace golanes::model {

struct RunPart {
    const Timeline* timeline = nullptr;
    RunInfo run;
    std::uint64_t first = 0;  ///< Number of its first event held.
    std::uint64_t end = 0;    ///< One beyond its last.
    bool is_whole = false;    ///< It has its beginning, and nothing was lost in it.

    [[nodiscard]] TimeNs end_time() const { return run.end >= 0 ? run.end : timeline->end(); }

    /// Calls f(const Event&, number) for each of its events, oldest first.
    template <typename F>
    void for_each(F&& f) const {
        const recording::Snapshot& recording = timeline->recording();
        for (std::uint64_t i = first; i < end; ++i)
            f(recording.event(i), i);
    }
};

/// The runs of a recording, oldest first. Runs without a RunBegin that is held are left out.
/// Lifetime: the timeline outlives them.
std::vector<RunPart> run_parts(const Timeline& timeline);

}  // namespace golanes::model
