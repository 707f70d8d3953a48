#pragma once
// Collector: the consuming end of a run region. Drains the rings in batches, orders the events,
// turns ticks into nanoseconds and accounts for loss. It never spins and never waits on the run.
#include <cstdint>
#include <memory>
#include <vector>

#include "core/trace/names.h"
#include "core/trace/orderer.h"
#include "core/trace/region.h"

namespace golanes::trace {

/// Threads: one at a time. Lifetime: the region must outlive the collector.
class Collector {
 public:
    explicit Collector(const RunRegion& region);

    /// Reads what was published since the last call and returns the events that are sure to be in
    /// their final order: times in ns since the region's clock base.
    /// Lifetime: the reference is valid until the next call.
    const std::vector<Event>& drain();
    /// The same, and everything still held back: for a run that is over (or was killed).
    const std::vector<Event>& finish();

    /// The names known so far. A new object whenever some were added.
    [[nodiscard]] std::shared_ptr<const Names> names();

    /// Events that full rings dropped, by the rings' own counters: also those of silent threads.
    [[nodiscard]] std::uint64_t lost() const;

    [[nodiscard]] std::uint64_t clamped() const { return orderer_.clamped(); }

    [[nodiscard]] std::uint64_t unordered() const { return orderer_.unordered(); }

    /// See Orderer::overdue().
    [[nodiscard]] const std::vector<Overdue>& overdue() const { return orderer_.overdue(); }

    /// How full the fullest ring was at the last drain, 0 to 1: the caller drains sooner when it is
    /// high.
    [[nodiscard]] double fill() const { return fill_; }

 private:
    struct Frontier {
        std::uint64_t time;
        bool stalled;  ///< A thread was reading its clock: nothing is known beyond the last
                       ///< frontier.
    };

    [[nodiscard]] bool is_virtual() const;
    [[nodiscard]] std::uint32_t rings_used() const;
    bool take_as_they_stand();
    void take_ring(std::uint32_t index);
    [[nodiscard]] Frontier read_frontier();

    /// What a ring holds for us: its slots up to the ring's wrap, then those from its beginning.
    struct Batch {
        const Event* first = nullptr;
        std::uint64_t until_wrap = 0;
        const Event* begin = nullptr;
        std::uint64_t behind_wrap = 0;
        std::uint64_t head = 0;
    };

    [[nodiscard]] Batch next_batch(std::uint32_t index);
    void give_back(std::uint32_t index, const Batch& batch);
    void drain_ring(std::uint32_t index);
    void convert(std::vector<Event>& events) const;

    const RunRegion* region_;
    Orderer orderer_;
    std::vector<Event> out_;
    /// Straight: one ring holds everything as it happened, in nanoseconds: a virtual run.
    enum class Way : std::uint8_t { Unknown, Straight, Ordered } way_ = Way::Unknown;
    std::uint64_t frontier_ = 0;
    TimeNs stalled_since_ = -1;
    double fill_ = 0;
    std::shared_ptr<Names> names_ = std::make_shared<Names>();
};

}  // namespace golanes::trace
