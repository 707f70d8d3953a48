#include "core/recording/section.h"

#include <fmt/format.h>
#include <xxhash.h>
#include <zstd.h>

namespace golanes::recording {
namespace {

constexpr int kCompressionLevel = 3;
constexpr std::size_t kCheckedHeaderBytes = 20;  ///< What the header's own check covers.

std::uint64_t hash(ByteView bytes) {
    return XXH64(bytes.data(), bytes.size(), 0);
}

std::uint32_t header_check(ByteView header) {
    return static_cast<std::uint32_t>(hash(header.first(kCheckedHeaderBytes)));
}

Bytes compress(ByteView payload) {
    Bytes packed(ZSTD_compressBound(payload.size()));
    const std::size_t size = ZSTD_compress(
        packed.data(), packed.size(), payload.data(), payload.size(), kCompressionLevel);
    packed.resize(ZSTD_isError(size) != 0U ? packed.size() : size);
    return packed;
}

}  // namespace

Bytes file_header() {
    ByteWriter out;
    out.raw(format::kMagic);
    out.u32(format::kVersion);
    out.u32(0);
    return out.take();
}

Bytes section_header(const format::SectionHeader& header) {
    ByteWriter out;
    out.u32(header.kind);
    out.u32(header.raw_size);
    out.u32(header.stored_size);
    out.u64(header.checksum);
    out.u32(header_check(out.bytes()));
    return out.take();
}

Result<Bytes> pack_section(format::SectionKind kind, ByteView payload) {
    const auto number = static_cast<std::uint32_t>(kind);
    if (payload.size() > format::max_raw_bytes(number))
        return Error{fmt::format("its {} section would have {} bytes; the format allows {}",
                                 format::section_name(number),
                                 payload.size(),
                                 format::max_raw_bytes(number))};
    const Bytes packed = kind == format::SectionKind::End ? Bytes() : compress(payload);
    const bool use_packed = !packed.empty() && packed.size() < payload.size();
    const ByteView stored = use_packed ? ByteView(packed) : payload;
    Bytes section = section_header({.kind = number,
                                    .raw_size = static_cast<std::uint32_t>(payload.size()),
                                    .stored_size = static_cast<std::uint32_t>(stored.size()),
                                    .checksum = hash(stored)});
    section.insert(section.end(), stored.begin(), stored.end());
    return section;
}

Result<format::SectionHeader> parse_section_header(ByteView bytes) {
    if (bytes.size() != format::kSectionHeaderBytes)
        return Error{"its section header cannot be read from the disk"};
    ByteReader in(bytes);
    format::SectionHeader header;
    header.kind = in.u32();
    header.raw_size = in.u32();
    header.stored_size = in.u32();
    header.checksum = in.u64();
    if (in.u32() != header_check(bytes))
        return Error{"damaged section header (its check does not match)"};
    const std::uint64_t could_hold = std::uint64_t{header.stored_size} * format::kMaxExpansion;
    if (header.stored_size > header.raw_size || header.raw_size > could_hold ||
        header.raw_size > format::max_raw_bytes(header.kind))
        return Error{
            fmt::format("impossible lengths in a section header ({} bytes said to unpack to {})",
                        header.stored_size,
                        header.raw_size)};
    return header;
}

Result<Bytes> unpack_section(const format::SectionHeader& header, ByteView stored) {
    if (hash(stored) != header.checksum)
        return Error{"checksum mismatch"};
    if (header.stored_size == header.raw_size)
        return Bytes(stored.begin(), stored.end());
    if (ZSTD_getFrameContentSize(stored.data(), stored.size()) != header.raw_size)
        return Error{"its zstd frame has another length than its header says"};
    Bytes payload(header.raw_size);
    const std::size_t size =
        ZSTD_decompress(payload.data(), payload.size(), stored.data(), stored.size());
    if (ZSTD_isError(size) != 0U || size != payload.size())
        return Error{"damaged zstd frame"};
    return payload;
}

}  // namespace golanes::recording
