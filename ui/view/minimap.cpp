#include "ui/view/minimap.h"

#include <algorithm>

namespace golanes::view {
namespace {

bool has_failed(trace::RunStatus status) {
    using enum trace::RunStatus;
    return status != Running && status != Ok && status != Stopped;
}

TimeNs column_start(const TimeRange& range, std::size_t column, std::size_t columns) {
    const double share = static_cast<double>(column) / static_cast<double>(columns);
    return range.start + static_cast<TimeNs>(static_cast<double>(range.length()) * share);
}

/// Times in order become notes, at most one a column.
void add_notes(const Minimap& map,
               const std::vector<TimeNs>& times,
               NoteKind kind,
               std::vector<MinimapNote>& notes) {
    const DurationNs column =
        map.range.length() / static_cast<DurationNs>(std::max<std::size_t>(1, map.activity.size()));
    TimeNs next = map.range.start;
    for (const TimeNs time : times) {
        if (time < next)
            continue;
        notes.push_back({time, kind});
        next = time + column;
    }
}

}  // namespace

Minimap build_minimap(const model::Timeline& timeline, std::size_t columns) {
    Minimap map;
    map.range = {timeline.start(), std::max(timeline.end(), timeline.start() + 1)};
    const recording::Snapshot& recording = timeline.recording();
    map.activity.resize(columns);
    std::uint64_t before = recording.first_index();
    std::uint64_t most = 1;
    std::vector<std::uint64_t> counts(columns);
    for (std::size_t i = 0; i < columns; ++i) {
        const std::uint64_t after = recording.index_after(column_start(map.range, i + 1, columns));
        counts[i] = after - before;
        before = after;
        most = std::max(most, counts[i]);
    }
    std::transform(counts.begin(), counts.end(), map.activity.begin(), [&](std::uint64_t count) {
        return static_cast<float>(count) / static_cast<float>(most);
    });
    std::vector<TimeNs> failures;
    for (const model::RunInfo& run : timeline.runs()) {
        if (run.end >= 0 && has_failed(run.status))
            failures.push_back(run.end);
    }
    add_notes(map, failures, NoteKind::Failed, map.notes);
    std::vector<TimeNs> losses;
    if (recording.honesty.lost > 0) {
        for (const model::Mark& mark : timeline.marks(map.range.start, map.range.end)) {
            if (mark.kind == model::MarkKind::Loss)
                losses.push_back(mark.time);
        }
    }
    add_notes(map, losses, NoteKind::Loss, map.notes);
    std::stable_sort(map.notes.begin(), map.notes.end(), [](const auto& a, const auto& b) {
        return a.time < b.time;
    });
    return map;
}

std::vector<MinimapNote> finding_notes(const Minimap& map,
                                       const std::vector<model::Finding>& findings) {
    std::vector<TimeNs> times;
    for (const model::Finding& finding : findings)
        times.push_back(finding.from);
    std::sort(times.begin(), times.end());
    std::vector<MinimapNote> notes;
    add_notes(map, times, NoteKind::Finding, notes);
    return notes;
}

TimeRange centered(TimeRange range, TimeNs t, TimeRange bounds) {
    const DurationNs shift = t - (range.start + range.length() / 2);
    return panned(range, shift, bounds);
}

}  // namespace golanes::view
