#pragma once
// Histogram of durations: eight buckets an octave, so that a percentile is right to a sixteenth.
#include <array>
#include <bit>
#include <cstdint>

#include "core/base/time.h"

namespace golanes::model {

class Histogram {
 public:
    static constexpr std::size_t kPerOctave = 8;
    static constexpr std::size_t kBuckets =
        kPerOctave * 40;  ///< The last one is open: 2 h and more.

    void add(DurationNs length) {
        ++counts_[bucket_of(length)];
        ++total_;
    }

    /// Takes away what another one, of a part of the same facts, has.
    void subtract(const Histogram& other) {
        for (std::size_t i = 0; i < kBuckets; ++i)
            counts_[i] -= other.counts_[i];
        total_ -= other.total_;
    }

    [[nodiscard]] std::uint64_t total() const { return total_; }

    [[nodiscard]] std::uint32_t count(std::size_t bucket) const { return counts_[bucket]; }

    /// The length below which the share `of_one` (0..1) of all lies: the middle of its bucket.
    /// 0 when there are none.
    [[nodiscard]] DurationNs percentile(double of_one) const {
        const auto wanted = static_cast<std::uint64_t>(of_one * static_cast<double>(total_));
        std::uint64_t seen = 0;
        for (std::size_t i = 0; i < kBuckets; ++i) {
            seen += counts_[i];
            if (counts_[i] > 0 && (seen > wanted || seen == total_))
                return (lower_bound(i) + lower_bound(i + 1)) / 2;
        }
        return 0;
    }

    /// The shortest length of a bucket.
    static constexpr DurationNs lower_bound(std::size_t bucket) {
        if (bucket < kPerOctave)
            return static_cast<DurationNs>(bucket);
        const std::size_t octave = bucket / kPerOctave - 1;
        return static_cast<DurationNs>(kPerOctave + bucket % kPerOctave) << octave;
    }

    static constexpr std::size_t bucket_of(DurationNs length) {
        if (length < static_cast<DurationNs>(kPerOctave))
            return length < 0 ? 0 : static_cast<std::size_t>(length);
        const auto value = static_cast<std::uint64_t>(length);
        const auto octave = static_cast<std::size_t>(std::bit_width(value)) - kTopBits;
        const std::size_t bucket = (octave + 1) * kPerOctave + (value >> octave) - kPerOctave;
        return bucket < kBuckets ? bucket : kBuckets - 1;
    }

 private:
    static constexpr std::size_t kTopBits =
        4;  ///< Bits of a bucket's number within its octave, and 1.
    static_assert(std::size_t{1} << (kTopBits - 1) == kPerOctave);

    std::array<std::uint32_t, kBuckets> counts_{};
    std::uint64_t total_ = 0;
};

}  // namespace golanes::model
