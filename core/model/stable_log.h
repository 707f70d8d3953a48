#pragma once
// StableLog: a list that only grows and never moves what it holds, so that one thread can append
// while others read the part that was handed to them.
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

namespace golanes::model {

/// Blocks that double in size behind a fixed directory.
/// Threads: one appender. A reader may read the first n elements once it was told n by the appender
/// through any synchronisation: the appender writes no element and no directory entry twice.
template <typename T>
class StableLog {
 public:
    /// Appends and returns the index of the new element.
    std::size_t push_back(T value) {
        const Spot spot = spot_of(size_);
        if (!blocks_[spot.block])
            blocks_[spot.block] = std::make_unique<T[]>(kFirst << spot.block);
        blocks_[spot.block][spot.offset] = std::move(value);
        return size_++;
    }

    const T& operator[](std::size_t index) const {
        const Spot spot = spot_of(index);
        return blocks_[spot.block][spot.offset];
    }

    /// Appender only.
    [[nodiscard]] std::size_t size() const { return size_; }

    /// Calls f for the first `count` elements, in order.
    template <typename F>
    void for_each(std::size_t count, F&& f) const {
        for (std::size_t block = 0; count > 0; ++block) {
            const std::size_t part = std::min(count, kFirst << block);
            for (std::size_t i = 0; i < part; ++i)
                f(blocks_[block][i]);
            count -= part;
        }
    }

 private:
    static constexpr std::size_t kFirst = 64;
    static constexpr std::size_t kFirstBits = 6;
    static_assert(kFirst == std::size_t{1} << kFirstBits);

    struct Spot {
        std::size_t block;
        std::size_t offset;
    };

    static Spot spot_of(std::size_t index) {
        const std::size_t shifted = index + kFirst;
        const auto top = static_cast<std::size_t>(std::bit_width(shifted)) - 1;
        // NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): shifted is never 0
        return {top - kFirstBits, shifted - (std::size_t{1} << top)};
    }

    std::array<std::unique_ptr<T[]>, 40> blocks_;
    std::size_t size_ = 0;
};

}  // namespace golanes::model
