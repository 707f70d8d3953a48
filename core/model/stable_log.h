#pragma once
// StableLog: a list that only grows and never moves what it holds, so that one thread can append
// while others read the part that was handed to them.
#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>

namespace golanes::model {

/// Blocks that double in size behind a fixed directory.
/// Threads: one appender. A reader may read the first n elements once it was told n by the appender
/// through any synchronisation: the appender writes no element and no directory entry twice.
template <typename T>
class StableLog {
 public:
    StableLog() = default;
    StableLog(const StableLog&) = delete;
    StableLog& operator=(const StableLog&) = delete;

    ~StableLog() {
        clear();
        for (std::size_t block = 0; block < blocks_.size() && blocks_[block] != nullptr; ++block)
            std::allocator<T>().deallocate(blocks_[block], kFirst << block);
    }

    /// Forgets all elements and keeps the memory. Requires: nobody else reads the log.
    void clear() {
        for (std::size_t block = 0; size_ > 0; ++block) {
            const std::size_t part = std::min(size_, kFirst << block);
            std::destroy_n(blocks_[block], part);
            size_ -= part;
        }
    }

    /// Appends and returns the index of the new element.
    std::size_t push_back(T value) {
        const Spot spot = spot_of(size_);
        if (blocks_[spot.block] == nullptr)
            blocks_[spot.block] = std::allocator<T>().allocate(kFirst << spot.block);
        std::construct_at(blocks_[spot.block] + spot.offset, std::move(value));
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
        for_each_block(count, [&](std::span<const T> part) {
            for (const T& one : part)
                f(one);
        });
    }

    /// Calls f for the stretches of memory that hold the first `count` elements, in order.
    template <typename F>
    void for_each_block(std::size_t count, F&& f) const {
        for (std::size_t block = 0; count > 0; ++block) {
            const std::size_t part = std::min(count, kFirst << block);
            f(std::span<const T>(blocks_[block], part));
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

    std::array<T*, 40> blocks_{};
    std::size_t size_ = 0;
};

}  // namespace golanes::model
