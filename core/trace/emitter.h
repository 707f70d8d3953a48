#pragma once
// Emitter: the producing end of one trace ring. One clock reading per visit to the scheduler, plain
// stores, one release: no lock, no allocation, no system call.
//
// A visit: begin_visit() announces it and reads the clock, put() writes events, end_visit() makes
// them visible. The announcement comes before the clock reading, so the collector knows a lower
// bound for every stamp not yet published, even of a thread the kernel has put aside in between.
//
// Threads: the ring's thread only.
#include <cstdint>

#include "core/base/cpu.h"
#include "core/trace/event.h"
#include "core/trace/ring.h"

namespace golanes::trace {

/// What a full ring does.
enum class WhenFull {
    Drop,         ///< Ms of a real run: time does not wait.
    Wait,         ///< Virtual runs: their time stands still meanwhile.
    WaitBriefly,  ///< The control thread, for at most 100 ms: what it says frames all the rest.
};

/// Events that a ring lost and no event in it tells of yet.
struct Gap {
    MachineId machine = 0;
    std::uint64_t events = 0;
    std::uint64_t begin = 0;  ///< Time of the first one lost.
    ProcId p = kNoProc;       ///< The P the thread held then.
};

class Emitter {
 public:
    /// Writes nothing and counts nothing: tracing off.
    Emitter() = default;
    /// A view without slots (no ring left) drops everything and counts it.
    Emitter(RingView ring, MachineId m, WhenFull when_full);

    [[nodiscard]] bool on() const { return on_; }

    /// Announces a visit and returns its time stamp: the clock now, or `virtual_now` if given.
    std::uint64_t begin_visit() const {
        announce(kVisitReadingClock);
        const std::uint64_t now = read_ticks();
        announce(now);
        return now;
    }

    /// A visit of a virtual run: the time is the engine's.
    void begin_visit_at(std::uint64_t now) const { announce(now == 0 ? kVisitReadingClock : now); }

    /// Adds an event, or drops it when the ring is full. Requires: a visit is open.
    void put(const Event& event) {
        if (head_ - tail_seen_ >= ring_.capacity && !make_room(event.time)) [[unlikely]] {
            count_drop(event);
            return;
        }
        if (gap_events_ != 0) [[unlikely]] {
            put_after_gap(event);
            return;
        }
        ring_.slot(head_++) = event;
    }

    /// Publishes the visit's events.
    void end_visit() const {
        if (ring_.header == nullptr)
            return;
        // Release pairs with the collector's acquire of head: it reads whole events.
        ring_.header->head.store(head_, std::memory_order_release);
        // Release keeps this store after the one above: a collector that sees 0 here (acquire) sees
        // that head.
        ring_.header->visit.store(0, std::memory_order_release);
    }

    /// The open gap, which from now on is the caller's to report. events is 0 when there is none.
    /// Requires: the ring's thread has ended (its join orders this after its last put).
    Gap take_gap() {
        const Gap gap{machine_, gap_events_, gap_begin_, gap_p_};
        gap_events_ = 0;
        return gap;
    }

    [[nodiscard]] MachineId machine() const { return machine_; }

 private:
    void announce(std::uint64_t state) const {
        if (ring_.header != nullptr)
            // Release: a collector that sees this visit (acquire) sees the head of the one before.
            // That it may see the visit late is what the collector's margin is for, collector.cpp.
            ring_.header->visit.store(state, std::memory_order_release);
    }

    bool make_room(std::uint64_t time);
    void count_drop(const Event& event);
    void put_after_gap(const Event& event);

    RingView ring_;
    std::uint64_t head_ = 0;
    std::uint64_t tail_seen_ = 0;   ///< The consumer's tail when last looked at.
    std::uint64_t gap_events_ = 0;  ///< Dropped since the ring became full; 0: no gap open.
    std::uint64_t gap_begin_ = 0;
    ProcId gap_p_ = kNoProc;
    MachineId machine_ = 0;
    WhenFull when_full_ = WhenFull::Drop;
    bool on_ = false;
};

}  // namespace golanes::trace
