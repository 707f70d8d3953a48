#pragma once
// What the tests of the trace share: small regions, and events in one line.
#include <cstdint>
#include <utility>
#include <vector>

#include "core/trace/emitter.h"
#include "core/trace/event.h"
#include "core/trace/region.h"

namespace golanes::trace::test {

/// Room for a few events only: full rings are what many tests are about.
inline RegionOptions small_options(std::uint32_t ring_events = 16, std::uint32_t rings = 4) {
    return {.rings = rings,
            .ring_events = ring_events,
            .max_strings = 64,
            .string_bytes = 4096,
            .max_places = 64};
}

/// A region whose clock is the identity: what a virtual run has.
inline RunRegion small_region(std::uint32_t ring_events = 16, std::uint32_t rings = 4) {
    auto region = RunRegion::create_anonymous(small_options(ring_events, rings), TickClock{});
    GOLANES_CHECK(region.ok(), "a test needs memory");
    return std::move(region).value();
}

/// A numbered event of no consequence: only its time and number matter.
inline Event note(std::uint64_t time, std::uint32_t number) {
    Event event;
    event.time = time;
    event.type = EventType::Log;
    event.a = number;
    return event;
}

/// One visit with `count` notes numbered from `first`, all at `time`.
inline void emit_notes(Emitter& emitter,
                       std::uint64_t time,
                       std::uint32_t first,
                       std::uint32_t count) {
    emitter.begin_visit_at(time);
    for (std::uint32_t i = 0; i < count; ++i)
        emitter.put(note(time, first + i));
    emitter.end_visit();
}

/// An event of goroutine `g`, the `seq`th of its life, on P `p`.
inline Event of_goroutine(
    EventType type, std::uint64_t time, GoroutineId g, std::uint32_t seq, ProcId p = 0) {
    Event event;
    event.time = time;
    event.type = type;
    event.a = g;
    event.seq = seq;
    event.p = p;
    return event;
}

/// The same event, put into or taken from a queue at an index.
inline Event at(Event event, QueueKind queue, std::uint32_t index, std::uint8_t flags = 0) {
    event.flags = static_cast<std::uint8_t>(static_cast<unsigned>(queue) | flags);
    event.arg = index;
    return event;
}

/// `n` goroutines change queue.
inline Event move(std::uint64_t time,
                  MoveReason reason,
                  std::uint32_t n,
                  std::pair<QueueId, std::uint32_t> from,
                  std::pair<QueueId, std::uint32_t> to) {
    Event event;
    event.time = time;
    event.type = EventType::Move;
    event.a = (std::uint32_t{pack(from.first)} << 16) | pack(to.first);
    event.seq = n;
    event.flags = static_cast<std::uint8_t>(reason);
    event.arg = pack_pair(from.second, to.second);
    return event;
}

/// The events of a type.
inline std::vector<Event> of_type(const std::vector<Event>& events, EventType type) {
    std::vector<Event> found;
    for (const Event& event : events) {
        if (event.type == type)
            found.push_back(event);
    }
    return found;
}

}  // namespace golanes::trace::test
