#include "core/base/random.h"

#include <array>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/time.h"

namespace golanes {
namespace {

std::vector<std::uint64_t> first_numbers(std::uint64_t seed,
                                         Stream stream,
                                         std::uint64_t instance) {
    Random random(seed, stream, instance);
    std::vector<std::uint64_t> numbers;
    for (int i = 0; i < 4; ++i)
        numbers.push_back(random.next());
    return numbers;
}

// splitmix64 with seed 1234567: the numbers its author's C program prints.
TEST(RandomTest, TheMixIsSplitmix64) {
    constexpr std::uint64_t kSeed = 1234567;
    constexpr std::uint64_t kStep = 0x9E3779B97F4A7C15ULL;
    EXPECT_EQ(mix64(kSeed), 6457827717110365317ULL);
    EXPECT_EQ(mix64(kSeed + kStep), 3203168211198807973ULL);
    EXPECT_EQ(mix64(kSeed + 2 * kStep), 9817491932198370423ULL);
}

// Replays depend on these numbers: whoever changes them breaks every stored seed.
TEST(RandomTest, TheSequencesOfASeedArePinned) {
    EXPECT_EQ(first_numbers(1, Stream::Scenario, 0),
              (std::vector<std::uint64_t>{0xC4CF8D86705BA377ULL,
                                          0xBEF3B8C3CBA080CDULL,
                                          0x28F7CB26B5B45EB6ULL,
                                          0x0EB14A69B8733684ULL}));
    EXPECT_EQ(first_numbers(42, Stream::StealOrder, 3),
              (std::vector<std::uint64_t>{0xB85640D1A0242636ULL,
                                          0x4880320538EE69ECULL,
                                          0xAFC54AA402925D07ULL,
                                          0xCF3F0452E17B7C14ULL}));
}

TEST(RandomTest, SeedStreamAndInstanceEachMakeAnotherSequence) {
    const std::set<std::vector<std::uint64_t>> sequences{
        first_numbers(1, Stream::Scenario, 0),
        first_numbers(2, Stream::Scenario, 0),
        first_numbers(1, Stream::StealOrder, 0),
        first_numbers(1, Stream::Scenario, 1),
    };
    EXPECT_EQ(sequences.size(), 4U);
}

TEST(RandomTest, UniformOfOneIsZero) {
    Random random(9, Stream::Tie);
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(random.uniform(1), 0U);
}

// 100,000 throws of a 61-sided die. With 60 degrees of freedom chi-square exceeds 126 once in a
// million fair seeds.
TEST(RandomTest, UniformHasNoBias) {
    constexpr std::size_t kSides = 61;
    constexpr int kThrows = 100'000;
    const auto seed = static_cast<std::uint64_t>(monotonic_ns());
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    Random random(seed, Stream::StartTick);
    std::array<int, kSides> seen{};
    for (int i = 0; i < kThrows; ++i)
        ++seen.at(random.uniform(kSides));
    const double expected = static_cast<double>(kThrows) / kSides;
    double chi_square = 0;
    for (const int count : seen)
        chi_square += (count - expected) * (count - expected) / expected;
    EXPECT_LT(chi_square, 126.0);
    EXPECT_GT(chi_square, 20.0) << "too even to be random";
}

// Plain modulo would give the lower half of this bound twice the chance of the upper half.
TEST(RandomTest, UniformIsFairForHugeBounds) {
    constexpr std::uint64_t kBound = (std::uint64_t{1} << 63) + (std::uint64_t{1} << 62);
    constexpr int kDraws = 30'000;
    const auto seed = static_cast<std::uint64_t>(monotonic_ns());
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    Random random(seed, Stream::Scenario);
    int low_third = 0;
    for (int i = 0; i < kDraws; ++i)
        low_third += random.uniform(kBound) < kBound / 3 ? 1 : 0;
    EXPECT_NEAR(low_third, kDraws / 3, 500);  // six standard deviations
}

}  // namespace
}  // namespace golanes
