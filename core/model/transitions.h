#pragma once
// The legality table: which event may follow in which state of a goroutine. The runtime promises to
// keep it; the builder checks it and shows a violation instead of hiding it.
#include <span>
#include <string_view>

#include "core/trace/event.h"

namespace golanes::model {

/// Where a goroutine stands in its life. Finer than State: it knows "not yet" and "no more".
enum class Life : std::uint8_t {
    New,
    Runnable,
    Running,
    Waiting,
    Blocking,
    Ended,
    Panicked,
    Count_
};

/// One allowed step.
struct Transition {
    trace::EventType event;
    Life from;
    Life to;
    std::string_view odd;  ///< Why it is allowed, where that is not plain.
};

/// Every allowed step.
std::span<const Transition> transitions();

/// Whether the table allows `event` for a goroutine in state `from`.
bool is_legal(Life from, trace::EventType event);

/// The state after `event`, whatever was before (so that the builder carries on after a violation).
/// Requires: the table has a row for `event`.
Life life_after(trace::EventType event);

/// Whether the table speaks of this event type.
bool changes_life(trace::EventType event);

/// "runnable", "not created", ... for messages.
std::string_view life_text(Life life);

}  // namespace golanes::model
