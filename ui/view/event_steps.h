#pragma once
// Event steps: going through a recording one event at a time, forwards and backwards. Pure; the
// step bar draws it.
#include <cstdint>
#include <optional>

#include "core/model/timeline.h"

namespace golanes::view {

/// What "the next event" means to the person.
enum class StepOver : std::uint8_t {
    Every,   ///< Every logical event: what the program and the scheduler decided.
    Start,   ///< A goroutine starts on a P.
    Wait,    ///< A goroutine begins to wait.
    Wake,    ///< A goroutine becomes runnable: created, woken.
    Leave,   ///< A goroutine yields, is preempted, ends.
    Move,    ///< Goroutines change queue: stealing, batches, overflow.
    Object,  ///< Something happens to a channel, lock or shared variable.
    Count_,
};

/// The event types of a kind: bit = number of the trace::EventType.
[[nodiscard]] std::uint64_t step_mask(StepOver kind);

[[nodiscard]] constexpr bool in_mask(std::uint64_t mask, trace::EventType type) {
    return (mask >> static_cast<unsigned>(type) & 1) != 0;
}

/// Number of the first event of the mask at or after `from`.
[[nodiscard]] std::optional<std::uint64_t> next_event(const recording::Snapshot& recording,
                                                      std::uint64_t from,
                                                      std::uint64_t mask);

/// Number of the last event of the mask before `before`.
[[nodiscard]] std::optional<std::uint64_t> previous_event(const recording::Snapshot& recording,
                                                          std::uint64_t before,
                                                          std::uint64_t mask);

}  // namespace golanes::view
