// "Run to" and "Branch here" as the window's client does them, with the run in its child process.
#include "ui/view/branch.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "app/replay_token.h"
#include "tests/app/session/session_fixture.h"

namespace golanes::app {
namespace {

using ui::RunPhase;

class BranchTest : public SessionTest {
 protected:
    // A virtual run of alternate that stands at 30 ms.
    void SetUp() override {
        client_.act(ui::command::SetPace{0});
        client_.act(ui::command::SelectScenario{"alternate"});
        client_.act(ui::command::SetProcs{2});
        auto plan = plan_of();
        client_.act(ui::command::Branch{plan, 0, 30 * kMillisecond});
        ASSERT_TRUE(stands());
    }

    static std::string plan_of() {
        RunOptions options;
        options.scenario = "alternate";
        options.engine = "virtual";
        options.procs = 2;
        options.seed = 7;
        options.seed_given = true;
        return replay_token(plan_run(options).value());
    }

    bool stands() {
        return frames_until([](const ui::FrameInput& frame) {
            return frame.run.phase == RunPhase::Held && !frame.timeline.runs().empty();
        });
    }

    // The first run of the recording, once it is over.
    model::RunInfo first_run() {
        model::RunInfo run;
        EXPECT_TRUE(frames_until([&run](const ui::FrameInput& frame) {
            const auto runs = frame.timeline.runs();
            if (runs.empty() || runs.front().end < 0)
                return false;
            run = runs.front();
            return true;
        }));
        return run;
    }
};

TEST_F(BranchTest, ABranchAtATimeStandsThere) {
    EXPECT_EQ(client_.frame_input().run.virtual_now, 30 * kMillisecond);
}

TEST_F(BranchTest, RunToGoesOnAndStandsAgain) {
    client_.act(ui::command::RunTo{70 * kMillisecond});
    EXPECT_TRUE(frames_until([](const ui::FrameInput& frame) {
        return frame.run.phase == RunPhase::Held && frame.run.virtual_now == 70 * kMillisecond;
    }));
}

TEST_F(BranchTest, WhatIsTurnedThereIsInTheTokenOfTheNewRun) {
    client_.act(ui::command::SetProcs{5});
    client_.act(ui::command::SetPolicy{static_cast<std::size_t>(catalog::PolicyId::Slice),
                                       2 * kMillisecond});
    client_.act(ui::command::HoldRun{false});
    const model::RunInfo run = first_run();
    EXPECT_NE(run.replay.find("30000us-p5"), std::string::npos) << run.replay;
    EXPECT_NE(run.replay.find("30000us-_slice-2ms"), std::string::npos) << run.replay;
    EXPECT_TRUE(read_replay_token(run.replay).ok());
}

TEST_F(BranchTest, ABranchAtAnEventStandsAtThatEvent) {
    client_.act(ui::command::HoldRun{false});
    first_run();
    const model::Timeline timeline = client_.frame_input().timeline;
    const auto point = view::branch_point(timeline, timeline.runs().front().begin, 20);
    ASSERT_TRUE(point.has_value());
    EXPECT_EQ(point->event_number, 21U);
    const trace::Event wanted = timeline.recording().event(20);
    client_.act(ui::command::Branch{point->token, point->event_number, point->time});
    ASSERT_TRUE(stands());
    ASSERT_TRUE(frames_until([](const ui::FrameInput& frame) {
        return frame.timeline.recording().event_count() >= 21;
    }));
    const model::Timeline again = client_.frame_input().timeline;
    EXPECT_EQ(again.recording().event_count(), 21U);
    EXPECT_EQ(again.recording().event(20).type, wanted.type);
    EXPECT_EQ(again.recording().event(20).a, wanted.a);
    EXPECT_EQ(again.recording().event(20).time, wanted.time);
}

// It used to lag by up to a second, and for good where no frame followed.
TEST_F(BranchTest, TheEventCountOfARunThatStandsIsTheRecordings) {
    for (int i = 0; i < 3; ++i) {
        client_.act(ui::command::RunTo{(40 + 10 * i) * kMillisecond});
        EXPECT_TRUE(frames_until([i](const ui::FrameInput& frame) {
            return frame.run.phase == RunPhase::Held &&
                   frame.run.virtual_now == (40 + 10 * i) * kMillisecond;
        }));
        const ui::FrameInput frame = client_.frame_input();
        EXPECT_EQ(frame.meters.events, frame.timeline.recording().event_count());
    }
}

// The question what becomes of the recording came first, and the refusal after it.
TEST_F(BranchTest, AMistypedTokenIsRefusedWithoutAQuestion) {
    client_.act(ui::command::RunToken{"gl1.nonsense"});
    EXPECT_FALSE(client_.frame_input().replace_asked);
    EXPECT_EQ(client_.frame_input().notices.size(), 1U);
}

TEST_F(BranchTest, ABrokenTokenGetsOneLine) {
    client_.act(ui::command::Branch{"nonsense", 1, 0});
    EXPECT_FALSE(client_.frame_input().notices.empty());
}

}  // namespace
}  // namespace golanes::app
