#include "ui/panels/mo_reader.h"

#include <cstring>

namespace golanes::ui {
namespace {

constexpr std::uint32_t kMagic = 0x950412DE;
constexpr std::uint32_t kHeaderBytes = 28;
constexpr std::uint32_t kPairBytes = 8;
constexpr std::uint32_t kMostEntries = 100'000;

}  // namespace

MoReader::MoReader(std::span<const unsigned char> bytes) : bytes_(bytes) {
    if (bytes.size() < kHeaderBytes || word(0) != kMagic || word(8) > kMostEntries)
        return;
    count_ = word(8);
    originals_ = word(12);
    translations_ = word(16);
    if (!table_is_sound(originals_) || !table_is_sound(translations_))
        count_ = 0;
}

std::uint32_t MoReader::word(std::uint32_t offset) const {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes_.data() + offset, sizeof value);
    return value;
}

bool MoReader::table_is_sound(std::uint32_t table) const {
    if (std::uint64_t{table} + std::uint64_t{count_} * kPairBytes > bytes_.size())
        return false;
    for (std::uint32_t i = 0; i < count_; ++i) {
        const std::uint64_t end =
            std::uint64_t{word(table + i * kPairBytes)} + word(table + i * kPairBytes + 4);
        if (end >= bytes_.size() || bytes_[static_cast<std::size_t>(end)] != 0)
            return false;
    }
    return true;
}

const char* MoReader::original(std::uint32_t index) const {
    return reinterpret_cast<const char*>(bytes_.data()) + word(originals_ + index * kPairBytes + 4);
}

const char* MoReader::translation(std::uint32_t index) const {
    return reinterpret_cast<const char*>(bytes_.data()) +
           word(translations_ + index * kPairBytes + 4);
}

const char* MoReader::find(const char* text) const {
    std::uint32_t low = 0;
    std::uint32_t high = count_;
    while (low < high) {  // msgfmt sorts the originals
        const std::uint32_t middle = (low + high) / 2;
        const int order = std::strcmp(original(middle), text);
        if (order == 0)
            return translation(middle);
        (order < 0 ? low : high) = order < 0 ? middle + 1 : middle;
    }
    return nullptr;
}

}  // namespace golanes::ui
