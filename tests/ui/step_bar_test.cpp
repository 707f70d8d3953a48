// Stepping: through what is recorded, and, behind its end, through a virtual run.
#include "ui/panels/step_bar.h"

#include <gtest/gtest.h>

#include "tests/ui/headless.h"
#include "tests/ui/sample.h"
#include "ui/panels/event_words.h"
#include "ui/view/event_steps.h"

namespace golanes::ui {
namespace {

class StepBarTest : public testing::Test {
 protected:
    /// An opened recording: nothing is live.
    void open_sample() {
        window.input = sample_input();
        window.input.live = false;
        window.input.run.phase = RunPhase::Ended;
        window.settle();
    }

    /// A virtual run that goes on, with the sample's events so far.
    void watch_virtual_run(RunPhase phase) {
        window.input = sample_input();
        window.input.live = true;
        window.input.run.is_virtual = true;
        window.input.run.phase = phase;
        window.settle();
    }

    /// The same in the middle of its run, which has a token.
    void watch_growing_run(RunPhase phase) {
        watch_virtual_run(phase);
        window.input.timeline = growing_timeline("gl1.pool.p2.s7.abcde");
        window.settle();
    }

    /// A step of a run that goes on: the engine stands, and this is recorded.
    void step_and_stand(const model::Timeline& recorded) {
        watch_virtual_run(RunPhase::Running);
        window.input.timeline = recorded;
        window.settle();
        window.press('.');
        window.settle();
        window.input.run.phase = RunPhase::Held;
        window.settle();
    }

    void type_time(const char* text) {
        window.click("step.time");
        window.type(text);
        window.press(key::kEnter);
        window.settle();
    }

    void click_lanes(float part) {
        const auto lanes = find_item("timeline.lanes");
        ASSERT_TRUE(lanes.has_value());
        window.click_at({lanes->min.x + part * (lanes->max.x - lanes->min.x), lanes->min.y + 5});
        window.settle();
    }

    bool says(const char* words) {
        window.settle();
        return window.text().find(words) != std::string::npos;
    }

    Headless window;
};

TEST_F(StepBarTest, TheKeysGoThroughTheEventsForwardsAndBackwards) {
    open_sample();
    window.press('.');
    EXPECT_TRUE(says("Run 1 begins"));
    window.press('.');
    EXPECT_TRUE(says("There are 2 Ps now"));
    window.press('.');
    EXPECT_TRUE(says("creates main"));
    window.press(',');
    EXPECT_TRUE(says("There are 2 Ps now"));
}

TEST_F(StepBarTest, TheButtonsDoWhatTheKeysDo) {
    open_sample();
    window.click("step.on");
    EXPECT_TRUE(says("Run 1 begins"));
    window.click("step.on");
    window.click("step.back");
    EXPECT_TRUE(says("Run 1 begins"));
}

TEST_F(StepBarTest, AChosenKindSkipsTheOthers) {
    open_sample();
    window.click("step.kind");
    window.settle();
    window.click("step.kind.1");
    window.settle();
    window.press('.');
    EXPECT_TRUE(says("P0: main runs"));
    window.press('.');
    EXPECT_TRUE(says("P1: G3 runs"));
}

TEST_F(StepBarTest, AnEndedRecordingAsksNoEngine) {
    open_sample();
    for (int i = 0; i < 100; ++i)
        window.press('.');
    window.settle();
    EXPECT_TRUE(window.sent<command::StepRun>().empty());
    EXPECT_TRUE(says("Run 1 is over"));
}

TEST_F(StepBarTest, AVirtualRunThatGoesOnIsAskedForItsNextEvent) {
    watch_virtual_run(RunPhase::Running);
    window.press('.');
    window.settle();
    const auto sent = window.sent<command::StepRun>();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].mask, view::step_mask(view::StepOver::Every));
}

TEST_F(StepBarTest, WhenTheEngineStandsTheCursorStandsAtItsLastEvent) {
    watch_virtual_run(RunPhase::Running);
    window.press('.');
    window.settle();
    window.input.run.phase = RunPhase::Held;
    EXPECT_TRUE(says("Run 1 is over"));
    window.press(',');
    EXPECT_FALSE(says("Run 1 is over")) << "back is in the recording";
    window.press('.');
    window.settle();
    EXPECT_EQ(window.sent<command::StepRun>().size(), 1U) << "forward again is in the recording";
    window.press('.');
    window.settle();
    EXPECT_EQ(window.sent<command::StepRun>().size(), 2U) << "behind its end is the engine's";
}

// In the window the first step of a running program landed now and then on an event before its
// last.
TEST_F(StepBarTest, EventsThatAreRecordedAfterTheEngineStandsAreFollowed) {
    const auto [before, after] = growing_and_whole_timeline();
    step_and_stand(before);
    EXPECT_FALSE(says("Run 1 is over"));
    window.input.timeline = after;
    EXPECT_TRUE(says("Run 1 is over"));
}

TEST_F(StepBarTest, WhoStepsBackIsNotTakenToEventsThatComeLater) {
    const auto [before, after] = growing_and_whole_timeline();
    step_and_stand(before);
    window.press(',');
    window.settle();
    window.input.timeline = after;
    EXPECT_FALSE(says("Run 1 is over"));
}

TEST_F(StepBarTest, ARealRunIsFrozenAndSteppedInItsPast) {
    window.input = sample_input();
    window.input.live = true;
    window.input.run.phase = RunPhase::Running;
    window.settle();
    window.press(',');
    EXPECT_TRUE(says("View paused"));
    EXPECT_TRUE(window.sent<command::StepRun>().empty());
    EXPECT_FALSE(window.has("step.pace")) << "real time has one speed";
}

TEST_F(StepBarTest, TheSpeedOfVirtualTimeIsChosen) {
    watch_virtual_run(RunPhase::Running);
    window.click("step.pace");
    window.settle();
    window.click("step.pace.2");
    window.settle();
    const auto sent = window.sent<command::SetPace>();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].per_million, 10'000);
}

TEST_F(StepBarTest, ATypedTimeBehindThePresentIsTheEngines) {
    watch_growing_run(RunPhase::Held);
    type_time("25ms");
    const auto sent = window.sent<command::RunTo>();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].time, 25 * kMillisecond);
}

TEST_F(StepBarTest, ATypedTimeThatIsRecordedIsACursor) {
    watch_growing_run(RunPhase::Held);
    type_time("9ms");
    EXPECT_TRUE(window.sent<command::RunTo>().empty());
    EXPECT_TRUE(says("at 9.00 ms"));
}

TEST_F(StepBarTest, WhatIsNoTimeIsSaid) {
    watch_growing_run(RunPhase::Held);
    type_time("soon");
    EXPECT_TRUE(window.sent<command::RunTo>().empty());
    EXPECT_TRUE(says("a time is written"));
}

TEST_F(StepBarTest, TheRunGoesToACursorRightOfItsPresent) {
    watch_growing_run(RunPhase::Held);
    window.press('F');
    click_lanes(0.5F);
    window.click("step.to_cursor");
    window.settle();
    EXPECT_TRUE(window.sent<command::RunTo>().empty()) << "that is the past";
    for (int i = 0; i < 8; ++i)
        window.press('D');
    click_lanes(0.9F);
    window.click("step.to_cursor");
    window.settle();
    ASSERT_EQ(window.sent<command::RunTo>().size(), 1U);
    EXPECT_GT(window.sent<command::RunTo>()[0].time, 10 * kMillisecond);
}

TEST_F(StepBarTest, ARunThatStandsInAPlaceWithoutEventsHasItsCursorThere) {
    watch_growing_run(RunPhase::Running);
    type_time("12ms");
    window.input.run.phase = RunPhase::Held;
    window.input.run.virtual_now = 12 * kMillisecond;
    window.settle();
    type_time("12ms");
    EXPECT_EQ(window.sent<command::RunTo>().size(), 1U) << "there already";
}

TEST_F(StepBarTest, ABranchNamesTheTokenAndTheEventOfTheCursor) {
    watch_growing_run(RunPhase::Held);
    window.click("step.branch");
    EXPECT_TRUE(window.sent<command::Branch>().empty()) << "no cursor yet";
    for (int i = 0; i < 4; ++i)
        window.press(',');
    window.settle();
    window.click("step.branch");
    window.settle();
    const auto sent = window.sent<command::Branch>();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].token, "gl1.pool.p2.s7.abcde");
    EXPECT_GT(sent[0].event_number, 1U);
    EXPECT_LT(sent[0].event_number, window.input.timeline.recording().event_count());
}

TEST_F(StepBarTest, ABranchAtAClickedTimeNamesTheTime) {
    watch_growing_run(RunPhase::Held);
    click_lanes(0.5F);
    window.click("step.branch");
    window.settle();
    const auto sent = window.sent<command::Branch>();
    ASSERT_EQ(sent.size(), 1U);
    EXPECT_EQ(sent[0].event_number, 0U);
    EXPECT_GT(sent[0].time, kMillisecond);
}

// The old run stood, too: its end was once taken for the branch's.
TEST_F(StepBarTest, TheCursorOfABranchStandsInTheNewRecording) {
    watch_growing_run(RunPhase::Held);
    click_lanes(0.5F);
    window.press(',');
    window.settle();
    window.click("step.branch");
    window.settle();
    window.input.timeline = {};
    window.input.run.phase = RunPhase::Starting;
    window.settle();
    window.input.timeline = growing_timeline("gl1.pool.p2.s7.abcde");
    window.input.run.phase = RunPhase::Held;
    EXPECT_TRUE(says("main ends")) << "the last event so far";
}

TEST_F(StepBarTest, AnEndedVirtualRunCanBeBranchedToo) {
    open_sample();
    window.input.run.is_virtual = true;
    window.input.timeline = sample_timeline("gl1.pool.p2.s7.abcde");
    window.settle();
    for (int i = 0; i < 6; ++i)
        window.press('.');
    window.settle();
    window.click("step.branch");
    window.settle();
    EXPECT_EQ(window.sent<command::Branch>().size(), 1U);
}

TEST_F(StepBarTest, RealRunsHaveNoWayToATime) {
    open_sample();
    EXPECT_FALSE(window.has("step.time"));
    EXPECT_FALSE(window.has("step.branch"));
}

TEST(EventWordsTest, EveryEventTypeHasASentence) {
    const model::Timeline timeline = sample_timeline();
    for (const trace::EventInfo& info : trace::event_table()) {
        trace::Event event;
        event.time = static_cast<std::uint64_t>(timeline.start());
        event.type = info.type;
        event.a = 2;
        event.flags = 1;
        event.arg = trace::pack_pair(1, 1);
        EXPECT_FALSE(event_words(timeline, event).empty()) << info.name;
    }
}

TEST(EventWordsTest, AStackGrowsIsUsedAgainAndShrinks) {
    const model::Timeline timeline = sample_timeline();
    const auto words = [&timeline](
                           trace::StackChange change, std::uint32_t before, std::uint32_t now) {
        trace::Event event;
        event.type = trace::EventType::StackSize;
        event.a = 2;
        event.flags = static_cast<std::uint8_t>(change);
        event.arg = trace::pack_pair(before, now);
        return event_words(timeline, event);
    };
    EXPECT_EQ(words(trace::StackChange::Grown, 4096, 12288),
              "The stack of G2 grows from 4 KB to 12 KB");
    EXPECT_EQ(words(trace::StackChange::Reused, 8192, 8192),
              "G2 begins on a stack of 8 KB that had grown before");
    EXPECT_EQ(words(trace::StackChange::Shrunk, 3 << 19, 8192),
              "The stack of G2 is given back down to 8 KB: it had 1.5 MB");
}

TEST(EventWordsTest, TheNumberOfCpusIsTold) {
    trace::Event event;
    event.type = trace::EventType::CpuCount;
    event.a = 1;
    event.arg = 2;
    EXPECT_EQ(event_words(sample_timeline(), event), "CPUs the threads may use from here on: 1");
}

}  // namespace
}  // namespace golanes::ui
