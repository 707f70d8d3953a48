#include "core/model/levels_in_range.h"

#include <algorithm>

#include "core/model/timeline_data.h"

namespace golanes::model {
namespace {

// At one instant those who cease come first: [a, b) and [b, c) do not overlap.
bool is_before(const LevelEdge& a, const LevelEdge& b) {
    return a.time != b.time ? a.time < b.time : a.step < b.step;
}

void add_time(std::vector<DurationNs>& levels, std::size_t level, DurationNs length) {
    if (level >= levels.size())
        levels.resize(level + 1);
    levels[level] += length;
}

}  // namespace

// The lanes of Ps show a goroutine only while it is on the P, and off-CPU stretches apart.
void sweep_lanes(const Timeline& timeline,
                 TimeNs t0,
                 TimeNs t1,
                 const std::function<void(TimeNs, TimeNs, int)>& f) {
    std::vector<LevelEdge> edges;
    for (const LaneId lane : timeline.lanes(LaneKind::Proc, t0, t1)) {
        timeline.for_each_span(lane, t0, t1, [&](const Span& span) {
            const TimeNs start = std::max(span.start, t0);
            const TimeNs end = std::min(span.end, t1);
            if (span.state != State::Running || end <= start)
                return;
            edges.push_back({start, +1});
            edges.push_back({end, -1});
        });
    }
    std::sort(edges.begin(), edges.end(), is_before);
    int level = 0;
    TimeNs since = t0;
    for (const LevelEdge& edge : edges) {
        if (level > 0 && edge.time > since)
            f(since, edge.time, level);
        level += edge.step;
        since = edge.time;
    }
}

std::vector<LevelPart> level_parts(const Timeline& timeline, TimeNs t0, TimeNs t1, bool partly) {
    const TimelineData& data = timeline.data();
    std::vector<LevelPart> parts;
    const auto add = [&](TimeNs begin, TimeNs end, const LevelSummary* summary) {
        const TimeNs from = std::max(begin, t0);
        const TimeNs to = std::min(end, t1);
        if (to <= from)
            return;
        const bool fits = from == begin && to == end;
        parts.push_back({from, to, fits || partly ? summary : nullptr});
    };
    for (std::size_t i = 0; i < data.sealed.size(); ++i) {
        const TimeNs begin = data.sealed[i]->begin;
        const TimeNs end = i + 1 < data.sealed.size() ? data.sealed[i + 1]->begin
                           : data.open                ? data.open->begin
                                                      : data.end;
        const LevelSummary* summary = i < data.levels.size() ? data.levels[i].get() : nullptr;
        const bool is_its = summary != nullptr && summary->begin == begin && summary->end == end;
        add(begin, end, is_its ? summary : nullptr);
    }
    if (data.open)
        add(data.open->begin, data.end, nullptr);
    return parts;
}

std::vector<DurationNs> levels_in_range(const Timeline& timeline, TimeNs t0, TimeNs t1) {
    std::vector<DurationNs> levels;
    for (const LevelPart& part : level_parts(timeline, t0, t1, false)) {
        if (part.summary == nullptr) {
            sweep_lanes(timeline, part.begin, part.end, [&](TimeNs from, TimeNs to, int level) {
                add_time(levels, static_cast<std::size_t>(level), to - from);
            });
            continue;
        }
        for (std::size_t level = 1; level < part.summary->time_at.size(); ++level)
            add_time(levels, level, part.summary->time_at[level]);
    }
    DurationNs busy = 0;
    for (const DurationNs length : levels)
        busy += length;
    if (t1 > t0)
        add_time(levels, 0, t1 - t0 - busy);
    return levels;
}

}  // namespace golanes::model
