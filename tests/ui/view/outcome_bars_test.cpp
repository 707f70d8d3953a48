#include "ui/view/outcome_bars.h"

#include <gtest/gtest.h>

namespace golanes::view {
namespace {

TEST(OutcomeBarsTest, AFewResultsHaveABarEach) {
    const auto bars = outcome_bars({{"9", 2}, {"10", 5}, {"deadlock", 1}}, 10);
    ASSERT_EQ(bars.size(), 3U);
    EXPECT_EQ(bars[1].label, "10");
    EXPECT_EQ(bars[1].count, 5U);
    EXPECT_EQ(bars[2].label, "deadlock");
}

TEST(OutcomeBarsTest, ManyNumbersAreTakenTogetherAndNoneIsLost) {
    std::vector<CountedResult> results;
    for (std::uint32_t i = 0; i < 99; ++i)
        results.push_back({std::to_string(i), i % 7});
    const auto bars = outcome_bars(results, 10);
    EXPECT_LE(bars.size(), 10U);
    EXPECT_EQ(bars[0].label, "0 .. 9");
    EXPECT_EQ(bars[0].most, 6U);
    std::uint32_t sum = 0;
    std::uint32_t all = 0;
    for (const OutcomeBar& bar : bars)
        sum += bar.count;
    for (const CountedResult& result : results)
        all += result.count;
    EXPECT_EQ(sum, all);
}

TEST(OutcomeBarsTest, NothingCountedIsNoBar) {
    EXPECT_TRUE(outcome_bars({}, 10).empty());
}

}  // namespace
}  // namespace golanes::view
