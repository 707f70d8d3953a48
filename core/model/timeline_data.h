#pragma once
// TimelineData: what stands behind a Timeline. Made by the builder, then never changed.
#include <mutex>

#include "core/model/count_steps.h"
#include "core/model/run_levels.h"
#include "core/model/segment.h"
#include "core/model/timeline.h"

namespace golanes::model {

/// A P, M or CPU lane at the end of the timeline. (Goroutine lanes stand in the run tables.)
struct LaneEnd {
    LaneId id;
    LaneHead head;
    const SpanLog* log = nullptr;  ///< Its spans in the open segment; null: none.
    std::size_t count = 0;         ///< How many of them belong to this view.
};

/// The steps of a queue in the open segment.
struct StepsEnd {
    const StepLog* log = nullptr;  ///< Null: none.
    std::size_t count = 0;
};

/// Threads: any, read only.
struct TimelineData {
    std::shared_ptr<const recording::Snapshot> recording = std::make_shared<recording::Snapshot>();
    TimeNs start = 0;
    TimeNs end = 0;

    std::vector<std::shared_ptr<const SealedSegment>> sealed;  ///< Oldest first.
    /// Of the first segments of `sealed`; those that are not settled yet are missing.
    std::vector<std::shared_ptr<const LevelSummary>> levels;
    std::shared_ptr<const OpenSegment> open;      ///< Null before the first event.
    Filled filled;                                ///< The part of `open` that belongs to this view.
    std::vector<LaneEnd> lane_ends;               ///< Sorted by id.
    std::vector<StepsEnd> step_ends;              ///< By queue_number().
    std::vector<std::uint32_t> most_queued;       ///< Likewise: the greatest length in `open`.
    std::shared_ptr<const RunTable> current_run;  ///< Null between runs.

    CountSteps proc_counts = no_count_steps();
    CountSteps cpu_counts = no_count_steps();
    std::uint64_t violations = 0;
    std::shared_ptr<const std::vector<std::string>> violation_texts =
        std::make_shared<std::vector<std::string>>();

    mutable std::once_flag
        runs_once;  ///< Many runs: their list is put together when somebody asks.
    mutable std::vector<RunInfo> runs;

    /// Calls f(const RunTable&) for the runs held, newest first, until it returns false.
    template <typename F>
    void for_each_run_backwards(F&& f) const {
        if (current_run && !f(*current_run))
            return;
        for (std::size_t i = filled.runs; i-- > 0;) {
            if (!f(*open->runs[i]))
                return;
        }
        for (std::size_t s = sealed.size(); s-- > 0;) {
            for (std::size_t i = sealed[s]->runs.size(); i-- > 0;) {
                if (!f(*sealed[s]->runs[i]))
                    return;
            }
        }
    }

    /// The newest run with that number.
    [[nodiscard]] const RunTable* run(std::uint32_t number) const;

    /// The goroutine as it stood at the end of the timeline.
    [[nodiscard]] GoroutineInfo info_at_end(const GoroutineRecord& record) const;
};

/// The open stretch of a lane as a span that ends at `end`.
Span span_of(LaneId lane, const LaneHead& head, std::uint32_t run, TimeNs end);

}  // namespace golanes::model
