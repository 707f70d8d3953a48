#include "ui/view/axis.h"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

namespace golanes::view {
namespace {

std::vector<Tick> ticks_of(TimeRange range,
                           float width_px,
                           TimeNs origin = 0,
                           AxisStyle style = {}) {
    std::vector<Tick> ticks;
    make_ticks({range, 0, width_px}, origin, style, ticks);
    return ticks;
}

std::vector<std::string> labels_of(const std::vector<Tick>& ticks) {
    std::vector<std::string> labels;
    for (const Tick& tick : ticks) {
        if (tick.major)
            labels.push_back(tick.label);
    }
    return labels;
}

TEST(AxisTest, StepsAreOneTwoOrFiveTimesAPowerOfTen) {
    for (TimeNs length = 40; length < 100 * kSecond; length = length * 3 / 2) {
        TimeNs before = -1;
        for (const Tick& tick : ticks_of({0, length}, 900)) {
            if (!tick.major)
                continue;
            if (before >= 0) {
                const double step = static_cast<double>(tick.time - before);
                const double leading = step / std::pow(10, std::floor(std::log10(step) + 1e-9));
                EXPECT_TRUE(std::lround(leading) == 1 || std::lround(leading) == 2 ||
                            std::lround(leading) == 5)
                    << step;
            }
            before = tick.time;
        }
    }
}

TEST(AxisTest, LabelsNeverTouch) {
    const unsigned seed = 20'240;
    SCOPED_TRACE(seed);
    std::mt19937_64 random(seed);
    for (int round = 0; round < 2'000; ++round) {
        const TimeNs start = static_cast<TimeNs>(random() % (100ULL * kSecond)) - kSecond;
        const auto length = static_cast<DurationNs>(
            std::pow(10, 1.4 + static_cast<double>(random() % 1'000) / 110));
        const AxisStyle style{6 + static_cast<float>(random() % 12), 8};
        float free_from = -1e9F;
        for (const Tick& tick : ticks_of({start, start + length}, 700, 0, style)) {
            if (!tick.major)
                continue;
            const float half = label_width_px(tick.label, style) / 2;
            EXPECT_GE(tick.px - half, free_from)
                << tick.label << " length " << length << " start " << start;
            free_from = tick.px + half;
        }
    }
}

TEST(AxisTest, LabelsCountFromTheOriginOfTheRun) {
    const auto labels =
        labels_of(ticks_of({5 * kMillisecond, 15 * kMillisecond}, 800, 5 * kMillisecond));
    ASSERT_FALSE(labels.empty());
    EXPECT_EQ(labels.front(), "0");
    EXPECT_EQ(labels[1], "1 ms");
}

TEST(AxisTest, TimesBeforeTheRunAreNegative) {
    const auto labels = labels_of(ticks_of({0, 10 * kMillisecond}, 800, 5 * kMillisecond));
    EXPECT_EQ(labels.front().front(), '-');
}

TEST(AxisTest, UnitsGrowWithTheView) {
    EXPECT_NE(labels_of(ticks_of({0, 500}, 800))[1].find(" ns"), std::string::npos);
    EXPECT_NE(labels_of(ticks_of({0, 500'000}, 800))[1].find(" \xC2\xB5s"), std::string::npos);
    EXPECT_NE(labels_of(ticks_of({0, 50'000'000}, 800))[1].find(" ms"), std::string::npos);
    EXPECT_NE(labels_of(ticks_of({0, 9 * kSecond}, 800))[1].find(" s"), std::string::npos);
}

TEST(AxisTest, ADeepZoomFarFromTheOriginTellsItsTicksApart) {
    const auto labels = labels_of(ticks_of({1'234'567, 1'234'867}, 1'200));
    ASSERT_GE(labels.size(), 3U);
    for (std::size_t i = 1; i < labels.size(); ++i)
        EXPECT_NE(labels[i - 1], labels[i]);
}

TEST(AxisTest, MinorTicksDivideTheStepAndCarryNoLabel) {
    int minors = 0;
    for (const Tick& tick : ticks_of({0, 10 * kMillisecond}, 800)) {
        EXPECT_EQ(tick.major, !tick.label.empty());
        minors += tick.major ? 0 : 1;
    }
    EXPECT_GE(minors, 8);
}

TEST(AxisTest, TheNumberOfTicksIsBoundedByTheWidth) {
    for (TimeNs length = 20; length < 10'000 * kSecond; length *= 7)
        EXPECT_LE(ticks_of({0, length}, 1'600).size(), 400U) << length;
}

}  // namespace
}  // namespace golanes::view
