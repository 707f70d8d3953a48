#pragma once
// How many goroutines run at one instant, summed up chunk by chunk while the builder reads.
//
// That a goroutine had no CPU is told after the fact, so what a moment's level was stands only once
// everybody who ran then has stopped, or was cut. Until then edges are kept; what has settled is
// swept into one summary a segment.
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "core/base/time.h"

namespace golanes::model {

/// The levels of [begin, end). Never changes.
struct LevelSummary {
    static constexpr std::size_t kBuckets = 512;

    /// A part of the time.
    struct Bucket {
        float mean = 0;
        std::uint16_t most = 0;
    };

    TimeNs begin = 0;
    TimeNs end = 0;
    std::vector<DurationNs> time_at;  ///< By level.
    std::vector<Bucket> buckets;      ///< kBuckets of equal length; none when there was no time.

    [[nodiscard]] int most() const { return static_cast<int>(time_at.size()) - 1; }

    /// Adds a stretch of one level.
    void add(TimeNs from, TimeNs to, int level);
};

/// A goroutine begins (+1) or ceases (-1) to run.
struct LevelEdge {
    TimeNs time = 0;
    int step = 0;
};

/// Threads: one at a time.
class RunLevels {
 public:
    void start(TimeNs now) { edges_.push_back({now, +1}); }

    void stop(TimeNs now) { edges_.push_back({now, -1}); }

    /// It turns out that one who runs did not run in [from, to).
    void cut(TimeNs from, TimeNs to) {
        cuts_.push_back({from, -1});
        cuts_.push_back({to, +1});
    }

    /// A new segment begins; nothing before `settled` will be cut any more.
    void border(TimeNs begin, TimeNs settled);

    /// The oldest `count` segments are gone.
    void shed(std::size_t count);

    /// Those of the segments that have settled, oldest first; the segment of the first one is the
    /// oldest held.
    [[nodiscard]] const std::vector<std::shared_ptr<const LevelSummary>>& settled() const {
        return settled_;
    }

 private:
    void sweep(TimeNs until);
    void pass(TimeNs to);
    void finish();

    std::vector<LevelEdge> edges_;
    std::vector<LevelEdge> cuts_;
    std::deque<TimeNs> borders_;  ///< Where segments begin that have not settled.
    std::vector<std::shared_ptr<const LevelSummary>> settled_;
    std::shared_ptr<LevelSummary> filling_;
    TimeNs swept_ = 0;
    int level_ = 0;
};

}  // namespace golanes::model
