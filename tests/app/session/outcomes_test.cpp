// Counting outcomes beside the window, by the real program in a process of its own.
#include <gtest/gtest.h>

#include "core/recording/file.h"
#include "tests/app/session/session_fixture.h"

namespace golanes::app {
namespace {

class SessionOutcomesTest : public SessionTest {};

TEST_F(SessionOutcomesTest, EveryTrialIsCountedWhileTheRunGoesOn) {
    client_.act(ui::command::SelectScenario{"buffered_pool"});
    client_.act(ui::command::SetEngine{true});
    client_.act(ui::command::CountOutcomes{5, {1, 2}});
    ASSERT_TRUE(frames_until([](const ui::FrameInput& frame) {
        return !frame.trials.running && frame.trials.groups.size() == 2 &&
               frame.trials.groups.back().trials == 5;
    }));
    const ui::TrialsView trials = client_.frame_input().trials;
    EXPECT_EQ(trials.scenario, "buffered_pool");
    for (const ui::TrialGroup& group : trials.groups) {
        EXPECT_TRUE(group.is_virtual);
        ASSERT_EQ(group.results.size(), 1U);
        EXPECT_EQ(group.results[0].text, "10") << "ten tasks";
        EXPECT_EQ(group.results[0].count, 5U);
        EXPECT_FALSE(group.results[0].token.empty());
    }
    EXPECT_NE(client_.frame_input().run.phase, ui::RunPhase::None) << "the watched run lives on";
}

TEST_F(SessionOutcomesTest, ARealRunOfEachResultIsKeptAndOpens) {
    client_.act(ui::command::SelectScenario{"buffered_pool"});
    client_.act(ui::command::CountOutcomes{3, {2}, true});
    ASSERT_TRUE(frames_until([](const ui::FrameInput& frame) {
        return !frame.trials.running && frame.trials.groups.size() == 2 &&
               frame.trials.groups.back().trials == 3;
    }));
    const ui::TrialsView trials = client_.frame_input().trials;
    EXPECT_FALSE(trials.groups[0].is_virtual);
    EXPECT_TRUE(trials.groups[1].is_virtual);
    ASSERT_EQ(trials.groups[0].results.size(), 1U);
    const auto kept = recording::load(trials.groups[0].results[0].recording);
    ASSERT_TRUE(kept.ok()) << kept.error().message;
    EXPECT_EQ(kept->meta->scenario, "buffered_pool");
    EXPECT_EQ(kept->meta->engine, "real");
    EXPECT_GT(kept->event_count(), 0U);
}

TEST_F(SessionOutcomesTest, CountingCanBeStoppedAndKeepsWhatItHas) {
    client_.act(ui::command::SelectScenario{"buffered_pool"});
    client_.act(ui::command::SetEngine{true});
    client_.act(ui::command::CountOutcomes{100'000, {1}});
    ASSERT_TRUE(frames_until([](const ui::FrameInput& frame) {
        return !frame.trials.groups.empty() && frame.trials.groups[0].trials > 0;
    }));
    client_.act(ui::command::StopCounting{});
    EXPECT_FALSE(client_.frame_input().trials.running);
    EXPECT_GT(client_.frame_input().trials.groups[0].trials, 0U);
}

}  // namespace
}  // namespace golanes::app
