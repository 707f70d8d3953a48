// The outcomes view: what it asks the app to count, and what it shows of the counts.
#include <gtest/gtest.h>

#include "tests/ui/headless.h"
#include "tests/ui/sample.h"

namespace golanes::ui {
namespace {

class OutcomesPanelTest : public testing::Test {
 protected:
    void SetUp() override {
        window.input = sample_input();
        window.shell.show(view::ViewKind::Outcomes);
        window.settle();
    }

    void count(bool is_virtual) {
        TrialsView& trials = window.input.trials;
        trials.scenario = "pool";
        trials.wanted = 200;
        trials.wanted_groups = 2;
        const std::string token = is_virtual ? "gl1.pool.s7" : "";
        const std::string file = is_virtual ? "" : "kept.golanes";
        trials.groups = {
            {1, is_virtual, 200, 10.0, {{"10", 200, token, file}}},
            {4, is_virtual, 200, 8.5, {{"7", 150, token, file}, {"13", 50, token, file}}}};
        window.settle();
    }

    Headless window{{1280, 900}};
};

TEST_F(OutcomesPanelTest, BeforeTheFirstCountItSaysWhatToDo) {
    EXPECT_NE(window.text().find("Press Count"), std::string::npos);
}

TEST_F(OutcomesPanelTest, CountAsksForSeveralNumbersOfPs) {
    window.click("outcomes.count");
    const auto sent = window.sent<command::CountOutcomes>();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].trials, 200U);
    EXPECT_EQ(sent[0].procs, (std::vector<int>{1, 2, 4, 8}));
}

TEST_F(OutcomesPanelTest, ThePresentPAloneCanBeCounted) {
    window.click("outcomes.one");
    window.click("outcomes.count");
    ASSERT_EQ(window.sent<command::CountOutcomes>().size(), 1U);
    EXPECT_EQ(window.sent<command::CountOutcomes>()[0].procs, std::vector<int>{2});
}

TEST_F(OutcomesPanelTest, WhileItCountsItTellsHowFarAndCanBeStopped) {
    count(true);
    window.input.trials.running = true;
    window.settle();
    EXPECT_NE(window.text().find("400 of 400 runs"), std::string::npos) << window.text();
    EXPECT_TRUE(window.shell.animating());
    window.click("outcomes.stop");
    EXPECT_EQ(window.sent<command::StopCounting>().size(), 1U);
}

TEST_F(OutcomesPanelTest, EachResultHasItsBarWithItsCount) {
    count(true);
    const std::string text = window.text();
    EXPECT_NE(text.find("P = 4, virtual: 200 runs, on average 8.5"), std::string::npos) << text;
    EXPECT_NE(text.find("7: 150"), std::string::npos) << text;
    EXPECT_NE(text.find("13: 50"), std::string::npos) << text;
}

TEST_F(OutcomesPanelTest, ABarOfVirtualRunsMakesOneAgain) {
    count(true);
    window.click("outcomes.P4.virtual.1");
    ASSERT_EQ(window.sent<command::RunToken>().size(), 1U);
    EXPECT_EQ(window.sent<command::RunToken>()[0].token, "gl1.pool.s7");
}

TEST_F(OutcomesPanelTest, ABarOfRealRunsOpensTheRecordingOfOne) {
    count(false);
    window.click("outcomes.P4.1");
    EXPECT_TRUE(window.sent<command::RunToken>().empty());
    ASSERT_EQ(window.sent<command::Open>().size(), 1U);
    EXPECT_EQ(window.sent<command::Open>()[0].path, "kept.golanes");
}

TEST_F(OutcomesPanelTest, BothEnginesCanBeCountedSideBySide) {
    window.click("outcomes.engines");
    window.click("outcomes.count");
    const auto sent = window.sent<command::CountOutcomes>();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_TRUE(sent[0].both_engines);
    EXPECT_EQ(sent[0].procs, std::vector<int>{2});
}

TEST_F(OutcomesPanelTest, AnotherScenarioThanTheCountedOneIsToldApart) {
    count(true);
    window.input.run.scenario = "plain";
    window.settle();
    EXPECT_NE(window.text().find("pool was counted"), std::string::npos);
}

}  // namespace
}  // namespace golanes::ui
