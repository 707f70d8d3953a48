// The comparison of two runs in the whole window: what it asks for, what it shows, how it is moved.
#include <gtest/gtest.h>

#include "tests/ui/headless.h"
#include "tests/ui/sample.h"
#include "ui/panels/fonts.h"

namespace golanes::ui {
namespace {

class TwinPanelTest : public testing::Test {
 protected:
    void SetUp() override {
        window.input = sample_input();
        window.input.live = false;
        window.shell.show(view::ViewKind::Twin);
        window.settle();
    }

    /// The sample run (10 ms on two Ps) beside one of another length.
    void compare(DurationNs second_ms) {
        TwinView& twin = window.input.twin;
        twin.phase = TwinView::Phase::Ready;
        twin.first_run = 1;
        twin.second = slowed_timeline(second_ms);
        twin.second_run = 1;
        window.settle();
    }

    static ImVec2 at(const char* name, float part) {
        const ItemRect rect = find_item(name).value_or(ItemRect{});
        return {rect.min.x + (rect.max.x - rect.min.x) * part, (rect.min.y + rect.max.y) / 2};
    }

    Headless window{{1280, 900}};
};

TEST_F(TwinPanelTest, BeforeTheFirstComparisonItSaysWhatToDo) {
    EXPECT_NE(window.text().find("Choose what is to be different"), std::string::npos);
}

TEST_F(TwinPanelTest, CompareAsksForARunOnOtherPs) {
    window.click("twin.compare");
    const auto sent = window.sent<command::CompareRun>();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].procs, 1) << "the present run has two";
    EXPECT_FALSE(sent[0].policy.has_value());
}

TEST_F(TwinPanelTest, TheNumberOfPsIsChosenFromAList) {
    window.click("twin.procs");
    window.click("twin.P8");
    window.click("twin.compare");
    ASSERT_EQ(window.sent<command::CompareRun>().size(), 1U);
    EXPECT_EQ(window.sent<command::CompareRun>()[0].procs, 8);
}

TEST_F(TwinPanelTest, AChosenSwitchIsTurnedAtOnce) {
    window.click("twin.by_policy");
    window.click("twin.policy");
    window.click("twin.policy.handoff");
    window.click("twin.compare");
    const auto sent = window.sent<command::CompareRun>();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].procs, 0);
    ASSERT_TRUE(sent[0].policy.has_value());
    EXPECT_EQ(sent[0].policy->id, catalog::PolicyId::Handoff);
    EXPECT_EQ(sent[0].policy->value, 0);
}

TEST_F(TwinPanelTest, ARecordingIsChosenInTheFileDialog) {
    window.click("twin.by_file");
    window.click("twin.compare");
    EXPECT_TRUE(window.has("file.folder"));
    EXPECT_TRUE(window.sent<command::CompareRun>().empty());
}

TEST_F(TwinPanelTest, WhileTheSecondRunGoesOnItTellsHowFarAndCanBeStopped) {
    window.input.twin.phase = TwinView::Phase::Recording;
    window.input.twin.second = sample_timeline();
    window.settle();
    EXPECT_NE(window.text().find("The second run goes on:"), std::string::npos);
    EXPECT_TRUE(window.shell.animating());
    window.click("twin.stop");
    EXPECT_EQ(window.sent<command::StopComparing>().size(), 1U);
}

TEST_F(TwinPanelTest, WhyThereIsNoSecondRunIsTold) {
    window.input.twin.phase = TwinView::Phase::Failed;
    window.input.twin.error = "the file is no recording";
    window.settle();
    EXPECT_NE(window.text().find("the file is no recording"), std::string::npos);
}

TEST_F(TwinPanelTest, TheVerdictIsTheQuotientOfTheTwoWallTimes) {
    compare(20);
    const std::string text = window.text();
    EXPECT_NE(text.find("took 2.00 times as long as A"), std::string::npos) << text;
    EXPECT_NE(text.find("10.0 ms / 20.0 ms = 0.50"), std::string::npos) << text;
    compare(5);
    EXPECT_NE(window.text().find("was 2.00 times as fast as A"), std::string::npos);
    compare(10);
    EXPECT_NE(window.text().find("took about as long as A"), std::string::npos);
}

TEST_F(TwinPanelTest, TheVerdictIsToldInBothLanguages) {
    if (!FontLoader::has_chinese())
        GTEST_SKIP() << "no Chinese font on this machine";
    window.input.language = Language::Chinese;
    compare(5);
    EXPECT_NE(window.text().find("的速度是 A"), std::string::npos) << window.text();
}

TEST_F(TwinPanelTest, BothRunsHaveTheirRowsAboveEachOther) {
    compare(20);
    for (const char* row : {"twin.A.P0", "twin.A.P1", "twin.A.G1", "twin.B.P0", "twin.B.P1"})
        EXPECT_TRUE(window.has(row)) << row;
    EXPECT_LE(find_item("twin.A")->max.y, find_item("twin.B")->min.y);
    EXPECT_EQ(find_item("twin.A.lanes")->min.x, find_item("twin.B.lanes")->min.x);
    EXPECT_EQ(find_item("twin.A.lanes")->max.x, find_item("twin.B.lanes")->max.x);
}

TEST_F(TwinPanelTest, AClickInEitherPutsTheOneCursorAtThatTime) {
    compare(20);
    for (const char* lanes : {"twin.A.lanes", "twin.B.lanes"}) {
        window.click_at(at(lanes, 0.25F));
        EXPECT_TRUE(window.has("twin.cursor")) << lanes;
        EXPECT_NE(window.text().find(" of its work, B "), std::string::npos) << lanes;
        window.press(key::kEscape);
        EXPECT_FALSE(window.has("twin.cursor")) << lanes;
    }
}

TEST_F(TwinPanelTest, ItsCursorIsThatOfTheOtherViews) {
    compare(20);
    window.click_at(at("twin.A.lanes", 0.1F));
    window.click("view.queues");
    EXPECT_NE(window.text().find("At the cursor, "), std::string::npos) << window.text();
}

TEST_F(TwinPanelTest, AClickOnARowSelectsItsGoroutine) {
    compare(20);
    window.click_at({find_item("twin.B.P0")->min.x - 30, find_item("twin.A.G2")->center().y});
    EXPECT_TRUE(window.has("inspector.name"));
}

TEST_F(TwinPanelTest, TheWheelZoomsBothAndFShowsAll) {
    compare(20);
    window.click_at(at("twin.B.lanes", 0.02F));
    const std::string far = window.text();
    window.move_to(at("twin.B.lanes", 0.9F));
    for (int i = 0; i < 12; ++i)
        window.queue.push({.kind = InputEvent::Kind::Wheel, .y = 1});
    window.settle();
    window.click_at(at("twin.A.lanes", 0.02F));
    const std::string near = window.text();
    EXPECT_NE(near.substr(near.find("At ")), far.substr(far.find("At ")));
    window.press('F');
    window.click_at(at("twin.A.lanes", 0.02F));
    const std::string again = window.text();
    EXPECT_EQ(again.substr(again.find("At ")), far.substr(far.find("At ")));
}

TEST_F(TwinPanelTest, TheClockOfWorkDrawsBothRunsAgain) {
    compare(20);
    window.click("twin.work");
    EXPECT_TRUE(window.has("twin.A.P0"));
    EXPECT_TRUE(window.has("twin.B.P0"));
    EXPECT_NE(window.text().find("took 2.00 times as long as A"), std::string::npos)
        << "the speed-up is of wall times whatever the clock shows";
    window.click_at(at("twin.A.lanes", 0.25F));
    EXPECT_NE(window.text().find(" of work: A has taken "), std::string::npos) << window.text();
}

class TwinRoomTest : public testing::TestWithParam<std::tuple<ImVec2, float, Language>> {};

TEST_P(TwinRoomTest, BothRunsAreSeen) {
    const auto [size, scale, language] = GetParam();
    Headless window(size);
    window.input = sample_input();
    window.input.live = false;
    window.input.scale = scale;
    window.input.language = language;
    window.input.twin.phase = TwinView::Phase::Ready;
    window.input.twin.first_run = window.input.twin.second_run = 1;
    window.input.twin.second = slowed_timeline(20);
    window.shell.show(view::ViewKind::Twin);
    window.settle();
    for (const char* name : {"twin.verdict", "twin.formula", "twin.A", "twin.B"}) {
        const auto rect = find_item(name);
        ASSERT_TRUE(rect.has_value()) << name;
        EXPECT_LE(rect->max.x, find_item("panel.view")->max.x + 1) << name;
    }
    EXPECT_LE(find_item("twin.A")->max.y, find_item("twin.B.title")->min.y);
}

INSTANTIATE_TEST_SUITE_P(All,
                         TwinRoomTest,
                         testing::Combine(testing::Values(ImVec2(1280, 720), ImVec2(1920, 1080)),
                                          testing::Values(1.0F, 2.0F),
                                          testing::Values(Language::English, Language::Chinese)));

}  // namespace
}  // namespace golanes::ui
