#pragma once
// What an event says of the run queues, unpacked: for those who restore the order of events by it.
#include <cstdint>

#include "core/trace/event.h"

namespace golanes::trace {

/// The queue that the flags of a put or a start name.
inline QueueKind kind_of(std::uint8_t flags) {
    return static_cast<QueueKind>(flags & put_flag::kKindMask);
}

/// The queue that a Move takes from.
inline QueueId move_from(const Event& event) {
    return unpack_queue(static_cast<std::uint16_t>(event.a >> 16));
}

/// The queue that a Move puts into.
inline QueueId move_to(const Event& event) {
    return unpack_queue(static_cast<std::uint16_t>(event.a & 0xFFFF));
}

/// The queue whose tail index a put names; None when it names none (a put into an empty runnext).
inline QueueId indexed_queue_of_put(const Event& event) {
    const QueueKind kind = kind_of(event.flags);
    if (kind == QueueKind::Global || (event.flags & put_flag::kDisplacedToGlobal) != 0)
        return {QueueKind::Global, 0};
    if (kind == QueueKind::Ring || (event.flags & put_flag::kDisplacedToRing) != 0)
        return {QueueKind::Ring, event.p};
    return {};
}

/// The queue whose head index a start names; None when it names none.
inline QueueId queue_of_start(const Event& event) {
    const QueueKind kind = kind_of(event.flags);
    if (kind == QueueKind::Global)
        return {QueueKind::Global, 0};
    if (kind == QueueKind::Ring)
        return {QueueKind::Ring, event.p};
    return {};
}

/// The goroutine a Move takes out of a runnext.
inline GoroutineId moved_runnext(const Event& event) {
    return static_cast<MoveReason>(event.flags) == MoveReason::ProcRemoved ? high_half(event.arg)
                                                                           : low_half(event.arg);
}

/// A place in a queue: its index at the head or at the tail. Queue None: no place is named.
struct QueuePlace {
    QueueId queue;
    std::uint32_t index = 0;
};

/// How many of a move's goroutines land in the `to` queue; the rest is in hand.
inline std::uint32_t landed(const Event& event) {
    const auto reason = static_cast<MoveReason>(event.flags);
    return reason == MoveReason::Steal || reason == MoveReason::GlobalBatch ? event.seq - 1
                                                                            : event.seq;
}

/// The first place that an event empties.
inline QueuePlace place_taken(const Event& event) {
    if (event.type == EventType::GoStart)
        return {queue_of_start(event), low_half(event.arg)};
    if (event.type == EventType::Move && move_from(event).kind != QueueKind::Runnext)
        return {move_from(event), high_half(event.arg)};
    return {};
}

/// The first place that an event fills.
inline QueuePlace place_filled(const Event& event) {
    if (is_put(event.type))
        return {indexed_queue_of_put(event), low_half(event.arg)};
    if (event.type == EventType::Move && landed(event) != 0)
        return {move_to(event), low_half(event.arg)};
    return {};
}

/// The runnext slot that an event speaks of; None: of none.
inline QueueId runnext_touched(const Event& event) {
    if (event.type == EventType::Move)
        return move_from(event).kind == QueueKind::Runnext ? move_from(event) : QueueId{};
    const bool speaks = event.type == EventType::GoStart || is_put(event.type);
    return speaks && kind_of(event.flags) == QueueKind::Runnext
               ? QueueId{QueueKind::Runnext, event.p}
               : QueueId{};
}

}  // namespace golanes::trace
