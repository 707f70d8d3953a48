#include "ui/view/gantt_layout.h"

#include <algorithm>
#include <map>
#include <utility>

#include "ui/view/marks.h"
#include "ui/view/merge.h"
#include "ui/view/queue_stripes.h"

namespace golanes::view {
namespace {

/// Names of goroutines for labels, each looked up once a layout.
class Labels {
 public:
    Labels(const model::Timeline& timeline, Gantt& out) : timeline_(timeline), out_(out) {}

    std::uint32_t of(const model::Span& span) {
        if (span.g == 0)
            return kNone;
        if (span.lane.kind == model::LaneKind::Goroutine)
            return span.p == kNoProc ? kNone : number("P" + std::to_string(span.p), {0, span.p});
        return number(timeline_.goroutine_name(span.run, span.g), {span.run + 1, span.g});
    }

 private:
    std::uint32_t number(std::string text, std::pair<std::uint32_t, std::uint32_t> key) {
        const auto [entry, is_new] =
            known_.try_emplace(key, static_cast<std::uint32_t>(out_.labels.size()));
        if (is_new)
            out_.labels.push_back(std::move(text));
        return entry->second;
    }

    const model::Timeline& timeline_;
    Gantt& out_;
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> known_;
};

bool shows_text(model::State state) {
    return state == model::State::Running || state == model::State::OffCpu;
}

void add_labels(const model::Timeline& timeline, float min_px, Gantt& out) {
    Labels labels(timeline, out);
    for (Item& item : out.items) {
        if (item.kind == ItemKind::Span && item.width() > min_px && shows_text(item.state))
            item.label = labels.of(out.spans[item.span]);
    }
}

void add_lane_ground(const model::Timeline& timeline, std::uint32_t row_number, Gantt& out) {
    const Row& row = out.rows[row_number];
    const auto join = static_cast<DurationNs>(out.viewport.ns_per_px());
    for (const TimeRange life : lifetime_of_proc(timeline, row.number, out.viewport.range, join)) {
        Item item;
        item.kind = ItemKind::Lane;
        item.row = row_number;
        item.x0 = out.viewport.px_from_time(life.start);
        item.x1 = std::max(out.viewport.px_from_time(life.end), item.x0 + 1);
        item.y0 = row.top;
        item.y1 = row.top + row.bar_height;
        item.time = life;
        out.items.push_back(item);
    }
}

model::LaneKind lane_of(RowKind kind) {
    switch (kind) {
        case RowKind::Proc:
            return model::LaneKind::Proc;
        case RowKind::Machine:
            return model::LaneKind::Machine;
        case RowKind::Cpu:
            return model::LaneKind::Cpu;
        default:
            return model::LaneKind::Goroutine;
    }
}

void add_spans(const model::Timeline& timeline,
               const MergeStyle& merge,
               std::uint32_t row_number,
               Gantt& out) {
    const Row& row = out.rows[row_number];
    const model::LaneId lane{lane_of(row.kind), row.number};
    SpanMerger merger(out.viewport, merge, row_number, out);
    const TimeRange range = out.viewport.range;
    const auto blur =
        static_cast<DurationNs>(out.viewport.ns_per_px() * static_cast<double>(merge.column_px));
    const auto add = [&](const auto& piece) {
        merger.add(piece);
        ++out.spans_read;
    };
    timeline.for_each_piece(lane, range.start, range.end, blur, add, add);
    merger.finish();
}

/// The rows that can be seen: the pinned ones, and those in the part that is scrolled to.
std::vector<std::uint32_t> visible_rows(const std::vector<Row>& rows, const GanttStyle& style) {
    std::vector<std::uint32_t> visible;
    for (std::uint32_t i = 0; i < rows.size(); ++i) {
        const Row& row = rows[i];
        if (row.pinned || (row.bottom() >= style.visible_top && row.top < style.visible_bottom))
            visible.push_back(i);
    }
    return visible;
}

/// Fills the picture with items, in columns as narrow as the style's number of items allows.
class Filler {
 public:
    Filler(const model::Timeline& timeline,
           const GanttStyle& style,
           const std::vector<std::uint32_t>& rows,
           Gantt& out)
        : timeline_(timeline),
          style_(style),
          rows_(rows),
          borders_(column_borders(out.viewport)),
          out_(out) {}

    // The narrowest columns are looked for from a guess: most widths are tried in vain.
    void fill() {
        if (fill(1))
            return;
        float column_px = std::max(2.0F, guess() / 2);
        if (fill(column_px))
            return narrow(column_px);
        while (!fill(column_px * 2))
            column_px *= 2;
    }

 private:
    // The next width below fits, too, or the present one is made again.
    void narrow(float column_px) {
        while (column_px > 2 && fill(column_px / 2))
            column_px /= 2;
        if (out_.column_px < column_px)
            fill(column_px);
    }

    // The width at which what was filled would fit if all rows were like it.
    [[nodiscard]] float guess() const {
        float column_px = out_.column_px;
        for (std::size_t items = all_items(); items > style_.max_items; items /= 2)
            column_px *= 2;
        return column_px;
    }

    [[nodiscard]] std::size_t all_items() const {
        return out_.items.size() * rows_.size() / std::max<std::size_t>(filled_, 1);
    }

    [[nodiscard]] bool is_too_much() const {
        if (out_.column_px >= out_.viewport.width_px)
            return false;
        // At first only a guess is wanted.
        const bool is_hopeless =
            out_.column_px == 1 && filled_ > 1 && all_items() > 4 * style_.max_items;
        return out_.items.size() > style_.max_items || is_hopeless;
    }

    // False: there are more items than the style allows. The rest is not read then.
    bool fill(float column_px) {
        out_.column_px = column_px;
        out_.items.clear();
        out_.spans.clear();
        out_.spans_read = 0;
        filled_ = 0;
        set_borders();
        for (const std::uint32_t i : rows_) {
            fill_row(i);
            ++filled_;
            if (is_too_much())
                return false;
        }
        return true;
    }

    void fill_row(std::uint32_t i) {
        const MergeStyle merge{std::max(2.0F, out_.column_px), out_.column_px};
        const Row& row = out_.rows[i];
        if (row.kind == RowKind::Proc)
            add_lane_ground(timeline_, i, out_);
        if (row.stripe_height > 0)
            add_queue_items(timeline_, wide_borders_, i, out_);
        if (row.bar_height > 0)
            add_spans(timeline_, merge, i, out_);
    }

    void set_borders() {
        const auto step = static_cast<std::size_t>(out_.column_px);
        wide_borders_.clear();
        for (std::size_t i = step - 1; i < borders_.size(); i += step)
            wide_borders_.push_back(borders_[i]);
    }

    const model::Timeline& timeline_;
    const GanttStyle& style_;
    const std::vector<std::uint32_t>& rows_;  ///< Those to be filled.
    std::vector<TimeNs> borders_;             ///< Of columns of one pixel.
    std::vector<TimeNs> wide_borders_;        ///< Of the present columns.
    std::uint32_t filled_ = 0;                ///< Rows.
    Gantt& out_;
};

/// Cuts `life` into the parts in which a run goes on.
void add_run_parts(const model::Timeline& timeline,
                   TimeRange life,
                   DurationNs join,
                   std::vector<TimeRange>& out) {
    const auto add = [&](TimeRange part) {
        if (part.length() <= 0)
            return;
        if (!out.empty() && part.start - out.back().end <= join)
            out.back().end = part.end;
        else
            out.push_back(part);
    };
    if (timeline.runs().empty())
        add({std::max(life.start, timeline.start()), std::min(life.end, timeline.end())});
    for (const model::RunInfo& run : timeline.runs()) {
        const TimeNs end = run.end >= 0 ? run.end : timeline.end();
        add({std::max(life.start, run.begin), std::min(life.end, end)});
    }
}

}  // namespace

std::vector<TimeRange> lifetime_of_proc(const model::Timeline& timeline,
                                        std::uint32_t p,
                                        TimeRange range,
                                        DurationNs join) {
    std::vector<TimeRange> parts;
    TimeNs since = range.start;
    bool exists =
        timeline.procs_at(range.start) > static_cast<int>(p) || timeline.proc_counts().empty();
    for (const model::CountStep& step : timeline.proc_counts()) {
        if (step.time <= range.start || step.time >= range.end)
            continue;
        if (exists)
            add_run_parts(timeline, {since, step.time}, join, parts);
        exists = step.count > static_cast<int>(p);
        since = step.time;
    }
    if (exists)
        add_run_parts(timeline, {since, range.end}, join, parts);
    return parts;
}

void build_gantt(const model::Timeline& timeline,
                 const Viewport& viewport,
                 const GanttStyle& style,
                 Gantt& out) {
    out.viewport = viewport;
    out.labels.clear();
    out.height = build_rows(timeline, viewport.range, style.rows, out.rows);
    out.pinned_height = 0;
    for (const Row& row : out.rows)
        out.pinned_height = row.pinned ? row.bottom() : out.pinned_height;
    const auto visible = visible_rows(out.rows, style);
    for (const std::uint32_t i : visible)
        name_row(timeline, viewport.range, out.rows[i]);
    out.queue_scale = queue_scale(timeline, viewport.range, out.rows);
    Filler(timeline, style, visible, out).fill();
    add_labels(timeline, style.label_min_px * style.rows.scale, out);
    add_marks(timeline, style.rows.scale, out);
    add_run_bands(timeline, out);
}

}  // namespace golanes::view
