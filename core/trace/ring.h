#pragma once
// The trace ring: a bounded single-producer single-consumer queue of events in a run region, one
// for each OS thread of a run. When it is full the newest event is dropped and counted: no torn
// reads, and the gap is a visible fact (a Loss event in the stream, and the `dropped` counter
// beside it, so that the loss of a thread that fell silent is seen too).
//
// Threads: the producer is the ring's thread (Emitter, emitter.h), the consumer is the collector,
// possibly in another process.
// Invariants: tail <= head <= tail + capacity; slots [tail, head) belong to the consumer, the
// others to the producer. `visit` is 0 or the state of the producer's present visit to the
// scheduler: every event the producer has not yet published carries a time of at least that visit's
// beginning.
#include <atomic>
#include <cstdint>

#include "core/base/ids.h"
#include "core/trace/event.h"

namespace golanes::trace {

/// `RingHeader::visit` while the producer is between announcing a visit and having read the clock.
inline constexpr std::uint64_t kVisitReadingClock = 1;

struct RingHeader {
    // Producer's line. head: release, paired with the consumer's acquire: the slots below it are
    // written.
    alignas(kCacheLineBytes) std::atomic<std::uint64_t> head;
    std::atomic<std::uint64_t>
        dropped;  ///< Events lost so far. Relaxed: a count, it orders nothing.
    std::atomic<std::uint64_t>
        visit;  ///< 0: none; kVisitReadingClock; else the visit's first time.
    std::atomic<std::uint32_t> machine;  ///< The M that writes here; 0: nobody yet.
    // Consumer's line. tail: release, paired with the producer's acquire: the slots below it are
    // free.
    alignas(kCacheLineBytes) std::atomic<std::uint64_t> tail;
};

/// A ring as one process sees it: pointers into its own mapping of the region.
struct RingView {
    RingHeader* header = nullptr;
    Event* slots = nullptr;
    std::uint64_t capacity = 0;  ///< A power of two.

    [[nodiscard]] Event& slot(std::uint64_t index) const { return slots[index & (capacity - 1)]; }
};

}  // namespace golanes::trace
