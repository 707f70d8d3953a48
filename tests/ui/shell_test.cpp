// The whole window, driven by mouse and keyboard: what it asks the app to do, and what it says.
#include "ui/panels/shell.h"

#include <gtest/gtest.h>

#include "tests/ui/headless.h"
#include "tests/ui/sample.h"

namespace golanes::ui {
namespace {

class ShellTest : public testing::Test {
 protected:
    void SetUp() override {
        window.input = sample_input();
        window.settle();
    }

    Headless window;
};

TEST_F(ShellTest, DraggingThePSliderSetsTheNumberOfPs) {
    window.drag_to("procs", 0.99F);
    const auto sent = window.sent<command::SetProcs>();
    ASSERT_FALSE(sent.empty());
    EXPECT_EQ(sent.back().procs, 16);
}

TEST_F(ShellTest, ClickingAScenarioSelectsIt) {
    window.click("scenario.plain");
    const auto sent = window.sent<command::SelectScenario>();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].id, "plain");
}

TEST_F(ShellTest, TheChosenScenarioShowsItsSummary) {
    EXPECT_NE(window.text().find("Four workers take ten tasks"), std::string::npos);
    EXPECT_EQ(window.text().find("It prints a line"), std::string::npos);
}

TEST_F(ShellTest, StopAndHoldFollowThePhase) {
    window.click("stop");
    EXPECT_EQ(window.sent<command::StopRun>().size(), 1U);
    window.click("hold");
    ASSERT_EQ(window.sent<command::HoldRun>().size(), 1U);
    EXPECT_TRUE(window.sent<command::HoldRun>()[0].hold);
    window.input.run.phase = RunPhase::Held;
    window.settle();
    window.click("hold");
    EXPECT_FALSE(window.sent<command::HoldRun>()[1].hold);
    window.input.run.phase = RunPhase::Ended;
    window.settle();
    EXPECT_FALSE(window.has("stop"));
    window.click("start");
    EXPECT_EQ(window.sent<command::StartRun>().size(), 1U);
}

TEST_F(ShellTest, EngineIsARadioButton) {
    window.click("engine.virtual");
    ASSERT_EQ(window.sent<command::SetEngine>().size(), 1U);
    EXPECT_TRUE(window.sent<command::SetEngine>()[0].is_virtual);
    window.click("engine.real");
    EXPECT_EQ(window.sent<command::SetEngine>().size(), 1U) << "it is the real one already";
}

TEST_F(ShellTest, ARealOnlyScenarioCannotGoVirtual) {
    window.input.run.scenario = "real";
    window.input.run.values.clear();
    window.settle();
    window.click("engine.virtual");
    EXPECT_TRUE(window.sent<command::SetEngine>().empty());
}

TEST_F(ShellTest, IntegerAndDurationKnobsSendValuesInRange) {
    window.drag_to("param.workers", 0.99F);
    window.drag_to("param.work", 0.02F);
    const auto sent = window.sent<command::SetParameter>();
    ASSERT_GE(sent.size(), 2U);
    EXPECT_EQ(sent.front().index, 0U);
    EXPECT_EQ(sent.back().index, 1U);
    for (const auto& change : sent) {
        if (change.index == 0)
            EXPECT_TRUE(change.value >= 1 && change.value <= 16) << change.value;
        else
            EXPECT_TRUE(change.value >= 10'000 && change.value <= 100'000'000) << change.value;
    }
}

TEST_F(ShellTest, SwitchAndChoiceKnobsSendTheirNumbers) {
    const auto box = find_item("param.close");
    ASSERT_TRUE(box.has_value());
    window.click_at({box->min.x + 5, box->center().y});
    ASSERT_EQ(window.sent<command::SetParameter>().size(), 1U);
    EXPECT_EQ(window.sent<command::SetParameter>()[0].index, 2U);
    EXPECT_EQ(window.sent<command::SetParameter>()[0].value, 0);
    window.click("param.cure");
    window.click("choice.atomic");
    ASSERT_EQ(window.sent<command::SetParameter>().size(), 2U);
    EXPECT_EQ(window.sent<command::SetParameter>()[1].value, 2);
}

TEST_F(ShellTest, KnobsOfTheNextRunSaySo) {
    const std::string text = window.text();
    EXPECT_NE(text.find("Workers  (next run)"), std::string::npos);
    EXPECT_EQ(text.find("Time of a task  (next run)"), std::string::npos);
}

TEST_F(ShellTest, SpaceFreezesThePictureAndLetsItGoOn) {
    EXPECT_EQ(window.text().find("View paused"), std::string::npos);
    window.press(key::kSpace);
    EXPECT_NE(window.text().find("View paused"), std::string::npos);
    EXPECT_FALSE(window.shell.animating());
    window.press(key::kSpace);
    EXPECT_EQ(window.text().find("View paused"), std::string::npos);
    EXPECT_TRUE(window.shell.animating());
    EXPECT_TRUE(window.commands.empty()) << "the run must not notice";
}

TEST_F(ShellTest, AFrozenPictureEndsWithItsSubject) {
    window.press(key::kSpace);
    window.input.run.scenario = "plain";
    window.input.run.values.clear();
    window.settle();
    EXPECT_EQ(window.text().find("View paused"), std::string::npos);
}

TEST_F(ShellTest, ANewRunIsFollowedAgain) {
    window.press('A');  // pans away from the newest
    EXPECT_FALSE(window.shell.animating());
    window.input.timeline = sample_timeline();
    window.settle();
    EXPECT_TRUE(window.shell.animating());
}

TEST_F(ShellTest, KeysHoldStartAgainAndScale) {
    window.press('H');
    EXPECT_EQ(window.sent<command::HoldRun>().size(), 1U);
    window.press('R');
    EXPECT_EQ(window.sent<command::StopRun>().size(), 1U);
    EXPECT_EQ(window.sent<command::StartRun>().size(), 1U);
    window.press('=', kModControl);
    ASSERT_EQ(window.sent<command::SetScale>().size(), 1U);
    EXPECT_FLOAT_EQ(window.sent<command::SetScale>()[0].scale, 1.25F);
    window.press('Q', kModControl);
    ASSERT_EQ(window.sent<command::Quit>().size(), 1U);
    EXPECT_FALSE(window.sent<command::Quit>()[0].even_unsaved);
}

TEST_F(ShellTest, AHeldDownKeyTogglesOnce) {
    for (int i = 0; i < 3; ++i)
        window.queue.push({.kind = InputEvent::Kind::Key, .code = 'H', .down = true});
    window.settle();
    EXPECT_EQ(window.sent<command::HoldRun>().size(), 1U);
}

TEST_F(ShellTest, TheMenuSwitchesTheTheme) {
    window.click("menu.view");
    window.click("menu.theme");
    window.click("menu.light");
    ASSERT_EQ(window.sent<command::SetTheme>().size(), 1U);
    EXPECT_EQ(window.sent<command::SetTheme>()[0].theme, Theme::Light);
}

TEST_F(ShellTest, TheMenuHidesTheInspector) {
    EXPECT_TRUE(window.has("panel.inspector"));
    window.click("menu.view");
    window.click("menu.right");
    EXPECT_FALSE(window.has("panel.inspector"));
    EXPECT_TRUE(window.has("panel.timeline"));
}

TEST_F(ShellTest, TheSplitterMovesTheColumn) {
    const float before = find_item("panel.timeline")->min.x;
    window.drag_to("split.left", -6);
    EXPECT_LT(find_item("panel.timeline")->min.x, before);
}

TEST_F(ShellTest, LossIsCounted) {
    window.input.meters.lost = 1'234;
    window.settle();
    EXPECT_NE(window.text().find("Lost 1,234"), std::string::npos);
}

TEST_F(ShellTest, ACrashIsToldAboveTheTimelineAndStartsAgain) {
    window.input.run.phase = RunPhase::Crashed;
    window.input.run.ended_text = "SIGFPE at divide.cpp:12";
    window.settle();
    EXPECT_NE(window.text().find("The run crashed: SIGFPE at divide.cpp:12"), std::string::npos);
    EXPECT_LE(find_item("banner.ended")->max.y, find_item("panel.timeline")->min.y + 4);
    window.click("banner.again");
    EXPECT_EQ(window.sent<command::StartRun>().size(), 1U);
}

TEST_F(ShellTest, NoticesAreShownAndDismissed) {
    window.input.notices = {{Notice::Kind::Error, "a.golanes: damaged"},
                            {Notice::Kind::Info, "Saved."}};
    window.settle();
    EXPECT_NE(window.text().find("a.golanes: damaged"), std::string::npos);
    window.click("notice.1.close");
    ASSERT_EQ(window.sent<command::DismissNotice>().size(), 1U);
    EXPECT_EQ(window.sent<command::DismissNotice>()[0].index, 1U);
}

TEST(ShellEmptyTest, AnEmptyWindowSaysWhatToDo) {
    Headless window;
    window.input.scenarios = sample_scenarios();
    window.settle();
    EXPECT_NE(window.text().find("Choose a scenario"), std::string::npos);
    window.press(key::kSpace);
    window.press('H');
    window.press('R');
    window.press('S', kModControl);
    EXPECT_TRUE(window.commands.empty()) << "there is nothing to hold, start or save";
}

TEST(ShellKeyboardTest, ArrowsReachThePSliderAndSpaceTakesHoldOfIt) {
    Headless window;
    window.input = sample_input();
    window.settle();
    for (int i = 0; i < 12; ++i)
        window.press(key::kDown);
    for (int i = 0; i < 5; ++i)
        window.press(key::kUp);  // over the parameters and the closed policies
    for (int i = 0; i < 12 && window.sent<command::SetProcs>().empty(); ++i) {
        window.press(key::kUp);
        window.press(key::kSpace);
        window.press(key::kRight);
        window.press(key::kSpace);
    }
    ASSERT_FALSE(window.sent<command::SetProcs>().empty());
    EXPECT_EQ(window.sent<command::SetProcs>()[0].procs, 3);
}

class ShellSizeTest : public testing::TestWithParam<std::tuple<ImVec2, float, Language>> {};

TEST_P(ShellSizeTest, PanelsDoNotOverlapAndFillTheWindow) {
    const auto [size, scale, language] = GetParam();
    Headless window(size);
    window.input = sample_input();
    window.input.scale = scale;
    window.input.language = language;
    window.settle();
    const auto rect = [](const char* name) {
        return find_item(name).value_or(ItemRect{});
    };
    EXPECT_LE(rect("panel.scenarios").max.y, rect("panel.controls").min.y);
    EXPECT_LE(rect("panel.controls").max.x, rect("panel.timeline").min.x);
    EXPECT_LE(rect("panel.timeline").max.x, rect("panel.inspector").min.x);
    EXPECT_LE(rect("panel.timeline").max.y, rect("panel.legend").min.y + 1);
    EXPECT_LE(rect("panel.legend").max.y, rect("status.events").min.y + 1);
    EXPECT_LE(rect("status.window").max.x, size.x);
    EXPECT_LE(rect("status.events").max.y, size.y);
    EXPECT_FLOAT_EQ(rect("panel.inspector").max.x, size.x);
    EXPECT_GE(rect("panel.timeline").max.x - rect("panel.timeline").min.x, size.x * 0.42F);
}

INSTANTIATE_TEST_SUITE_P(Screens,
                         ShellSizeTest,
                         testing::Combine(testing::Values(ImVec2(1280, 720), ImVec2(1920, 1080)),
                                          testing::Values(1.0F, 1.5F, 2.0F),
                                          testing::Values(Language::English, Language::Chinese)));

}  // namespace
}  // namespace golanes::ui
