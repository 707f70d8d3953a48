// The virtual engine: a run depends on its seed alone.
#include <set>

#include "core/base/random.h"
#include "tests/core/runtime/mixed_program.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

// A thousand seeds, each twice, a hundred a test.
class DeterminismTest : public ::testing::TestWithParam<int> {
    Watchdog watchdog_;
};

INSTANTIATE_TEST_SUITE_P(Hundreds, DeterminismTest, ::testing::Range(0, 10));

TEST_P(DeterminismTest, TheSameSeedGivesTheSameLogicalEvents) {
    std::set<std::uint64_t> different;
    const int seeds = kUnderTsan || kUnderAsan ? 5 : 100;
    for (int i = 1; i <= seeds; ++i) {
        const int seed = GetParam() * 100 + i;
        RunRequest request{.procs = 1 + seed % 8, .seed = static_cast<std::uint64_t>(seed)};
        request.tune = [seed](rt::RunSettings& settings) {
            vary(settings, seed);
        };
        const auto first = run(request, mixed_program);
        const auto second = run(request, mixed_program);
        EXPECT_EQ(first.logical_hash(), second.logical_hash()) << "seed " << seed;
        EXPECT_EQ(first.recording.event_count(), second.recording.event_count());
        EXPECT_EQ(first.number(), kMixedSum);
        different.insert(first.logical_hash());
    }
    EXPECT_GT(different.size(), static_cast<std::size_t>(seeds) / 2);
}

TEST(StartTickTest, TakesEveryValue) {
    std::set<std::uint64_t> ticks;
    for (std::uint64_t seed = 0; seed < 1000; ++seed)
        ticks.insert(Random(seed, Stream::StartTick, 0).uniform(61));
    EXPECT_EQ(ticks.size(), 61U);
}

}  // namespace
}  // namespace golanes::test
