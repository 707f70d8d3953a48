#pragma once
// MoReader: reads a compiled gettext catalogue (.mo) in memory. The format is the GNU gettext
// manual's "The Format of GNU MO Files"; only what msgfmt writes for this machine's byte order is
// taken.
#include <cstdint>
#include <span>

namespace golanes::ui {

/// Threads: any, after construction.   Lifetime: the bytes must outlive the reader.
class MoReader {
 public:
    /// A catalogue that is damaged or of the other byte order counts as empty.
    explicit MoReader(std::span<const unsigned char> bytes);

    [[nodiscard]] std::uint32_t count() const { return count_; }

    /// Requires: index < count().
    [[nodiscard]] const char* original(std::uint32_t index) const;
    [[nodiscard]] const char* translation(std::uint32_t index) const;

    /// The translation, or nullptr.
    [[nodiscard]] const char* find(const char* text) const;

 private:
    [[nodiscard]] std::uint32_t word(std::uint32_t offset) const;
    [[nodiscard]] bool table_is_sound(std::uint32_t table) const;

    std::span<const unsigned char> bytes_;
    std::uint32_t count_ = 0;
    std::uint32_t originals_ = 0;  ///< Offset of the table of (length, offset) pairs.
    std::uint32_t translations_ = 0;
};

/// The catalogue of assets/po/zh_CN.po, embedded at build time.
std::span<const unsigned char> chinese_catalogue();

}  // namespace golanes::ui
