#pragma once
// The numbers of the .golanes file format that writer and reader share. FORMAT.md tells what they
// mean.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/recording/recording.h"

namespace golanes::recording::format {

/// The first eight bytes of every recording file.
inline constexpr std::string_view kMagic = "golanes\n";
inline constexpr std::uint32_t kVersion = 1;
inline constexpr std::size_t kFileHeaderBytes = 16;
inline constexpr std::size_t kSectionHeaderBytes = 24;

/// Numbers are for ever: a retired kind is never used again.
enum class SectionKind : std::uint32_t { Meta = 1, Names = 2, Events = 3, End = 4 };

/// What stands before every section's payload.
struct SectionHeader {
    std::uint32_t kind = 0;      ///< A SectionKind, or a kind this version does not know.
    std::uint32_t raw_size = 0;  ///< Bytes of the payload when unpacked.
    std::uint32_t stored_size =
        0;  ///< Bytes in the file; equal to raw_size: stored as is, not packed.
    std::uint64_t checksum = 0;  ///< xxh64 of the stored bytes.
};

// Limits a reader holds a file to, so that a forged length costs no more than an honest file could.
inline constexpr std::size_t kMaxMetaBytes = std::size_t{16} << 20;
inline constexpr std::size_t kMaxNamesBytes = std::size_t{64} << 20;
inline constexpr std::size_t kMaxEventsBytes = 12 + kChunkEvents * 48;
inline constexpr std::size_t kMaxEndBytes = std::size_t{16} << 20;
inline constexpr std::size_t kMaxStrings = std::size_t{1} << 22;
inline constexpr std::size_t kMaxPlaces = std::size_t{1} << 16;
/// zstd's densest block: 128 KiB out of 4 bytes.
inline constexpr std::uint64_t kMaxExpansion = 32'768;

/// The most bytes an unpacked section of a kind may have.
constexpr std::size_t max_raw_bytes(std::uint32_t kind) {
    switch (static_cast<SectionKind>(kind)) {
        case SectionKind::Meta:
            return kMaxMetaBytes;
        case SectionKind::Names:
            return kMaxNamesBytes;
        case SectionKind::Events:
            return kMaxEventsBytes;
        case SectionKind::End:
            return kMaxEndBytes;
    }
    return kMaxNamesBytes;
}

constexpr std::string_view section_name(std::uint32_t kind) {
    switch (static_cast<SectionKind>(kind)) {
        case SectionKind::Meta:
            return "meta";
        case SectionKind::Names:
            return "names";
        case SectionKind::Events:
            return "events";
        case SectionKind::End:
            return "end";
    }
    return "unknown";
}

}  // namespace golanes::recording::format
