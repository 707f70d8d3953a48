#pragma once
// Segments: the timeline's pieces, one per recording chunk. A span lives in the segment in which it
// closed, with its true start: a goroutine that waits for an hour costs nothing in the segments
// between, and nothing has to be cut at a border and joined again.
//
// An open segment is filled by the builder while others read a part of it. Each P, M and CPU has a
// log of spans there; the many goroutines share one, in which each span is linked to the one before
// it on the same lane. A sealed one holds its spans sorted by lane and never changes.
#include <array>
#include <memory>
#include <span>
#include <vector>

#include "core/model/lane_cells.h"
#include "core/model/queue_state.h"
#include "core/model/run_table.h"
#include "core/model/stable_log.h"
#include "core/model/tally.h"
#include "core/model/timeline.h"

namespace golanes::model {

/// An element and the index of the one before it in its lane or queue.
template <typename T>
struct Linked {
    T value;
    std::uint32_t previous = kNoSpan;
};

/// How much of an open segment a reader may see.
struct Filled {
    std::size_t marks = 0;
    std::size_t runs = 0;
    std::size_t lanes = 0;
};

using SpanLog = StableLog<Span>;
using StepLog = StableLog<QueueLengthStep>;

/// Threads: one writer (the builder). Readers see what a Timeline names: the elements before Filled
/// counts, those reachable from goroutines' heads, and the parts of logs it points to.
struct OpenSegment {
    std::uint64_t number = 0;  ///< Counts all segments ever begun.
    std::uint64_t first_event = 0;
    TimeNs begin = 0;
    QueueState queues;                   ///< Before the first event.
    std::shared_ptr<const Tally> tally;  ///< Likewise.
    StableLog<Linked<Span>> spans;       ///< Of goroutines.
    /// By kind and number; null where there are none, and for goroutines. Builder only.
    std::array<std::vector<std::unique_ptr<SpanLog>>, kLaneKinds> span_logs;
    std::vector<std::unique_ptr<StepLog>> step_logs;  ///< By queue_number(). Builder only.
    StableLog<Mark> marks;
    StableLog<std::shared_ptr<const RunTable>> runs;  ///< Those that ended here.
    StableLog<LaneId> lanes;  ///< Of goroutines with a span here; repeats possible.

    /// Forgets everything but the memory of the logs. Requires: nobody else reads the segment.
    void clear();
};

/// The log of that number, made if it is not there.
template <typename T>
StableLog<T>& log_of(std::vector<std::unique_ptr<StableLog<T>>>& logs, std::size_t number) {
    if (number >= logs.size())
        logs.resize(number + 1);
    if (logs[number] == nullptr)
        logs[number] = std::make_unique<StableLog<T>>();
    return *logs[number];
}

/// One lane's part of SealedSegment::spans.
struct LaneRange {
    LaneId lane;
    std::uint32_t first = 0;
    std::uint32_t count = 0;
    std::uint32_t first_cell = UINT32_MAX;  ///< UINT32_MAX: it has too few spans for cells.
};

/// Spans of one lane, and the cells over them.
struct LanePieces {
    std::span<const Span> spans;
    std::span<const LaneCell> cells;
};

/// The steps of one queue in a segment, and the longest of each block of them.
struct QueueSteps {
    std::span<const QueueLengthStep> steps;
    /// Of each block of kBlockSteps, then of each block of kBlockSteps blocks, and so on, over all
    /// steps but the last, whose stretch goes on. A length that stood for no time is not counted.
    std::span<const std::uint32_t> longest;
};

inline constexpr std::size_t kBlockSteps = 8;

/// Never changes.
struct SealedSegment {
    std::uint64_t first_event = 0;
    TimeNs begin = 0;
    TimeNs end = 0;  ///< Time of its last event; no span ends later.
    QueueState queues;
    std::shared_ptr<const Tally> tally;
    std::vector<LaneRange> lanes;  ///< Sorted by lane.
    /// Where the lanes of each kind begin; one more than kinds.
    std::array<std::uint32_t, kLaneKinds + 1> kind_offsets{};
    std::vector<Span> spans;                  ///< By lane, then in time order.
    std::vector<LaneCell> cells;              ///< Lane by lane, level by level.
    std::vector<std::uint32_t> step_offsets;  ///< By queue_number(); one more than queues.
    std::vector<QueueLengthStep> steps;
    std::vector<std::uint32_t> block_offsets;  ///< Likewise.
    std::vector<std::uint32_t> longest_steps;  ///< QueueSteps::longest, queue by queue.
    std::vector<std::uint32_t> most_queued;  ///< By queue_number(): the greatest length of a step.
    std::vector<Mark> marks;
    std::vector<std::shared_ptr<const RunTable>> runs;

    [[nodiscard]] std::span<const Span> spans_of(LaneId lane) const;
    [[nodiscard]] LanePieces pieces_of(LaneId lane) const;
    [[nodiscard]] QueueSteps steps_of(trace::QueueId queue) const;

 private:
    [[nodiscard]] std::vector<LaneRange>::const_iterator find_lane(LaneId lane) const;
};

/// Global 0, rings from 1.
constexpr std::size_t queue_number(trace::QueueId queue) {
    return queue.kind == trace::QueueKind::Global ? 0 : std::size_t{1} + queue.p;
}

/// Sorts finished segments. Keeps its scratch tables between calls. Threads: one at a time.
class Sealer {
 public:
    std::shared_ptr<const SealedSegment> seal(const OpenSegment& open, TimeNs end);

 private:
    void copy_logs(const OpenSegment& open, LaneKind kind, SealedSegment& sealed);
    void sort_goroutines(const OpenSegment& open, SealedSegment& sealed);
    void count_goroutines(const OpenSegment& open);

    std::vector<std::uint32_t> counts_;  ///< By goroutine: spans, then where the next one goes.
    std::vector<GoroutineId> numbers_;   ///< Of the goroutines that have spans, in order.
};

}  // namespace golanes::model
