#pragma once
// The names section: strings and source places as counted, length-prefixed bytes. Byte-exact: a
// name may hold anything.
#include "core/base/result.h"
#include "core/recording/bytes.h"
#include "core/trace/names.h"

namespace golanes::recording {

/// Errors: more names than the format allows.
Result<Bytes> encode_names(const trace::Names& names);

/// Errors: the payload is not one that encode_names can make.
Result<trace::Names> decode_names(ByteView payload);

}  // namespace golanes::recording
