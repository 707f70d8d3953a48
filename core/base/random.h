#pragma once
// Random streams of our own: the same numbers from the same seed with every compiler and library.
#include <cstdint>

namespace golanes {

/// The splitmix64 step: one well-mixed number from a counter. Also a good hash of an integer.
constexpr std::uint64_t mix64(std::uint64_t x) {
    x += 0x9E3779B97F4A7C15ULL;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
    return x ^ (x >> 31);
}

/// Separate streams, so that a knob of one never shifts the numbers of another.
enum class Stream : std::uint64_t {
    StartTick = 1,
    StealOrder = 2,
    Scenario = 3,
    Tie = 4,
    SelectOrder = 5,
    Pick = 6
};

/// A seeded generator (splitmix64). Threads: one at a time.
class Random {
 public:
    Random() = default;

    Random(std::uint64_t seed, Stream stream, std::uint64_t instance = 0)
        : state_(mix64(mix64(seed) ^ (static_cast<std::uint64_t>(stream) << 32) ^ instance)) {}

    std::uint64_t next() {
        state_ += 0x9E3779B97F4A7C15ULL;
        return mix64(state_);
    }

    /// A number in [0, bound), each equally likely (rejection, no modulo bias). Requires: bound >
    /// 0.
    std::uint64_t uniform(std::uint64_t bound) {
        switch (bound) {  // a division by a constant is a multiplication
            case 1:
                return below<1>();
            case 2:
                return below<2>();
            case 3:
                return below<3>();
            case 4:
                return below<4>();
            default:
                return below(bound);
        }
    }

 private:
    template <std::uint64_t kBound>
    std::uint64_t below() {
        return below(kBound);
    }

    [[gnu::always_inline]] std::uint64_t below(std::uint64_t bound) {
        const std::uint64_t limit = UINT64_MAX - UINT64_MAX % bound;
        for (;;) {
            const std::uint64_t value = next();
            if (value < limit)
                return value % bound;
        }
    }

    std::uint64_t state_ = 0;
};

}  // namespace golanes
