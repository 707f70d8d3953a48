#include "ui/view/viewport.h"

#include <algorithm>
#include <cmath>

namespace golanes::view {

TimeNs Viewport::time_from_px(float px) const {
    return range.start + std::llround(static_cast<double>(px - left_px) * ns_per_px());
}

namespace {

/// The first time of which `holds` is true, looked for around `near`. Requires: it is false, then
/// true.
template <typename F>
TimeNs first_time(TimeNs near, F&& holds) {
    DurationNs step = 1;
    TimeNs yes = near;
    TimeNs no = near;
    if (holds(near)) {
        for (no = near - step; holds(no); no -= step *= 2)
            yes = no;
    } else {
        for (yes = near + step; !holds(yes); yes += step *= 2)
            no = yes;
    }
    while (yes - no > 1) {
        const TimeNs middle = no + (yes - no) / 2;
        (holds(middle) ? yes : no) = middle;
    }
    return yes;
}

}  // namespace

// A pixel is a rounded number: some time before an edge already lies on it.
std::vector<TimeNs> column_borders(const Viewport& viewport) {
    std::vector<TimeNs> borders;
    const double ns_per_px = viewport.ns_per_px();
    for (float edge = 1; edge < viewport.width_px; ++edge) {
        const double rounded = (static_cast<double>(edge) - std::nextafter(edge, 0.0F)) / 2;
        const double length = (static_cast<double>(edge) - rounded) * ns_per_px;
        borders.push_back(
            first_time(viewport.range.start + std::llround(std::ceil(length)), [&](TimeNs t) {
                return viewport.px_from_time(t, ns_per_px) - viewport.left_px >= edge;
            }));
    }
    return borders;
}

TimeRange with_margin(TimeRange range) {
    const DurationNs air = std::max<DurationNs>(range.length() / 40, kMinViewNs / 2);
    return {range.start - air, range.end + air};
}

TimeRange clamped(TimeRange range, TimeRange bounds) {
    const DurationNs longest = std::max(bounds.length(), kMinViewNs);
    const DurationNs length = std::clamp(range.length(), kMinViewNs, longest);
    const TimeNs start = std::clamp(range.start, bounds.start, bounds.start + longest - length);
    return {start, start + length};
}

TimeRange zoomed(TimeRange range, TimeNs anchor, double factor, TimeRange bounds) {
    const double before = static_cast<double>(std::max<DurationNs>(range.length(), 1));
    const double longest = static_cast<double>(std::max(bounds.length(), kMinViewNs));
    const double length = std::clamp(before / factor, static_cast<double>(kMinViewNs), longest);
    const double share = static_cast<double>(anchor - range.start) / before;
    const TimeNs start = anchor - std::llround(share * length);
    return clamped({start, start + std::llround(length)}, bounds);
}

TimeRange panned(TimeRange range, DurationNs delta, TimeRange bounds) {
    return clamped({range.start + delta, range.end + delta}, bounds);
}

TimeRange fitted(TimeRange data) {
    return with_margin({data.start, std::max(data.end, data.start + kMinViewNs)});
}

}  // namespace golanes::view
