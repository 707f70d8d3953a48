#include "ui/view/viewport.h"

#include <gtest/gtest.h>

namespace golanes::view {
namespace {

constexpr TimeRange kBounds{0, 1'000'000};

TEST(ViewportTest, TimeAndPixelAreInversesOfEachOther) {
    const Viewport viewport{{500, 10'500}, 100, 1'000};
    for (const TimeNs t : {500, 510, 5'500, 10'490})
        EXPECT_EQ(viewport.time_from_px(viewport.px_from_time(t)), t);
    EXPECT_FLOAT_EQ(viewport.px_from_time(500), 100);
    EXPECT_FLOAT_EQ(viewport.px_from_time(10'500), 1'100);
}

TEST(ViewportTest, HoursIntoARecordingNanosecondsStillHaveTheirOwnPixel) {
    const TimeNs hour = 3'600 * kSecond;
    const Viewport viewport{{hour, hour + 100}, 0, 1'000};
    EXPECT_NEAR(viewport.px_from_time(hour + 37), 370, 0.01);
    EXPECT_EQ(viewport.time_from_px(370), hour + 37);
}

TEST(ViewportTest, ZoomKeepsTheAnchorUnderTheSamePixel) {
    const TimeRange before{200'000, 600'000};
    const TimeNs anchor = 300'000;
    const TimeRange after = zoomed(before, anchor, 2, kBounds);
    EXPECT_EQ(after.length(), 200'000);
    const Viewport old_view{before, 0, 800};
    const Viewport new_view{after, 0, 800};
    EXPECT_NEAR(old_view.px_from_time(anchor), new_view.px_from_time(anchor), 0.01);
}

TEST(ViewportTest, ZoomInStopsAtTheShortestView) {
    TimeRange range = kBounds;
    for (int i = 0; i < 100; ++i)
        range = zoomed(range, 1'234, 2, kBounds);
    EXPECT_EQ(range.length(), kMinViewNs);
    EXPECT_TRUE(range.contains(1'234));
}

TEST(ViewportTest, ZoomOutStopsAtTheBounds) {
    EXPECT_EQ(zoomed({400'000, 500'000}, 450'000, 0.001, kBounds), kBounds);
}

TEST(ViewportTest, PanKeepsTheLengthAndStopsAtTheBounds) {
    EXPECT_EQ(panned({100, 1'100}, 50, kBounds), (TimeRange{150, 1'150}));
    EXPECT_EQ(panned({100, 1'100}, -500, kBounds), (TimeRange{0, 1'000}));
    EXPECT_EQ(panned({998'900, 999'900}, 500, kBounds), (TimeRange{999'000, 1'000'000}));
}

TEST(ViewportTest, FitShowsAllWithAirOnBothSides) {
    const TimeRange fit = fitted({1'000, 41'000});
    EXPECT_LT(fit.start, 1'000);
    EXPECT_GT(fit.end, 41'000);
    EXPECT_LT(fit.length(), 44'000);
}

TEST(ViewportTest, AViewOfNothingStillHasALength) {
    EXPECT_GE(fitted({5, 5}).length(), kMinViewNs);
    EXPECT_GE(clamped({5, 5}, {5, 6}).length(), kMinViewNs);
}

}  // namespace
}  // namespace golanes::view
