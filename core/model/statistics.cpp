#include "core/model/statistics.h"

#include <algorithm>

namespace golanes::model {
namespace {

using trace::EventType;

// A goroutine begins (+1) or ceases (-1) to run.
struct Edge {
    TimeNs time;
    int step;

    // At one instant those who cease come first: [a, b) and [b, c) do not overlap.
    friend bool operator<(const Edge& a, const Edge& b) {
        return a.time != b.time ? a.time < b.time : a.step < b.step;
    }
};

void sweep(std::vector<Edge>& edges, Statistics& result) {
    std::sort(edges.begin(), edges.end());
    int running = 0;
    TimeNs since = 0;
    for (const Edge& edge : edges) {
        if (running >= 2)
            result.overlap_ns += edge.time - since;
        running += edge.step;
        since = edge.time;
        result.max_running = std::max(result.max_running, running);
    }
}

// The lanes of Ps show a goroutine only while it is on the P, and off-CPU stretches apart.
void add_window(const Timeline& timeline,
                const std::vector<LaneId>& procs,
                TimeNs t0,
                TimeNs t1,
                Statistics& result) {
    std::vector<Edge> edges;
    for (const LaneId lane : procs) {
        timeline.for_each_span(lane, t0, t1, [&](const Span& span) {
            const TimeNs start = std::max(span.start, t0);
            const TimeNs end = std::min(span.end, t1);
            if (span.state == State::OffCpu)
                result.off_cpu_ns += end - start;
            if (span.state != State::Running || end <= start)
                return;
            result.cpu_ns += end - start;
            edges.push_back({start, +1});
            edges.push_back({end, -1});
        });
    }
    sweep(edges, result);
}

// One chunk's time after another, so that the edges to sort stay few however long the range is.
void add_running(const Timeline& timeline, TimeNs t0, TimeNs t1, Statistics& result) {
    const std::vector<LaneId> procs = timeline.lanes(LaneKind::Proc, t0, t1);
    TimeNs from = t0;
    for (const auto& chunk : timeline.recording().chunks) {
        const auto border = static_cast<TimeNs>(chunk->data()[0].time);
        if (border <= from || border >= t1)
            continue;
        add_window(timeline, procs, from, border, result);
        from = border;
    }
    add_window(timeline, procs, from, t1, result);
}

void count(const trace::Event& event, Statistics& result) {
    switch (event.type) {
        case EventType::GoCreate:
            ++result.goroutines;
            break;
        case EventType::GoStart:
            ++result.switches;
            break;
        case EventType::Move:
            result.steals +=
                static_cast<trace::MoveReason>(event.flags) == trace::MoveReason::Steal ? 1 : 0;
            break;
        case EventType::GoStop:
            result.preemptions += event.flags >> trace::put_flag::kReasonShift ==
                                          static_cast<int>(trace::StopReason::Preempted)
                                      ? 1
                                      : 0;
            break;
        default:
            break;
    }
}

void add_counts(const recording::Snapshot& recording, TimeNs t0, TimeNs t1, Statistics& result) {
    for (std::size_t i = 0; i < recording.chunks.size(); ++i) {
        const std::span<const trace::Event> events = recording.events(i);
        auto at =
            std::partition_point(events.begin(), events.end(), [&](const trace::Event& event) {
                return static_cast<TimeNs>(event.time) < t0;
            });
        for (; at != events.end() && static_cast<TimeNs>(at->time) < t1; ++at)
            count(*at, result);
    }
}

DurationNs covered_by_runs(const Timeline& timeline, TimeNs t0, TimeNs t1) {
    DurationNs covered = 0;
    for (const RunInfo& run : timeline.runs()) {
        const TimeNs end = run.end < 0 ? timeline.end() : run.end;
        covered += std::max<DurationNs>(
            0, std::min(end, t1) - std::max({run.begin, t0, timeline.start()}));
    }
    return covered;
}

}  // namespace

Statistics statistics(const Timeline& timeline, TimeNs t0, TimeNs t1) {
    Statistics result;
    if (t1 <= t0)
        return result;
    add_running(timeline, t0, t1, result);
    add_counts(timeline.recording(), t0, t1, result);
    result.wall_ns = covered_by_runs(timeline, t0, t1);
    if (result.wall_ns > 0)
        result.parallelism =
            static_cast<double>(result.cpu_ns) / static_cast<double>(result.wall_ns);
    return result;
}

}  // namespace golanes::model
