#include "core/trace/emitter.h"

#include <ctime>

namespace golanes::trace {

Emitter::Emitter(RingView ring, MachineId m, WhenFull when_full)
    : ring_(ring), machine_(m), when_full_(when_full), on_(true) {
    if (ring_.capacity != 0) {
        head_ = ring_.header->head.load(
            std::memory_order_relaxed);  // our own counter, from an earlier run
        tail_seen_ = ring_.header->tail.load(std::memory_order_acquire);
    }
}

// After a gap two slots are needed: one for the Loss event, one for the event itself.
bool Emitter::make_room(std::uint64_t time) {
    if (ring_.capacity == 0)
        return false;
    constexpr int kBriefTries = 2000;  // of 50 us
    const std::uint64_t needed = gap_events_ != 0 ? 2 : 1;
    for (int tries = 0;; ++tries) {
        // Acquire pairs with the collector's release of tail: the slots below it were read.
        tail_seen_ = ring_.header->tail.load(std::memory_order_acquire);
        if (head_ - tail_seen_ + needed <= ring_.capacity)
            return true;
        const bool gives_up = when_full_ == WhenFull::WaitBriefly && tries >= kBriefTries;
        if (when_full_ == WhenFull::Drop || gives_up)
            return false;
        end_visit();  // what is written must be visible, or the collector could never drain it
        const timespec pause{0, 50'000};
        nanosleep(&pause, nullptr);
        begin_visit_at(time);
    }
}

void Emitter::count_drop(const Event& event) {
    if (gap_events_++ == 0) {
        gap_begin_ = event.time;
        gap_p_ = event.p;
    }
    if (ring_.header != nullptr)
        ring_.header->dropped.fetch_add(
            1, std::memory_order_relaxed);  // a count, read by the collector
}

void Emitter::put_after_gap(const Event& event) {
    if (head_ - tail_seen_ + 2 > ring_.capacity && !make_room(event.time)) {
        count_drop(event);
        return;
    }
    Event loss;
    loss.time = event.time;
    loss.a = machine_;
    loss.seq = static_cast<std::uint32_t>(gap_events_);
    loss.type = EventType::Loss;
    loss.p = event.p;
    loss.arg = event.time - gap_begin_;  // ticks; the collector makes it nanoseconds
    gap_events_ = 0;
    ring_.slot(head_++) = loss;
    ring_.slot(head_++) = event;
}

}  // namespace golanes::trace
