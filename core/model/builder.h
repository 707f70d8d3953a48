#pragma once
// TimelineBuilder: reads a recording's events once, in order, and grows the timeline.
#include <memory>

#include "core/model/timeline.h"

namespace golanes::model {

/// Threads: one writer; the Timelines it hands out are safe anywhere.
class TimelineBuilder {
 public:
    TimelineBuilder();
    ~TimelineBuilder();
    TimelineBuilder(const TimelineBuilder&) = delete;
    TimelineBuilder& operator=(const TimelineBuilder&) = delete;

    /// Reads what `snapshot` holds beyond what was read before (by event number); drops the
    /// segments whose chunks it has shed. Snapshots must come from one recording, in order.
    void advance(const recording::Snapshot& snapshot);

    /// The timeline of everything read so far.
    [[nodiscard]] Timeline timeline() const;

 private:
    struct Impl;  // builder_impl.h
    std::unique_ptr<Impl> impl_;
};

/// Reads a whole recording.
Timeline build_timeline(const recording::Snapshot& snapshot);

}  // namespace golanes::model
