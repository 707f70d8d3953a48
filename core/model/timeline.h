#pragma once
// Timeline: what the events mean. Lanes of spans for every P, goroutine, M and CPU, the runs, the
// goroutines, the exact contents of every queue. Everything the window draws and every number it
// shows comes from here.
//
// A Timeline is a frozen view, made by TimelineBuilder (builder.h): cheap to copy, safe on any
// thread. It is made of segments, one per recording chunk (segment.h). A span lives in the segment
// in which it closed, with its true start, so nothing is cut at borders; a sealed segment holds its
// spans sorted by lane. Old segments can be shed: a span that began before what is still held is
// told from the start of the timeline on, with Span::kContinuesBefore.
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/recording/recording.h"
#include "core/trace/event.h"

namespace golanes::model {

enum class LaneKind : std::uint8_t { Proc, Goroutine, Machine, Cpu };

inline constexpr std::size_t kLaneKinds = 4;

/// One row of the picture: P 3, goroutine 7, M 2, CPU 1.
struct LaneId {
    LaneKind kind = LaneKind::Proc;
    std::uint32_t number = 0;

    friend bool operator==(const LaneId&, const LaneId&) = default;
    // NOLINTNEXTLINE(modernize-use-nullptr): the compiler's own code for <=> compares with 0
    friend auto operator<=>(const LaneId&, const LaneId&) = default;
};

/// What a lane was doing. One enum for all lanes, so that colours and texts have one table.
enum class State : std::uint8_t {
    Runnable,  ///< G: in a run queue.
    Running,   ///< G: on a P and (as far as known) on a CPU. P, M, CPU: runs goroutine g.
    OffCpu,  ///< G, P, M: on a P, but the operating system ran something else (measured by work()).
    Waiting,   ///< G: parked; `detail` is the WaitReason.
    Blocking,  ///< G, M: in a blocking call. P: it stands still with its M (hand-off is off).
    Idle,      ///< P: no goroutine. M: holds a P, runs none.
    Spinning,  ///< M: searches for work.
    Parked,    ///< M: sleeps in the kernel.
    Stopped,   ///< P: the world is stopped.
    Lost,      ///< Any: events are missing here (a full ring).
    Count_,
};

/// One stretch of one state on one lane. Half-open: [start, end). Times in ns of the recording.
struct Span {
    static constexpr std::uint8_t kContinuesBefore = 1;  ///< More before start was shed.
    static constexpr std::uint8_t kContinuesAfter = 2;   ///< Reserved; no span is cut at its end.
    static constexpr std::uint8_t kOpen = 4;  ///< Still going on at the end of the timeline.

    TimeNs start = 0;
    TimeNs end = 0;
    LaneId lane;
    State state = State::Idle;
    std::uint8_t detail = 0;  ///< WaitReason (Waiting), StopReason that ended it (Running).
    std::uint8_t flags = 0;
    ProcId p = kNoProc;        ///< The P it ran on (G, M and CPU lanes).
    CpuId cpu = kNoCpu;        ///< The CPU at its start.
    PlaceId where = 0;         ///< Source place where the state began.
    GoroutineId g = 0;         ///< The goroutine (all lanes; 0: none).
    std::uint32_t object = 0;  ///< The object waited for (Waiting).
    std::uint32_t run = 0;     ///< Number of the run it belongs to.

    [[nodiscard]] DurationNs length() const { return end - start; }
};

/// What one goroutine did in one state, in a LaneCell.
struct CellPart {
    GoroutineId g = 0;
    float ns = 0;
    std::uint32_t count = 0;  ///< Spans.
    State state = State::Running;
};

/// Some neighbouring spans of a lane, added up. What was Idle or Parked in it is no part.
struct LaneCell {
    TimeNs start = 0;               ///< Of the first span.
    TimeNs end = 0;                 ///< Of the last.
    std::array<CellPart, 3> parts;  ///< Loss first, then what took most time; count 0: none.
    CellPart others;                ///< All that found no part of its own.
};

/// A goroutine of one run.
struct GoroutineInfo {
    GoroutineId id = 0;
    std::uint32_t run = 0;
    GoroutineId creator = 0;
    PlaceId made_at = 0;  ///< Place of the go statement; its label is the goroutine's name.
    TimeNs created = 0;
    TimeNs ended = -1;  ///< -1: alive at the end of the timeline.
    trace::EventType end_kind =
        trace::EventType::None;     ///< GoEnd, GoPanic, GoKilled; None while alive.
    State state = State::Runnable;  ///< At the end of the timeline.
    trace::WaitReason reason = trace::WaitReason::None;
    std::uint32_t object = 0;
    TimeNs since = 0;       ///< When that state began.
    PlaceId where = 0;      ///< Where it last stood.
    DurationNs run_ns = 0;  ///< On a P, off-CPU gaps taken out.
    DurationNs off_cpu_ns = 0;
    DurationNs runnable_ns = 0;
    DurationNs waiting_ns = 0;
    DurationNs blocking_ns = 0;
    std::uint32_t run_slices = 0;
    std::uint32_t stack_bytes = 0;  ///< The most its stack had; 0: not said, it did not grow.
};

/// A channel, lock or shared variable of one run.
struct ObjectInfo {
    ObjectId id = 0;
    std::uint32_t run = 0;
    trace::ObjectKind kind = trace::ObjectKind::Chan;
    std::uint32_t capacity = 0;
    PlaceId made_at = 0;  ///< Its label is the object's name.
};

/// One run of the scenario; a recording in repeat mode holds many.
struct RunInfo {
    std::uint32_t number = 0;
    std::uint64_t seed = 0;
    bool is_virtual = false;
    TimeNs begin = 0;
    TimeNs end = -1;  ///< -1: still going on.
    trace::RunStatus status = trace::RunStatus::Running;
    std::string message;
    std::string outcome;  ///< As text; empty: none reported.
    std::string replay;   ///< The replay token of the run so far; empty: it has none.
};

/// Something that happened at one instant and deserves a mark.
enum class MarkKind : std::uint8_t {
    Preempted,
    ProcCount,
    CpuCount,
    WorldStop,
    Steal,
    HandOff,
    StackGrowth,
    Panic,
    Deadlock,
    Loss,
    Violation,
    Log,
    Check
};

struct Mark {
    TimeNs time = 0;
    MarkKind kind = MarkKind::Log;
    ProcId p = kNoProc;
    GoroutineId g = 0;
    std::uint64_t value = 0;  ///< Count, string number, ... by kind.
    std::string text;         ///< Violation: what was wrong.
};

/// A step of the number of Ps, or of the CPUs their threads may use.
struct CountStep {
    TimeNs time = 0;
    int count = 0;
};

/// A step of the length of one run queue.
struct QueueLengthStep {
    TimeNs time = 0;
    trace::QueueId queue;
    std::uint32_t length = 0;  ///< For Ring: ring and runnext together.
};

/// One length of a run queue, or the greatest of several that follow one another.
struct QueueStretch {
    TimeNs start = 0;
    TimeNs end = 0;
    std::uint32_t length = 0;
};

/// What stood where at one moment. Exact: from recorded indices.
struct ProcQueues {
    ProcId p = 0;
    GoroutineId running = 0;
    MachineId machine = 0;
    GoroutineId runnext = 0;
    std::vector<GoroutineId> ring;  ///< Head first.
};

struct Queues {
    std::vector<GoroutineId> global;  ///< Head first.
    std::vector<ProcQueues> procs;    ///< By P number; the Ps that exist at that time.
};

struct TimelineData;  // builder's inside: timeline_data.h

/// The frozen view.
class Timeline {
 public:
    Timeline();
    explicit Timeline(std::shared_ptr<const TimelineData> data);

    [[nodiscard]] const recording::Snapshot& recording() const;
    [[nodiscard]] TimeNs start() const;
    [[nodiscard]] TimeNs end() const;

    [[nodiscard]] bool empty() const { return end() <= start(); }

    /// All lanes of a kind that ever existed in what is still held, by number.
    [[nodiscard]] std::vector<LaneId> lanes(LaneKind kind) const;
    /// The lanes of a kind with at least one span in [t0, t1), by number.
    [[nodiscard]] std::vector<LaneId> lanes(LaneKind kind, TimeNs t0, TimeNs t1) const;

    /// Calls f for every span of the lane that touches [t0, t1), in time order.
    void for_each_span(LaneId lane,
                       TimeNs t0,
                       TimeNs t1,
                       const std::function<void(const Span&)>& f) const;
    /// The same with the spans that lie close together added up: for each run of spans that is at
    /// most `blur` long in all a cell, for the others f, in time order. The first cell may begin
    /// before t0, by less than `blur`.
    void for_each_piece(LaneId lane,
                        TimeNs t0,
                        TimeNs t1,
                        DurationNs blur,
                        const std::function<void(const Span&)>& f,
                        const std::function<void(const LaneCell&)>& cell) const;
    /// The span of the lane at t, if any, with its true start and end.
    [[nodiscard]] std::optional<Span> span_at(LaneId lane, TimeNs t) const;

    [[nodiscard]] std::span<const RunInfo> runs() const;
    /// The run that covers t, or the last one that began before it.
    [[nodiscard]] const RunInfo* run_at(TimeNs t) const;
    /// The goroutines of a run, by id.
    [[nodiscard]] std::vector<GoroutineInfo> goroutines(std::uint32_t run) const;
    [[nodiscard]] std::optional<GoroutineInfo> goroutine(std::uint32_t run, GoroutineId id) const;
    [[nodiscard]] std::optional<ObjectInfo> object(std::uint32_t run, ObjectId id) const;
    /// "worker 3", or "G7" when it was given no name; "main" for goroutine 1.
    [[nodiscard]] std::string goroutine_name(std::uint32_t run, GoroutineId id) const;

    [[nodiscard]] std::span<const CountStep> proc_counts() const;
    [[nodiscard]] int procs_at(TimeNs t) const;
    [[nodiscard]] int max_procs() const;
    /// How many CPUs the threads might use: what the last CpuCount said, or Meta::cpus.
    [[nodiscard]] int cpus_at(TimeNs t) const;
    /// Marks in [t0, t1), in time order.
    [[nodiscard]] std::vector<Mark> marks(TimeNs t0, TimeNs t1) const;
    /// Steps of the queue's length in [t0, t1), preceded by the one in force at t0.
    [[nodiscard]] std::vector<QueueLengthStep> queue_lengths(trace::QueueId queue,
                                                             TimeNs t0,
                                                             TimeNs t1) const;
    /// Calls f for each stretch of [t0, t1) in which the queue was not empty, in time order. Those
    /// that lie between two neighbouring `borders` may be told as one: from the first one's start
    /// to the last one's end, the greatest length. Without borders each is told.
    void for_each_queue_stretch(trace::QueueId queue,
                                TimeNs t0,
                                TimeNs t1,
                                std::span<const TimeNs> borders,
                                const std::function<void(const QueueStretch&)>& f) const;
    /// The greatest length of the queue in [t0, t1), be it for an instant.
    [[nodiscard]] std::uint32_t longest_queue(trace::QueueId queue, TimeNs t0, TimeNs t1) const;
    /// Contents of every queue at t.
    [[nodiscard]] Queues queues_at(TimeNs t) const;
    /// Contents of every queue just after the event of that number: several may share one time.
    [[nodiscard]] Queues queues_after(std::uint64_t event) const;

    /// Transitions that the table forbids. 0 in every recording of ours that lost nothing.
    [[nodiscard]] std::uint64_t violations() const;
    [[nodiscard]] std::span<const std::string> violation_texts() const;  ///< The first few.

    /// What stands behind it. For the model's own files.
    [[nodiscard]] const TimelineData& data() const { return *data_; }

 private:
    std::shared_ptr<const TimelineData> data_;
};

}  // namespace golanes::model
