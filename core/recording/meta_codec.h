#pragma once
// The meta section: facts about the run as JSON, with the event table by name, so that a file says
// itself what its numbers mean.
#include <array>
#include <cstdint>

#include "core/base/result.h"
#include "core/recording/bytes.h"
#include "core/recording/recording.h"

namespace golanes::recording {

/// A file's event type numbers in the numbers of this program.
using TypeMap = std::array<trace::EventType, 256>;

struct MetaSection {
    Meta meta;
    Honesty honesty;
    TypeMap types{};
};

/// Text that is not UTF-8 has its bad bytes replaced (JSON cannot hold them).
Bytes encode_meta(const Meta& meta, const Honesty& honesty);

/// Missing keys take their standard values; unknown keys are skipped. Types that this program does
/// not know keep a number of their own, which no known type has. Errors: not JSON, or a key of the
/// wrong kind; the message names the key.
Result<MetaSection> decode_meta(ByteView payload);

}  // namespace golanes::recording
