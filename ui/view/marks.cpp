#include "ui/view/marks.h"

#include <algorithm>
#include <array>

#include "ui/view/rows.h"

namespace golanes::view {
namespace {

using model::MarkKind;

constexpr std::size_t kKinds = static_cast<std::size_t>(MarkKind::Check) + 1;

std::uint32_t row_for(const model::Mark& mark, const std::vector<Row>& rows) {
    switch (mark.kind) {
        case MarkKind::Preempted:
        case MarkKind::Steal:
        case MarkKind::HandOff:
            return row_of(rows, RowKind::Proc, mark.p);
        case MarkKind::StackGrowth:
        case MarkKind::Log:
        case MarkKind::Check:
        case MarkKind::Panic:
            return row_of(rows, RowKind::Goroutine, mark.g);
        default:
            return kNone;
    }
}

/// How near the next mark of the kind may be drawn: preemptions, steals and hand-offs are shapes.
float width_px(MarkKind kind) {
    const bool shape =
        kind == MarkKind::Preempted || kind == MarkKind::Steal || kind == MarkKind::HandOff;
    return shape ? 7.0F : 3.0F;
}

}  // namespace

bool is_line(MarkKind kind) {
    switch (kind) {
        case MarkKind::ProcCount:
        case MarkKind::CpuCount:
        case MarkKind::WorldStop:
        case MarkKind::Deadlock:
        case MarkKind::Loss:
        case MarkKind::Violation:
            return true;
        default:
            return false;
    }
}

void add_marks(const model::Timeline& timeline, float scale, Gantt& out) {
    out.marks.clear();
    const std::vector<model::Mark> marks =
        timeline.marks(out.viewport.range.start, out.viewport.range.end);
    if (marks.empty())
        return;
    // The last mark of each kind on each row (and of each line kind, in the row after the last).
    std::vector<std::array<std::uint32_t, kKinds>> last(out.rows.size() + 1);
    for (auto& kinds : last)
        kinds.fill(kNone);
    for (const model::Mark& mark : marks) {
        const std::uint32_t row = row_for(mark, out.rows);
        if (row == kNone && !is_line(mark.kind))
            continue;
        const float x = out.viewport.px_from_time(mark.time);
        const std::size_t slot = row == kNone ? out.rows.size() : row;
        std::uint32_t& before = last[slot][static_cast<std::size_t>(mark.kind)];
        if (before != kNone && x - out.marks[before].x < width_px(mark.kind) * scale) {
            ++out.marks[before].count;
            continue;
        }
        before = static_cast<std::uint32_t>(out.marks.size());
        out.marks.push_back({x, row, 1, mark});
    }
}

void add_run_bands(const model::Timeline& timeline, Gantt& out) {
    out.runs.clear();
    const TimeRange range = out.viewport.range;
    for (const model::RunInfo& run : timeline.runs()) {
        const TimeNs end = run.end >= 0 ? run.end : timeline.end();
        if (end < range.start || run.begin >= range.end)
            continue;
        const float x0 = out.viewport.px_from_time(run.begin);
        const float x1 = out.viewport.px_from_time(end);
        if (x1 - x0 >= 1)
            out.runs.push_back({x0, x1, run.number, run.status});
    }
}

}  // namespace golanes::view
