#pragma once
// Queue stripes: how many goroutines wait in each run queue, as bars under the lanes. All stripes
// of a picture have one scale, so that their heights compare.
#include <span>
#include <vector>

#include "ui/view/gantt.h"
#include "ui/view/viewport.h"

namespace golanes::view {

/// The length that fills a stripe: the longest in view, at least 4.
std::uint32_t queue_scale(const model::Timeline& timeline,
                          TimeRange range,
                          const std::vector<Row>& rows);

/// Adds the items of one row's stripe. `borders` are those of the picture's columns.
void add_queue_items(const model::Timeline& timeline,
                     std::span<const TimeNs> borders,
                     std::uint32_t row,
                     Gantt& out);

/// Writes the bars of one stripe. Stretches narrower than a column show the longest of their
/// column, so that a queue that was ever filled is seen.
class StripeWriter {
 public:
    StripeWriter(std::uint32_t row, Gantt& out)
        : row_(row), out_(out), ns_per_px_(out.viewport.ns_per_px()) {}

    /// The queue had `length` over `time`. Call in time order; finish() after the last.
    void add(TimeRange time, std::uint32_t length);
    void finish();

 private:
    void emit(float x0, float x1, TimeRange time, std::uint32_t length);

    std::uint32_t row_;
    Gantt& out_;
    double ns_per_px_;
    long long column_ = -1;
    TimeRange column_time_;
    std::uint32_t column_length_ = 0;
};

}  // namespace golanes::view
