// The second run of a comparison, made by the real program in a process of its own.
#include <filesystem>

#include <unistd.h>

#include <gtest/gtest.h>

#include "core/model/run_comparison.h"
#include "core/recording/file.h"
#include "tests/app/session/session_fixture.h"

namespace golanes::app {
namespace {

using Phase = ui::TwinView::Phase;

class SessionTwinTest : public SessionTest {
 protected:
    bool wait_for(Phase phase) {
        return frames_until([&](const ui::FrameInput& f) { return f.twin.phase == phase; });
    }

    void watch(const char* scenario, bool is_virtual) {
        client_.act(ui::command::SelectScenario{scenario});
        client_.act(ui::command::SetEngine{is_virtual});
    }
};

TEST_F(SessionTwinTest, AVirtualRunIsMadeAgainOnOtherPsWithItsSeed) {
    watch("letters", true);
    client_.act(ui::command::CompareRun{1, std::nullopt});
    ASSERT_TRUE(wait_for(Phase::Ready)) << client_.frame_input().twin.error;
    const ui::FrameInput frame = client_.frame_input();
    const auto* first = model::run_numbered(frame.timeline, frame.twin.first_run);
    const auto* second = model::run_numbered(frame.twin.second, frame.twin.second_run);
    ASSERT_NE(first, nullptr);
    ASSERT_NE(second, nullptr);
    EXPECT_EQ(second->seed, first->seed);
    EXPECT_EQ(frame.twin.second.procs_at(second->end - 1), 1);
    EXPECT_NE(frame.timeline.procs_at(first->end - 1), 1);
    EXPECT_TRUE(model::speed_up(model::cost_of(frame.timeline, *first),
                                model::cost_of(frame.twin.second, *second))
                    .has_value());
}

TEST_F(SessionTwinTest, TheRunThatIsWatchedHasEndedBeforeTheSecondBegins) {
    watch("letters", false);
    client_.act(ui::command::CompareRun{1, std::nullopt});
    ASSERT_TRUE(frames_until([](const ui::FrameInput& frame) {
        EXPECT_TRUE(frame.twin.phase == Phase::Waiting || !frame.live);
        return frame.twin.phase == Phase::Ready;
    }));
    const ui::FrameInput frame = client_.frame_input();
    EXPECT_FALSE(frame.twin.second.runs().back().is_virtual);
}

TEST_F(SessionTwinTest, OnlyThePolicyIsAnother) {
    watch("letters", true);
    client_.act(ui::command::CompareRun{0, catalog::PolicySetting{catalog::PolicyId::Stealing, 0}});
    ASSERT_TRUE(wait_for(Phase::Ready)) << client_.frame_input().twin.error;
    const ui::FrameInput frame = client_.frame_input();
    const auto& before = frame.timeline.recording().meta->policies;
    const auto& after = frame.twin.second.recording().meta->policies;
    ASSERT_EQ(before.size(), after.size());
    for (std::size_t i = 0; i < before.size(); ++i)
        EXPECT_EQ(before[i].value != after[i].value, before[i].name == "stealing")
            << before[i].name;
    EXPECT_EQ(frame.twin.second.recording().meta->procs, frame.timeline.recording().meta->procs);
}

TEST_F(SessionTwinTest, APolicyTheEngineCannotTurnIsRefusedInOneLine) {
    watch("letters", false);
    client_.act(ui::command::CompareRun{0, catalog::PolicySetting{catalog::PolicyId::Costs, 200}});
    ASSERT_TRUE(wait_for(Phase::Failed));
    EXPECT_NE(client_.frame_input().twin.error.find("costs"), std::string::npos);
}

TEST_F(SessionTwinTest, ARecordingIsComparedWithTheRunInView) {
    watch("letters", true);
    ASSERT_TRUE(frames_until([](const ui::FrameInput& frame) {
        return model::last_ended_run(frame.timeline) != nullptr;
    }));
    const std::string file =
        (std::filesystem::temp_directory_path() / ("golanes-twin-" + std::to_string(getpid())))
            .string();
    ASSERT_TRUE(
        recording::save(client_.frame_input().timeline.recording(), file, recording::Overwrite::Yes)
            .ok());
    client_.act(ui::command::CompareFile{file});
    EXPECT_TRUE(wait_for(Phase::Ready)) << client_.frame_input().twin.error;
    std::filesystem::remove(file);
    client_.act(ui::command::CompareFile{file});
    EXPECT_TRUE(wait_for(Phase::Failed));
    EXPECT_NE(client_.frame_input().twin.error.find(file), std::string::npos);
}

TEST_F(SessionTwinTest, AnotherRunEndsTheComparison) {
    watch("letters", true);
    client_.act(ui::command::CompareRun{1, std::nullopt});
    ASSERT_TRUE(wait_for(Phase::Ready));
    client_.act(ui::command::StartRun{});
    EXPECT_EQ(client_.frame_input().twin.phase, Phase::None);
}

}  // namespace
}  // namespace golanes::app
