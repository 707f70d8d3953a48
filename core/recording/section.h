#pragma once
// Sections: the boxes a recording file is made of. Packs and unpacks one, with its checksums.
#include <cstdint>

#include "core/base/result.h"
#include "core/recording/bytes.h"
#include "core/recording/format.h"

namespace golanes::recording {

/// The 16 bytes a file begins with.
Bytes file_header();

/// A whole section, header and payload: packed by zstd when that makes it smaller. The end section
/// is never packed, so that its last bytes are the file's last bytes. Errors: the payload is larger
/// than a section may be.
Result<Bytes> pack_section(format::SectionKind kind, ByteView payload);

/// The 24 bytes before a payload.
Bytes section_header(const format::SectionHeader& header);

/// The inverse of section_header(). Errors: damaged, or lengths that cannot be; the message
/// does not name the offset (the caller knows it).
Result<format::SectionHeader> parse_section_header(ByteView bytes);

/// The payload as it was before packing. Requires: stored.size() == header.stored_size.
/// Errors: checksum mismatch, damaged zstd frame; without the offset.
Result<Bytes> unpack_section(const format::SectionHeader& header, ByteView stored);

}  // namespace golanes::recording
