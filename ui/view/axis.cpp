#include "ui/view/axis.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

namespace golanes::view {
namespace {

struct Unit {
    DurationNs ns;
    const char* name;
};

constexpr std::array<Unit, 4> kUnits{
    {{kSecond, "s"}, {kMillisecond, "ms"}, {kMicrosecond, "\xC2\xB5s"}, {1, "ns"}}};

/// One unit for the whole axis: the largest that the farthest label reaches.
const Unit& unit_for(DurationNs farthest) {
    for (const Unit& unit : kUnits) {
        if (farthest >= unit.ns)
            return unit;
    }
    return kUnits.back();
}

int decimals_for(DurationNs step, const Unit& unit) {
    int decimals = 0;
    for (DurationNs part = unit.ns; part > 1 && step % part != 0; part /= 10)
        ++decimals;
    return decimals;
}

struct Plan {
    DurationNs step = 1;
    Unit unit{1, "ns"};
    int decimals = 0;
    int minor_parts = 5;
};

std::string label_of(DurationNs offset, const Plan& plan) {
    if (offset == 0)
        return "0";
    const double value = static_cast<double>(offset) / static_cast<double>(plan.unit.ns);
    return fmt::format("{:.{}f} {}", value, plan.decimals, plan.unit.name);
}

DurationNs first_multiple(DurationNs offset, DurationNs step) {
    const DurationNs rest = offset % step;
    return offset - rest + (rest > 0 ? step : 0);
}

Plan plan_for(const Viewport& viewport, TimeNs origin, const AxisStyle& style) {
    static constexpr std::array<int, 3> kLeading{1, 2, 5};
    const DurationNs farthest = std::max(std::llabs(viewport.range.start - origin),
                                         std::llabs(viewport.range.end - origin));
    Plan plan;
    for (DurationNs decade = 1; decade <= 1'000'000'000'000'000; decade *= 10) {
        for (const int leading : kLeading) {
            plan.step = decade * leading;
            plan.unit = unit_for(std::max(farthest, plan.step));
            plan.decimals = decimals_for(plan.step, plan.unit);
            plan.minor_parts = leading == 2 ? 4 : 5;
            const std::string widest = label_of(-first_multiple(farthest, plan.step), plan);
            const double room = static_cast<double>(plan.step) / viewport.ns_per_px();
            if (room >= static_cast<double>(label_width_px(widest, style) + style.gap_px))
                return plan;
        }
    }
    return plan;
}

}  // namespace

float label_width_px(const std::string& label, const AxisStyle& style) {
    const auto points = std::count_if(label.begin(), label.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    });
    return static_cast<float>(points) * style.char_px;
}

void make_ticks(const Viewport& viewport,
                TimeNs origin,
                const AxisStyle& style,
                std::vector<Tick>& ticks) {
    ticks.clear();
    const Plan plan = plan_for(viewport, origin, style);
    const DurationNs minor = std::max<DurationNs>(1, plan.step / plan.minor_parts);
    const DurationNs last = viewport.range.end - origin;
    for (DurationNs at = first_multiple(viewport.range.start - origin, minor); at <= last;
         at += minor) {
        const bool major = at % plan.step == 0;
        const float px = viewport.px_from_time(origin + at);
        ticks.push_back({origin + at, px, major, major ? label_of(at, plan) : std::string()});
    }
}

}  // namespace golanes::view
