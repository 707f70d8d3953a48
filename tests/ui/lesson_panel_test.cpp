// The lesson view: it asks before it tells, measures what was predicted, and its links move the
// view.
#include <gtest/gtest.h>

#include "core/lessons/lesson.h"
#include "tests/ui/headless.h"
#include "tests/ui/sample.h"
#include "ui/panels/fonts.h"
#include "ui/panels/input.h"

namespace golanes::ui {
namespace {

class LessonPanelTest : public testing::Test {
 protected:
    void SetUp() override {
        window.input = sample_input();
        window.shell.show(view::ViewKind::Lesson);
        choose("steal");
    }

    void choose(const char* scenario) {
        window.input.run.scenario = scenario;
        window.settle();
    }

    /// What the app would say after the runs.
    void answer(std::vector<std::string> measured) {
        AnswerView& view = window.input.answer;
        view.running = false;
        view.scenario = window.input.run.scenario;
        view.wanted = static_cast<std::uint32_t>(measured.size());
        view.measured = std::move(measured);
        window.settle();
    }

    void predict_number(const char* number) {
        window.click("lesson.written");
        window.type(number);
        window.click("lesson.predict");
    }

    bool says(const char* text) { return window.text().find(text) != std::string::npos; }

    Headless window{{1280, 1400}};
};

TEST_F(LessonPanelTest, TheQuestionComesFirstAndTheTextIsClosed) {
    EXPECT_TRUE(says("After how many ms are they done?"));
    EXPECT_TRUE(window.has("lesson.closed"));
    EXPECT_FALSE(says("Common mistakes"));
}

TEST_F(LessonPanelTest, NothingIsMeasuredWithoutAPrediction) {
    window.click("lesson.predict");
    EXPECT_TRUE(window.sent<command::MeasureAnswer>().empty());
    predict_number("30");
    ASSERT_EQ(window.sent<command::MeasureAnswer>().size(), 1U);
    EXPECT_EQ(window.sent<command::MeasureAnswer>()[0].scenario, "steal");
}

TEST_F(LessonPanelTest, AnAnswerThatIsThereAlreadyStaysHiddenUntilThePrediction) {
    answer({"96"});
    EXPECT_FALSE(window.has("lesson.answer"));
    EXPECT_FALSE(says("96"));
    predict_number("30");
    EXPECT_TRUE(says("The run gave: 96"));
}

TEST_F(LessonPanelTest, TheResultStandsBesideThePredictionAndOpensTheText) {
    predict_number("30");
    answer({"96"});
    EXPECT_TRUE(says("Not what happened"));
    EXPECT_TRUE(says("You predicted: 30"));
    EXPECT_TRUE(says("The run gave: 96"));
    EXPECT_TRUE(says("Common mistakes"));
    EXPECT_TRUE(says("steal --preset without --engine virtual"));
}

TEST_F(LessonPanelTest, ARightPredictionIsToldSo) {
    predict_number("96");
    answer({"96"});
    EXPECT_TRUE(says("Right"));
    EXPECT_FALSE(says("Not what happened"));
}

TEST_F(LessonPanelTest, ItCanBeAskedAgain) {
    predict_number("30");
    answer({"96"});
    window.click("lesson.again");
    EXPECT_TRUE(window.has("lesson.predict"));
    EXPECT_FALSE(window.has("lesson.answer"));
    EXPECT_TRUE(window.has("lesson.closed"));
    predict_number("96");
    EXPECT_EQ(window.sent<command::MeasureAnswer>().size(), 2U);
}

TEST_F(LessonPanelTest, WhileItRunsItSaysSoAndCanBeStopped) {
    choose("hello_main");
    window.click("lesson.choice0");
    window.click("lesson.choice2");
    window.click("lesson.predict");
    AnswerView& view = window.input.answer;
    view.running = true;
    view.scenario = "hello_main";
    view.wanted = 30;
    view.measured = {"M", "M"};
    window.settle();
    EXPECT_TRUE(says("2 of 30 runs"));
    EXPECT_TRUE(window.shell.animating());
    window.click("lesson.stop");
    EXPECT_EQ(window.sent<command::StopMeasuring>().size(), 1U);
}

TEST_F(LessonPanelTest, ASetIsComparedWhateverItsOrder) {
    choose("hello_main");
    window.click("lesson.choice2");
    window.click("lesson.choice0");
    window.click("lesson.predict");
    answer({"M", "MH", "M"});
    EXPECT_TRUE(says("Right"));
    EXPECT_TRUE(says("only main; first main, then hello"));
}

TEST_F(LessonPanelTest, AChoiceIsToldInItsWords) {
    choose("preempt");
    window.click("lesson.choice0");
    window.click("lesson.choice2");
    window.click("lesson.predict");
    answer({"starved"});
    EXPECT_TRUE(says("all goroutines are asleep: deadlock"));
    EXPECT_TRUE(says("The run gave: it never runs again"));
}

TEST_F(LessonPanelTest, AnOrderIsPutTogetherByClicks) {
    choose("waitgroup");
    window.click("lesson.choice3");
    window.click("lesson.choice9");
    window.click("lesson.taken0");
    for (const char* next : {"0", "1", "2", "3", "4", "5", "6", "7", "8"})
        window.click(std::string("lesson.choice") + next);
    window.click("lesson.predict");
    answer({"9 0 1 2 3 4 5 6 7 8"});
    EXPECT_TRUE(says("Right"));
}

TEST_F(LessonPanelTest, ARangeSaysWhatItForgives) {
    choose("speedup");
    EXPECT_TRUE(says("15 % more or less count as right"));
    predict_number("14");
    answer({"15.42"});
    EXPECT_TRUE(says("Right"));
}

TEST_F(LessonPanelTest, TheRunThatAnsweredIsShownInTheTimeline) {
    predict_number("30");
    window.input.answer.token = "gl1.steal.p4";
    answer({"96"});
    window.click("lesson.show");
    ASSERT_EQ(window.sent<command::RunToken>().size(), 1U);
    EXPECT_EQ(window.sent<command::RunToken>()[0].token, "gl1.steal.p4");
}

TEST_F(LessonPanelTest, OfARealRunTheRecordingIsOpened) {
    predict_number("30");
    window.input.answer.file = "/tmp/answer.golanes";
    answer({"96"});
    window.click("lesson.show");
    ASSERT_EQ(window.sent<command::Open>().size(), 1U);
    EXPECT_EQ(window.sent<command::Open>()[0].path, "/tmp/answer.golanes");
}

TEST_F(LessonPanelTest, ARunThatTookNoTimeIsMadeAgainWithCosts) {
    choose("letters");
    predict_number("10");
    window.input.answer.token = "gl1.letters";
    window.input.answer.timeless = true;
    answer({"10"});
    window.click("lesson.show");
    ASSERT_EQ(window.sent<command::RunWords>().size(), 1U);
    EXPECT_EQ(window.sent<command::RunWords>()[0].scenario, "letters");
    EXPECT_EQ(window.sent<command::RunWords>()[0].words, "--preset as-article --engine virtual");
}

TEST_F(LessonPanelTest, WhatWasMeasuredLeadsToTheViewThatShowsIt) {
    choose("runqueue");
    predict_number("64");
    answer({"128"});
    window.click("lesson.look");
    EXPECT_TRUE(window.has("queues.title"));
}

TEST_F(LessonPanelTest, WithoutAnAnswerItSaysWhy) {
    predict_number("30");
    window.input.answer.error = "The run ended without an answer: signal 11";
    answer({});
    EXPECT_TRUE(says("signal 11"));
    EXPECT_FALSE(window.has("lesson.answer"));
    EXPECT_TRUE(window.has("lesson.again"));
}

TEST_F(LessonPanelTest, LinksAskForRunsAndMoveTheView) {
    window.click("lesson.open");
    window.input.scenarios.clear();
    window.click("lesson.link0");
    EXPECT_TRUE(says("There is no scenario steal.")) << window.text();
    static const catalog::Scenario steal{.id = "steal",
                                         .title = {"Steal", "窃取"},
                                         .summary = {"Steal", "窃取"},
                                         .group = "scheduling"};
    window.input.scenarios = {&steal};
    window.click("lesson.link0");
    ASSERT_EQ(window.sent<command::RunWords>().size(), 1U);
    EXPECT_EQ(window.sent<command::RunWords>()[0].words, "--preset without --engine virtual");
    EXPECT_FALSE(window.has("lesson.complaint"));
    window.click("lesson.link2");
    EXPECT_FALSE(window.has("lesson.ask"));
    EXPECT_TRUE(window.has("panel.view")) << "it is the view of statistics";
}

TEST_F(LessonPanelTest, WhatToLookForIsHiddenWhileTheQuestionIsOpen) {
    static const catalog::Scenario steal{.id = "steal",
                                         .title = {"Steal", "窃取"},
                                         .summary = {"Without it 96 ms", "没有它要 96 毫秒"},
                                         .group = "scheduling"};
    window.input.scenarios = {&steal};
    window.settle();
    EXPECT_FALSE(says("96"));
    predict_number("96");
    answer({"96"});
    EXPECT_TRUE(says("Without it 96 ms"));
    window.click("lesson.again");
    EXPECT_FALSE(says("Without it 96 ms"));
    window.click("view.events");
    EXPECT_TRUE(says("Without it 96 ms")) << "the other views ask nothing";
}

TEST_F(LessonPanelTest, AnotherScenarioAsksItsOwnQuestion) {
    predict_number("30");
    answer({"96"});
    choose("handoff");
    EXPECT_TRUE(window.has("lesson.predict"));
    EXPECT_FALSE(window.has("lesson.answer"));
    EXPECT_TRUE(window.has("lesson.closed"));
}

TEST_F(LessonPanelTest, WithoutALessonItSaysWhatToDo) {
    choose("pool");
    EXPECT_TRUE(says("This scenario has no lesson yet"));
}

TEST_F(LessonPanelTest, EveryLessonIsDrawnInBothLanguagesWithItsQuestion) {
    for (const lessons::Page& page : lessons::pages()) {
        const bool is_chinese = page.language == "zh_CN";
        if (is_chinese && !FontLoader::has_chinese())
            continue;
        window.input.language = is_chinese ? Language::Chinese : Language::English;
        choose(std::string(page.scenario).c_str());
        EXPECT_TRUE(window.has("lesson.ask")) << page.scenario << " " << page.language;
        EXPECT_TRUE(window.has("lesson.predict")) << page.scenario << " " << page.language;
    }
}

TEST_F(LessonPanelTest, TheKeyboardAloneIsEnough) {
    window.click("lesson.written");
    window.type("96");
    window.press(key::kEnter);
    EXPECT_EQ(window.sent<command::MeasureAnswer>().size(), 1U);
}

}  // namespace
}  // namespace golanes::ui
