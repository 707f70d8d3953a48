#pragma once
// StretchWalk: the lengths of one run queue over a range of time, told stretch by stretch; those
// that end within one column of a picture are told as one, without looking at each.
#include <functional>
#include <span>

#include "core/model/segment.h"

namespace golanes::model {

/// See Timeline::for_each_queue_stretch. Threads: one at a time.
class StretchWalk {
 public:
    using Tell = std::function<void(const QueueStretch&)>;

    StretchWalk(TimeNs t0, TimeNs t1, std::span<const TimeNs> borders, const Tell& tell)
        : t0_(t0), t1_(t1), joins_(!borders.empty()), borders_(borders), tell_(tell) {}

    /// Reads the steps of the next segment; `at_begin` was in force before the first of them.
    void read(const QueueSteps& segment, const QueueLengthStep& at_begin);

    /// After the last segment.
    void finish() { close(t1_); }

 private:
    void close(TimeNs end);
    [[nodiscard]] TimeNs border_after(TimeNs t);
    std::size_t gather(const QueueSteps& segment, const PyramidLevels& levels, std::size_t i);

    TimeNs t0_;
    TimeNs t1_;
    bool joins_;                       ///< Without borders all is told one by one.
    std::span<const TimeNs> borders_;  ///< Those still ahead.
    const Tell& tell_;
    bool has_begun_ = false;
    QueueStretch present_;  ///< The one whose end is not known yet.
};

}  // namespace golanes::model
