#pragma once
// Packs up to 65,536 events into the payload of an events section, and back. Column after column,
// each number as a small difference from a simple guess; zstd then finds the patterns in a column.
#include <cstdint>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/recording/bytes.h"
#include "core/trace/event.h"

namespace golanes::recording {

struct EventBlock {
    std::uint64_t first_index = 0;
    std::vector<trace::Event> events;
};

/// Requires: at most kChunkEvents events.
Bytes encode_events(std::uint64_t first_index, std::span<const trace::Event> events);

/// Errors: the payload is not one that encode_events can make. Types are kept as they are, known or
/// not.
Result<EventBlock> decode_events(ByteView payload);

}  // namespace golanes::recording
