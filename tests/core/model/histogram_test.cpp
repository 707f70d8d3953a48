#include "core/model/histogram.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/random.h"

namespace golanes::model::test {
namespace {

TEST(HistogramTest, EveryLengthLiesInItsBucket) {
    for (DurationNs length = 0; length < (DurationNs{1} << 40); length = length * 9 / 8 + 1) {
        const std::size_t bucket = Histogram::bucket_of(length);
        EXPECT_LE(Histogram::lower_bound(bucket), length);
        EXPECT_GT(Histogram::lower_bound(bucket + 1), length);
    }
}

TEST(HistogramTest, LengthsBeyondTheLastBucketAreInIt) {
    EXPECT_EQ(Histogram::bucket_of(INT64_MAX), Histogram::kBuckets - 1);
    EXPECT_EQ(Histogram::bucket_of(-5), 0U);
}

TEST(HistogramTest, PercentilesAreRightToASixteenth) {
    constexpr std::uint64_t kSeed = 7;
    Random random(kSeed, Stream::Scenario);
    Histogram histogram;
    std::vector<DurationNs> all;
    for (int i = 0; i < 10'000; ++i) {
        all.push_back(static_cast<DurationNs>(random.uniform(1'000'000) + 100));
        histogram.add(all.back());
    }
    std::sort(all.begin(), all.end());
    for (const double share : {0.1, 0.5, 0.9, 0.99}) {
        const auto exact = static_cast<double>(
            all[static_cast<std::size_t>(share * static_cast<double>(all.size()))]);
        EXPECT_NEAR(static_cast<double>(histogram.percentile(share)), exact, exact / 16) << kSeed;
    }
}

TEST(HistogramTest, APartTakenAwayLeavesTheRest) {
    Histogram all;
    Histogram part;
    all.add(10);
    part.add(10);
    all.add(1'000);
    all.subtract(part);
    EXPECT_EQ(all.total(), 1U);
    EXPECT_EQ(all.count(Histogram::bucket_of(10)), 0U);
    EXPECT_EQ(Histogram().percentile(0.5), 0);
}

}  // namespace
}  // namespace golanes::model::test
