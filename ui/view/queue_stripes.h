#pragma once
// Queue stripes: how many goroutines wait in each run queue, as bars under the lanes. All stripes
// of a picture have one scale, so that their heights compare.
#include <vector>

#include "ui/view/gantt.h"
#include "ui/view/viewport.h"

namespace golanes::view {

/// The length steps of every queue that has a row, read once a layout.
class QueueSteps {
 public:
    QueueSteps(const model::Timeline& timeline,
               const Viewport& viewport,
               const std::vector<Row>& rows);

    /// The length that fills a stripe: the longest in view, at least 4.
    [[nodiscard]] std::uint32_t scale() const { return scale_; }

    /// Adds the items of one row.
    void add_items(std::uint32_t row, Gantt& out) const;

 private:
    std::vector<std::vector<model::QueueLengthStep>> steps_;  ///< By row.
    TimeNs end_;
    std::uint32_t scale_ = 4;
};

/// Writes the bars of one stripe. Stretches narrower than a column show the longest of their
/// column, so that a queue that was ever filled is seen.
class StripeWriter {
 public:
    StripeWriter(std::uint32_t row, Gantt& out) : row_(row), out_(out) {}

    /// The queue had `length` over `time`. Call in time order; finish() after the last.
    void add(TimeRange time, std::uint32_t length);
    void finish();

 private:
    void emit(float x0, float x1, TimeRange time, std::uint32_t length);

    std::uint32_t row_;
    Gantt& out_;
    long long column_ = -1;
    TimeRange column_time_;
    std::uint32_t column_length_ = 0;
};

}  // namespace golanes::view
