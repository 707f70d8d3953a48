#pragma once
// Orderer: merges the events of all rings into one stream in which every cause comes before its
// effect.
//
// The problem: each ring is in order, but the clocks of two CPUs may be inverted by tens of
// nanoseconds, so sorting by time can put a start before the unblock that made it possible.
// The way chosen: merge by time, but hold an event back until what it depends on is out. The
// dependencies are recorded facts, not guesses: a goroutine's events are counted (Event::seq), and
// the ring and global queues number their places, so a put needs its index to be the tail and a
// take needs its index to be the head. An event whose cause never comes (it was lost) is released
// once the merged time has passed it by the horizon, and counted. The beginning and the end of a
// run are never brought forward: whatever is older comes before them. Released times never go back:
// a straggler gets the time of the event before it and is counted as clamped, with its raw time
// kept. Rejected: a fence at every clock reading (doubles its price, and cannot order a queue); one
// shared ring (the cache line costs 48 ns an event).
//
// Threads: one.
#include <cstdint>
#include <deque>
#include <functional>
#include <vector>

#include "core/trace/event.h"
#include "core/trace/overdue.h"

namespace golanes::trace {

/// The raw time of an event that was clamped.
struct Clamped {
    std::uint64_t index;  ///< Number of the event in the released stream.
    std::uint64_t raw_time;
};

class Orderer {
 public:
    /// `horizon` is in the events' own time unit.
    explicit Orderer(std::uint64_t horizon) : horizon_(horizon) {}

    /// How long an event waits for its cause from now on. Long while nothing was lost (a thread
    /// that the kernel puts aside inside a visit acts long after its stamp), short once causes may
    /// be missing.
    void set_horizon(std::uint64_t horizon) { horizon_ = horizon; }

    /// Takes the next events of one source (ring), in the source's order.
    void add(std::size_t source, const Event* events, std::size_t count);

    /// Releases everything that is sure to be complete up to `frontier` into `out`.
    void release(std::uint64_t frontier, std::vector<Event>& out);
    /// Releases all that is left, in the best order known.
    void finish(std::vector<Event>& out);

    [[nodiscard]] std::uint64_t clamped() const { return clamped_; }

    [[nodiscard]] std::uint64_t unordered() const { return unordered_; }

    /// The first few events that were released without their causes.
    [[nodiscard]] const std::vector<Overdue>& overdue() const { return overdue_; }

    /// Raw times of the latest clamped events (the newest 65,536).
    [[nodiscard]] const std::deque<Clamped>& clamped_events() const { return clamped_events_; }

 private:
    struct QueueIndices {
        std::uint32_t head = 0;
        std::uint32_t tail = 0;
    };

    [[nodiscard]] bool ready(const Event& event);
    [[nodiscard]] bool queue_facts_ready(const Event& event);
    [[nodiscard]] bool move_ready(const Event& event);
    void note(const Event& event);
    void note_queues(const Event& event);
    void note_move(const Event& event);
    [[nodiscard]] bool runnext_ready(const Event& event);
    [[nodiscard]] bool runnext_move_ready(const Event& event);
    void note_runnext(const Event& event);
    GoroutineId& runnext(ProcId p);
    void emit(std::size_t source, std::vector<Event>& out);
    void note_overdue(std::size_t source);
    [[nodiscard]] Held held(std::size_t source);
    /// The source whose front is released next, or npos.
    [[nodiscard]] std::size_t pick(std::uint64_t frontier);
    [[nodiscard]] std::size_t pick_overdue(std::uint64_t frontier) const;
    [[nodiscard]] std::size_t earliest() const;
    QueueIndices& queue(QueueId id);
    std::uint32_t& last_seq(GoroutineId g);

    static constexpr std::size_t kNone = SIZE_MAX;

    std::uint64_t horizon_;
    std::vector<std::deque<Event>> sources_;
    std::vector<std::uint32_t> goroutine_seq_;
    std::vector<std::uint32_t> proc_seq_;
    std::vector<QueueIndices> queues_;
    std::vector<GoroutineId> runnext_;  ///< By P: who sits there. A slot has no indices.
    std::uint64_t last_time_ = 0;
    std::uint64_t released_ = 0;
    std::uint64_t clamped_ = 0;
    std::uint64_t unordered_ = 0;
    std::deque<Clamped> clamped_events_;
    std::vector<Overdue> overdue_;
};

}  // namespace golanes::trace
