#include "ui/view/rows.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

namespace golanes::view {
namespace {

/// Heights at scale 1.
struct Heights {
    float heading = 20;
    float bar = 0;
    float stripe = 0;
    float gap = 6;
    float global = 20;
    float goroutine = 0;
    float thin = 18;  ///< Ms and CPUs.
};

Heights heights_for(std::size_t procs, std::size_t goroutines, float available) {
    Heights heights;
    const auto lanes = static_cast<float>(std::max<std::size_t>(procs, 1));
    const float each = (0.5F * available - heights.heading) / lanes;
    heights.stripe = each >= 40 ? 12.0F : 8.0F;
    heights.bar = std::clamp(each - heights.stripe - heights.gap, 18.0F, 44.0F);
    const float used =
        lanes * (heights.bar + heights.stripe + heights.gap) + 2 * heights.heading + heights.global;
    const auto rows = static_cast<float>(std::max<std::size_t>(goroutines, 1));
    heights.goroutine = std::clamp((available - used - heights.gap) / rows, 17.0F, 26.0F);
    return heights;
}

class RowWriter {
 public:
    RowWriter(const Heights& heights, float scale, std::vector<Row>& rows)
        : heights_(heights), scale_(scale), rows_(rows) {
        rows_.clear();
    }

    void heading(RowKind kind) { add(kind, 0, heights_.heading, 0, 0); }

    void proc(std::uint32_t number) {
        add(RowKind::Proc,
            number,
            heights_.bar + heights_.stripe + heights_.gap,
            heights_.bar,
            heights_.stripe);
    }

    void global_queue() {
        add(RowKind::GlobalQueue, 0, heights_.global, 0, heights_.global - heights_.gap);
    }

    void thin(RowKind kind, std::uint32_t number) {
        add(kind, number, heights_.thin, heights_.thin - 4, 0);
    }

    void goroutine(std::uint32_t number) {
        add(RowKind::Goroutine, number, heights_.goroutine, heights_.goroutine - 3, 0);
    }

    void pinned(std::uint32_t number) {
        goroutine(number);
        rows_.back().pinned = true;
    }

    void more(std::size_t hidden) {
        add(RowKind::More, static_cast<std::uint32_t>(hidden), heights_.goroutine, 0, 0);
    }

    [[nodiscard]] float height() const { return y_; }

 private:
    void add(RowKind kind, std::uint32_t number, float height, float bar, float stripe) {
        Row row;
        row.kind = kind;
        row.number = number;
        row.top = y_;
        row.height = height * scale_;
        row.bar_height = bar * scale_;
        row.stripe_top = y_ + bar * scale_;
        row.stripe_height = stripe * scale_;
        y_ += row.height;
        rows_.push_back(std::move(row));
    }

    Heights heights_;
    float scale_;
    float y_ = 0;
    std::vector<Row>& rows_;
};

/// A goroutine's number may belong to several runs in view: the newest that has it gives the name.
std::string name_in_view(const model::Timeline& timeline, TimeRange range, GoroutineId id) {
    const std::array<TimeNs, 3> moments{
        range.end - 1, range.start + range.length() / 2, range.start};
    for (const TimeNs t : moments) {
        const model::RunInfo* run = timeline.run_at(t);
        if (run != nullptr && timeline.goroutine(run->number, id))
            return timeline.goroutine_name(run->number, id);
    }
    return timeline.goroutine_name(0, id);
}

void add_thin_rows(const model::Timeline& timeline,
                   TimeRange range,
                   model::LaneKind lanes,
                   const RowChoice& choice,
                   RowWriter& writer) {
    const bool machines = lanes == model::LaneKind::Machine;
    const RowKind heading = machines ? RowKind::MachineHeading : RowKind::CpuHeading;
    writer.heading(heading);
    if (choice.folded.contains(heading))
        return;
    for (const model::LaneId lane : timeline.lanes(lanes, range.start, range.end))
        writer.thin(machines ? RowKind::Machine : RowKind::Cpu, lane.number);
}

/// The goroutines of the runs in view, as the person wants to see them.
struct GoroutineRows {
    std::vector<GoroutineId> pinned;  ///< In the order in which they were pinned.
    std::vector<GoroutineId> others;
    std::size_t more = 0;  ///< Would be rows, too, but are too many.
};

GoroutineRows choose_goroutines(const model::Timeline& timeline,
                                TimeRange range,
                                const RowStyle& style) {
    const RowChoice& choice = style.choice;
    GoroutineRows chosen;
    const auto lanes = timeline.lanes(model::LaneKind::Goroutine, range.start, range.end);
    for (const GoroutineId g : choice.pinned) {
        if (std::any_of(lanes.begin(), lanes.end(), [g](auto lane) { return lane.number == g; }))
            chosen.pinned.push_back(g);
    }
    if (choice.folded.contains(RowKind::GoroutineHeading))
        return chosen;
    for (const model::LaneId lane : lanes) {
        const GoroutineId g = lane.number;
        if (choice.is_pinned(g) ||
            (!choice.filter.empty() &&
             !matches_filter(choice.filter, g, name_in_view(timeline, range, g))))
            continue;
        if (chosen.others.size() < style.max_goroutines)
            chosen.others.push_back(g);
        else
            ++chosen.more;
    }
    return chosen;
}

}  // namespace

float build_rows(const model::Timeline& timeline,
                 TimeRange range,
                 const RowStyle& style,
                 std::vector<Row>& rows) {
    const auto procs = timeline.lanes(model::LaneKind::Proc, range.start, range.end);
    const GoroutineRows goroutines = choose_goroutines(timeline, range, style);
    const RowChoice& choice = style.choice;
    RowWriter writer(heights_for(choice.folded.contains(RowKind::ProcHeading) ? 0 : procs.size(),
                                 goroutines.pinned.size() + goroutines.others.size(),
                                 style.available_px / style.scale),
                     style.scale,
                     rows);
    for (const GoroutineId g : goroutines.pinned)
        writer.pinned(g);
    writer.heading(RowKind::ProcHeading);
    if (!choice.folded.contains(RowKind::ProcHeading)) {
        for (const model::LaneId lane : procs)
            writer.proc(lane.number);
        writer.global_queue();
    }
    if (style.shows_machines)
        add_thin_rows(timeline, range, model::LaneKind::Machine, choice, writer);
    if (style.shows_cpus)
        add_thin_rows(timeline, range, model::LaneKind::Cpu, choice, writer);
    writer.heading(RowKind::GoroutineHeading);
    for (const GoroutineId g : goroutines.others)
        writer.goroutine(g);
    if (goroutines.more > 0)
        writer.more(goroutines.more);
    return writer.height();
}

void name_row(const model::Timeline& timeline, TimeRange range, Row& row) {
    if (row.kind == RowKind::Goroutine)
        row.name = name_in_view(timeline, range, row.number);
}

// The pinned ones stand first, in any order; the others by kind, and by number within a kind.
std::uint32_t row_of(const std::vector<Row>& rows, RowKind kind, std::uint32_t number) {
    const auto is_it = [&](const Row& row) {
        return row.kind == kind && row.number == number;
    };
    auto found = rows.begin();
    for (; found != rows.end() && found->pinned; ++found) {
        if (is_it(*found))
            return static_cast<std::uint32_t>(found - rows.begin());
    }
    found = std::partition_point(found, rows.end(), [&](const Row& row) {
        return std::tuple(row.kind, row.number) < std::tuple(kind, number);
    });
    return found != rows.end() && is_it(*found) ? static_cast<std::uint32_t>(found - rows.begin())
                                                : kNone;
}

}  // namespace golanes::view
