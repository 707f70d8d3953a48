#include "ui/view/viewport.h"

#include <algorithm>
#include <cmath>

namespace golanes::view {

float Viewport::px_from_time(TimeNs t) const {
    return left_px + static_cast<float>(static_cast<double>(t - range.start) / ns_per_px());
}

TimeNs Viewport::time_from_px(float px) const {
    return range.start + std::llround(static_cast<double>(px - left_px) * ns_per_px());
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
