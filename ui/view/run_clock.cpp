#include "ui/view/run_clock.h"

#include <algorithm>
#include <cmath>

#include "core/model/range_statistics.h"

namespace golanes::view {
namespace {

constexpr std::size_t kParts = 4096;

}  // namespace

RunClock::RunClock(const model::Timeline& timeline, const model::RunInfo& run, ClockKind kind)
    : run_{run.begin, std::max(run.begin + 1, run.end >= 0 ? run.end : timeline.end())} {
    if (kind == ClockKind::Wall)
        return;
    const std::size_t parts = std::min(kParts, static_cast<std::size_t>(run_.length()));
    const double part_ns = static_cast<double>(run_.length()) / static_cast<double>(parts);
    double sum = 0;
    readings_.push_back(0);
    for (const auto& part : model::running_over_time(timeline, run_.start, run_.end, parts))
        readings_.push_back(sum += part.mean * part_ns);
}

DurationNs RunClock::length() const {
    return readings_.empty() ? run_.length() : std::llround(readings_.back());
}

DurationNs RunClock::reading_at(TimeNs t) const {
    if (readings_.empty() || t <= run_.start)
        return t - run_.start;
    if (t >= run_.end)
        return length() + (t - run_.end);
    const auto parts = static_cast<double>(readings_.size() - 1);
    const double at =
        static_cast<double>(t - run_.start) / static_cast<double>(run_.length()) * parts;
    const auto part = std::min(static_cast<std::size_t>(at), readings_.size() - 2);
    return std::llround(
        std::lerp(readings_[part], readings_[part + 1], at - static_cast<double>(part)));
}

TimeNs RunClock::time_of(DurationNs reading) const {
    if (readings_.empty() || reading <= 0)
        return run_.start + reading;
    if (reading >= length())
        return run_.end + (reading - length());
    const auto wanted = static_cast<double>(reading);
    const auto after = std::ranges::lower_bound(readings_, wanted);
    if (after == readings_.begin())
        return run_.start;
    const double before = *(after - 1);
    const double part = static_cast<double>(after - readings_.begin() - 1) +
                        (*after > before ? (wanted - before) / (*after - before) : 0);
    const auto parts = static_cast<double>(readings_.size() - 1);
    return run_.start + std::llround(part / parts * static_cast<double>(run_.length()));
}

void place_by_clock(const RunClock& clock, const Viewport& readings, Gantt& gantt) {
    const auto px = [&](TimeNs t) {
        return readings.px_from_time(clock.reading_at(t));
    };
    for (Item& item : gantt.items) {
        item.x0 = px(item.time.start);
        item.x1 = px(item.time.end);
    }
    for (MarkItem& mark : gantt.marks)
        mark.x = px(mark.mark.time);
}

}  // namespace golanes::view
