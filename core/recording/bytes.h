#pragma once
// ByteWriter and ByteReader: little-endian numbers, varints and strings in a run of bytes. The
// reader never reads past its end: a short read yields 0 and turns ok() false for good, so that
// decoders check once at the end.
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace golanes::recording {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// Small magnitudes of either sign become small numbers: 0, -1, 1, -2 -> 0, 1, 2, 3.
constexpr std::uint64_t zigzag64(std::uint64_t difference) {
    return (difference << 1) ^ (0 - (difference >> 63));
}

constexpr std::uint64_t unzigzag64(std::uint64_t coded) {
    return (coded >> 1) ^ (0 - (coded & 1));
}

constexpr std::uint32_t zigzag32(std::uint32_t difference) {
    return (difference << 1) ^ (0 - (difference >> 31));
}

constexpr std::uint32_t unzigzag32(std::uint32_t coded) {
    return (coded >> 1) ^ (0 - (coded & 1));
}

class ByteWriter {
 public:
    void u8(std::uint8_t value) { bytes_.push_back(value); }

    void u32(std::uint32_t value) { fixed(value, 4); }

    void u64(std::uint64_t value) { fixed(value, 8); }

    /// LEB128: seven bits a byte, the lowest first, the high bit says that more follow.
    void varint(std::uint64_t value) {
        while (value >= 0x80) {
            u8(static_cast<std::uint8_t>(value | 0x80));
            value >>= 7;
        }
        u8(static_cast<std::uint8_t>(value));
    }

    void raw(std::string_view text) { bytes_.insert(bytes_.end(), text.begin(), text.end()); }

    /// A varint length, then the bytes.
    void string(std::string_view text) {
        varint(text.size());
        raw(text);
    }

    [[nodiscard]] const Bytes& bytes() const { return bytes_; }

    [[nodiscard]] Bytes take() { return std::move(bytes_); }

 private:
    void fixed(std::uint64_t value, int count) {
        for (int i = 0; i < count; ++i)
            u8(static_cast<std::uint8_t>(value >> (8 * i)));
    }

    Bytes bytes_;
};

/// Lifetime: the bytes must outlive the reader.
class ByteReader {
 public:
    explicit ByteReader(ByteView bytes) : bytes_(bytes) {}

    std::uint8_t u8() {
        if (position_ >= bytes_.size())
            return fail();
        return bytes_[position_++];
    }

    std::uint32_t u32() { return static_cast<std::uint32_t>(fixed(4)); }

    std::uint64_t u64() { return fixed(8); }

    std::uint64_t varint() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            const std::uint8_t byte = u8();
            if (shift == 63 && byte > 1)
                return fail();
            value |= std::uint64_t{byte & 0x7FU} << shift;
            if ((byte & 0x80) == 0)
                return value;
        }
        return fail();
    }

    /// A varint that must not exceed `limit`.
    std::uint64_t varint_up_to(std::uint64_t limit) {
        const std::uint64_t value = varint();
        return value <= limit ? value : fail();
    }

    std::uint32_t varint32() { return static_cast<std::uint32_t>(varint_up_to(UINT32_MAX)); }

    std::uint16_t varint16() { return static_cast<std::uint16_t>(varint_up_to(UINT16_MAX)); }

    std::string string() {
        const std::uint64_t length = varint_up_to(remaining());
        if (!ok_)
            return {};
        const auto view = bytes_.subspan(position_, length);
        position_ += length;
        return {view.begin(), view.end()};
    }

    [[nodiscard]] bool ok() const { return ok_; }

    [[nodiscard]] std::size_t remaining() const { return bytes_.size() - position_; }

    /// Whether everything was read and nothing was missing.
    [[nodiscard]] bool done() const { return ok_ && remaining() == 0; }

 private:
    std::uint8_t fail() {
        ok_ = false;
        position_ = bytes_.size();
        return 0;
    }

    std::uint64_t fixed(unsigned count) {
        std::uint64_t value = 0;
        for (unsigned i = 0; i < count; ++i)
            value |= std::uint64_t{u8()} << (8 * i);
        return value;
    }

    ByteView bytes_;
    std::size_t position_ = 0;
    bool ok_ = true;
};

}  // namespace golanes::recording
