#pragma once
// Viewport: which stretch of time lies between which pixels, and how a person moves it. Pure
// arithmetic; nothing here knows what is drawn.
#include <vector>

#include "core/base/time.h"

namespace golanes::view {

/// A stretch of time, half-open. Times in ns of the recording.
struct TimeRange {
    TimeNs start = 0;
    TimeNs end = 0;

    [[nodiscard]] DurationNs length() const { return end - start; }

    [[nodiscard]] bool contains(TimeNs t) const { return t >= start && t < end; }

    friend bool operator==(const TimeRange&, const TimeRange&) = default;
};

/// No view is shorter than this.
inline constexpr DurationNs kMinViewNs = 20;

/// A time range laid over a stretch of pixels. Requires: width_px > 0, range longer than 0.
struct Viewport {
    TimeRange range;
    float left_px = 0;
    float width_px = 1;

    [[nodiscard]] double ns_per_px() const {
        return static_cast<double>(range.length()) / static_cast<double>(width_px);
    }

    /// Where a time lies; beyond the edges for times out of view.
    [[nodiscard]] float px_from_time(TimeNs t) const { return px_from_time(t, ns_per_px()); }

    /// The same for many times. Requires: `per_px` is ns_per_px().
    [[nodiscard]] float px_from_time(TimeNs t, double per_px) const {
        return left_px + static_cast<float>(static_cast<double>(t - range.start) / per_px);
    }

    /// The time under a pixel.
    [[nodiscard]] TimeNs time_from_px(float px) const;
};

/// The times at which the columns of a pixel begin, but the first: the first time that
/// px_from_time() puts into each.
std::vector<TimeNs> column_borders(const Viewport& viewport);

/// What holds all a person may look at: the data and a little air on both sides.
TimeRange with_margin(TimeRange range);

/// The nearest allowed view: not shorter than kMinViewNs, not longer than `bounds`, not outside it.
/// Keeps the length where it can. Requires: bounds is longer than 0.
TimeRange clamped(TimeRange range, TimeRange bounds);

/// Zooms by `factor` (greater than 1: closer) so that `anchor` stays under the same pixel.
TimeRange zoomed(TimeRange range, TimeNs anchor, double factor, TimeRange bounds);

/// Moves the view by `delta` (greater than 0: later).
TimeRange panned(TimeRange range, DurationNs delta, TimeRange bounds);

/// The view that shows all of `data`.
TimeRange fitted(TimeRange data);

}  // namespace golanes::view
