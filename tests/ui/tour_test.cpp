// The tour of a first start: three callouts, each beside what it speaks of.
#include "ui/panels/tour.h"

#include <gtest/gtest.h>

#include "tests/ui/headless.h"
#include "tests/ui/sample.h"

namespace golanes::ui {
namespace {

bool overlap(const ItemRect& a, const ItemRect& b) {
    return a.min.x < b.max.x && b.min.x < a.max.x && a.min.y < b.max.y && b.min.y < a.max.y;
}

class TourTest : public testing::Test {
 protected:
    void SetUp() override {
        window.input = sample_input();
        window.settle();
    }

    Headless window;
};

TEST_F(TourTest, ThereIsNoneUnlessItIsStarted) {
    EXPECT_FALSE(window.has("tour"));
    EXPECT_FALSE(window.shell.touring());
}

TEST_F(TourTest, ThreeStepsLeadToItsEnd) {
    window.shell.start_tour();
    window.settle();
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(window.shell.touring()) << i;
        EXPECT_TRUE(window.has("tour")) << i;
        window.click("tour.next");
    }
    EXPECT_FALSE(window.shell.touring());
    EXPECT_FALSE(window.has("tour"));
}

TEST_F(TourTest, ItCanBeSkipped) {
    window.shell.start_tour();
    window.settle();
    window.click("tour.skip");
    EXPECT_FALSE(window.shell.touring());
}

TEST_F(TourTest, TheWindowGoesOnWorkingBesideIt) {
    window.shell.start_tour();
    window.settle();
    window.click("view.events");
    EXPECT_TRUE(window.has("events.table"));
    EXPECT_TRUE(window.has("tour"));
}

class TourRoomTest : public testing::TestWithParam<std::tuple<ImVec2, Language>> {};

TEST_P(TourRoomTest, NoCalloutCoversWhatItSpeaksOf) {
    const auto [size, language] = GetParam();
    Headless window(size);
    window.input = sample_input();
    window.input.language = language;
    window.shell.start_tour();
    window.settle();
    for (const char* subject : {"panel.scenarios", "panel.controls", "panel.timeline"}) {
        const auto callout = find_item("tour");
        const auto target = find_item(subject);
        ASSERT_TRUE(callout && target) << subject;
        EXPECT_FALSE(overlap(*callout, *target)) << subject;
        EXPECT_GE(callout->min.x, 0);
        EXPECT_GE(callout->min.y, 0);
        EXPECT_LE(callout->max.x, size.x) << subject;
        EXPECT_LE(callout->max.y, size.y) << subject;
        window.click("tour.next");
    }
}

INSTANTIATE_TEST_SUITE_P(All,
                         TourRoomTest,
                         testing::Combine(testing::Values(ImVec2(1280, 720), ImVec2(1920, 1080)),
                                          testing::Values(Language::English, Language::Chinese)));

}  // namespace
}  // namespace golanes::ui
