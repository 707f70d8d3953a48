#include "core/base/time.h"

#include <array>
#include <limits>
#include <utility>

#include <gtest/gtest.h>

namespace golanes {
namespace {

TEST(ParseDurationTest, ReadsEveryUnit) {
    const std::array<std::pair<const char*, DurationNs>, 10> cases{{{"250ns", 250},
                                                                    {"10us", 10'000},
                                                                    {"10\xC2\xB5s", 10'000},
                                                                    {"1.5ms", 1'500'000},
                                                                    {"2s", 2 * kSecond},
                                                                    {"1m", 60 * kSecond},
                                                                    {"0", 0},
                                                                    {"0s", 0},
                                                                    {"0.0015us", 2},
                                                                    {"1e3ms", kSecond}}};
    for (const auto& [text, expected] : cases) {
        const auto parsed = parse_duration(text);
        ASSERT_TRUE(parsed.ok()) << text;
        EXPECT_EQ(parsed.value(), expected) << text;
    }
}

TEST(ParseDurationTest, RefusesWhatIsNoDuration) {
    for (const char* text :
         {"", "5", "ms", "-1ms", "1 ms", "1msx", "inf", "nans", "1e300s", "10MS"})
        EXPECT_FALSE(parse_duration(text).ok()) << text;
}

TEST(ParseDurationTest, TheErrorNamesTheTextAndTheUnits) {
    const auto parsed = parse_duration("ten");
    ASSERT_FALSE(parsed.ok());
    EXPECT_EQ(parsed.error().message,
              "\"ten\" is not a duration: write a number and a unit (ns, us, ms, s, m), for "
              "example 10ms");
}

TEST(FormatDurationTest, WritesThreeSignificantDigits) {
    const std::array<std::pair<DurationNs, const char*>, 12> cases{
        {{0, "0 ns"},
         {999, "999 ns"},
         {1'000, "1.00 \xC2\xB5s"},
         {9'994, "9.99 \xC2\xB5s"},
         {9'996, "10.0 \xC2\xB5s"},
         {99'960, "100 \xC2\xB5s"},
         {999'499, "999 \xC2\xB5s"},
         {999'500, "1.00 ms"},
         {12'345'678, "12.3 ms"},
         {999'500'000, "1.00 s"},
         {90 * kSecond, "90.0 s"},
         {-2 * kMillisecond, "-2.00 ms"}}};
    for (const auto& [duration, expected] : cases)
        EXPECT_EQ(format_duration(duration), expected) << duration;
}

TEST(FormatDurationTest, TakesTheExtremes) {
    EXPECT_EQ(format_duration(std::numeric_limits<DurationNs>::min()), "-9223372037 s");
    EXPECT_EQ(format_duration(std::numeric_limits<DurationNs>::max()), "9223372037 s");
}

TEST(MonotonicTest, NeverGoesBack) {
    TimeNs last = monotonic_ns();
    for (int i = 0; i < 1000; ++i) {
        const TimeNs now = monotonic_ns();
        ASSERT_GE(now, last);
        last = now;
    }
}

}  // namespace
}  // namespace golanes
