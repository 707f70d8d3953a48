#pragma once
// Overdue: what the orderer knew when it released an event without its cause. In a run that lost
// nothing this never happens; if it does, this is what explains it.
#include <cstdint>
#include <string>
#include <vector>

#include "core/trace/event.h"

namespace golanes::trace {

/// An event that stands first in its source, and what the orderer expected there.
struct Held {
    std::size_t source = 0;
    Event event;                  ///< As it came: its time is in ticks.
    std::uint32_t last_seq = 0;   ///< Of its goroutine or P.
    std::uint32_t from_head = 0;  ///< Of the queue that it takes from.
    std::uint32_t from_tail = 0;
    std::uint32_t to_tail = 0;  ///< Of the queue that it puts into.
    GoroutineId runnext = 0;    ///< Who stood in the runnext that it speaks of.
};

/// An event released without its cause.
struct Overdue {
    std::uint64_t index = 0;   ///< Its number in the released stream.
    std::vector<Held> fronts;  ///< All that were held back: it, then the others.
};

/// Tells it in one line for each event, the expected indices in brackets.
std::string overdue_text(const Overdue& overdue);

}  // namespace golanes::trace
