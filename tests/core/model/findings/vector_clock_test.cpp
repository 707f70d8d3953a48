#include "core/model/findings/vector_clock.h"

#include <map>

#include <gtest/gtest.h>

#include "core/base/random.h"

namespace golanes::model::test {
namespace {

TEST(VectorClockTest, KnowsNothingAtFirst) {
    const VectorClock clock;
    EXPECT_EQ(clock.of(3), 0U);
    EXPECT_FALSE(clock.knows({3, 1}));
}

// Joins and advances drawn at random, next to a map that is joined by its definition.
TEST(VectorClockTest, JoinsAreTheGreaterOfEachCount) {
    constexpr std::uint64_t kSeed = 4;
    constexpr std::size_t kClocks = 5;
    Random random(kSeed, Stream::Scenario);
    std::array<VectorClock, kClocks> clocks;
    std::array<std::map<GoroutineId, std::uint32_t>, kClocks> naive;
    for (int i = 0; i < 5'000; ++i) {
        const std::size_t a = random.uniform(kClocks);
        const std::size_t b = random.uniform(kClocks);
        const auto g = static_cast<GoroutineId>(1 + random.uniform(20));
        if (random.uniform(2) == 0) {
            clocks[a].advance(g);
            ++naive[a][g];
        } else {
            clocks[a].join(clocks[b]);
            for (const auto& [goroutine, count] : naive[b])
                naive[a][goroutine] = std::max(naive[a][goroutine], count);
        }
        for (const auto& [goroutine, count] : naive[a])
            ASSERT_EQ(clocks[a].of(goroutine), count) << "seed " << kSeed;
    }
}

}  // namespace
}  // namespace golanes::model::test
