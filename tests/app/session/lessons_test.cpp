// Answers and claims measured beside the window, by the real program in processes of their own.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <thread>

#include <gtest/gtest.h>

#include "core/lessons/claim.h"
#include "tests/app/session/session_fixture.h"

namespace golanes::app {
namespace {

class SessionLessonsTest : public SessionTest {
 protected:
    ui::AnswerView answer_of(const char* scenario) {
        client_.act(ui::command::MeasureAnswer{scenario});
        EXPECT_TRUE(
            frames_until([](const ui::FrameInput& frame) { return !frame.answer.running; }));
        return client_.frame_input().answer;
    }
};

TEST_F(SessionLessonsTest, AnAnswerComesFromARunThatATokenMakesAgain) {
    const ui::AnswerView answer = answer_of("steal");
    EXPECT_EQ(answer.scenario, "steal");
    EXPECT_EQ(answer.measured, std::vector<std::string>{"96"});
    EXPECT_TRUE(answer.error.empty()) << answer.error;
    EXPECT_FALSE(answer.timeless);
    client_.act(ui::command::RunToken{answer.token});
    client_.act(ui::command::Replace{});
    EXPECT_EQ(client_.frame_input().run.scenario, "steal");
}

TEST_F(SessionLessonsTest, OfARealRunTheRecordingIsKeptAsLongAsTheAnswer) {
    const ui::AnswerView answer = answer_of("crash_domain");
    EXPECT_EQ(answer.measured, std::vector<std::string>{"panic"});
    EXPECT_TRUE(answer.token.empty());
    ASSERT_TRUE(std::filesystem::exists(answer.file)) << answer.file;
    EXPECT_TRUE(answer_of("letters").timeless) << "it charges nothing";
    EXPECT_FALSE(std::filesystem::exists(answer.file));
}

TEST_F(SessionLessonsTest, AScenarioWithoutALessonHasNoAnswer) {
    client_.act(ui::command::MeasureAnswer{"crash"});
    const ui::AnswerView answer = client_.frame_input().answer;
    EXPECT_EQ(answer.scenario, "crash");
    EXPECT_EQ(answer.error, "the scenario \"crash\" has no lesson");
}

TEST_F(SessionLessonsTest, AStoppedAnswerIsNone) {
    client_.act(ui::command::MeasureAnswer{"hello_main"});
    client_.act(ui::command::StopMeasuring{});
    const ui::AnswerView answer = client_.frame_input().answer;
    EXPECT_FALSE(answer.running);
    EXPECT_TRUE(answer.measured.empty());
    EXPECT_FALSE(answer.error.empty());
}

TEST_F(SessionLessonsTest, TheWatchedRunLivesOnWhileAnAnswerIsMeasured) {
    const std::string before = client_.frame_input().run.scenario;
    answer_of("steal");
    EXPECT_EQ(client_.frame_input().run.scenario, before);
    EXPECT_NE(client_.frame_input().run.phase, ui::RunPhase::None);
}

TEST_F(SessionLessonsTest, RowsOfClaimsAreMeasuredOneAfterTheOther) {
    client_.act(ui::command::MeasureClaims{{1, 0}});
    ASSERT_TRUE(frames_until([](const ui::FrameInput& frame) { return !frame.claims.running; }));
    const ui::ClaimsView claims = client_.frame_input().claims;
    EXPECT_EQ(claims.done, 2U);
    ASSERT_GE(claims.results.size(), 2U);
    ASSERT_TRUE(claims.results[0] && claims.results[1]);
    EXPECT_EQ(claims.results[0]->measured, "4");
    EXPECT_TRUE(claims.results[0]->holds);
    EXPECT_EQ(claims.results[1]->measured, "1");
    client_.act(ui::command::MeasureClaims{{3}});
    ASSERT_TRUE(frames_until([](const ui::FrameInput& frame) { return !frame.claims.running; }));
    EXPECT_TRUE(client_.frame_input().claims.results[0]) << "what was measured stays";
    EXPECT_TRUE(client_.frame_input().claims.results[3]);
}

TEST_F(SessionLessonsTest, ALinkRunsWhatItSaysWithTheWindowsCosts) {
    client_.act(ui::command::RunWords{"steal", "--preset without --engine virtual"});
    client_.act(ui::command::Replace{});
    const ui::RunView run = client_.frame_input().run;
    EXPECT_EQ(run.scenario, "steal");
    EXPECT_TRUE(run.is_virtual);
    EXPECT_EQ(run.policies[static_cast<std::size_t>(catalog::PolicyId::Stealing)], 0);
    EXPECT_NE(run.policies[static_cast<std::size_t>(catalog::PolicyId::Costs)], 0);
    client_.act(ui::command::RunWords{"steal", "--nonsense"});
    client_.act(ui::command::Replace{});
    EXPECT_FALSE(client_.frame_input().notices.empty());
}

// A program that ends at once stands for a run that takes its process with it.
TEST(ClaimRunnerTest, ARowWhoseRunEndsTheProcessIsToldSoAndTheOthersGoOn) {
    ClaimRunner runner("/bin/false", [] {});
    ASSERT_TRUE(runner.start({2, 0}).ok());
    for (int i = 0; i < 6000 && runner.poll().running; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    const ui::ClaimsView& claims = runner.poll();
    EXPECT_EQ(claims.done, 2U);
    ASSERT_EQ(claims.results.size(), 3U);
    EXPECT_EQ(claims.results[2]->measured, "the run gave no number");
    EXPECT_FALSE(claims.results[0]->holds);
}

TEST(AnswerRunnerTest, AProcessThatGivesNothingIsNoAnswer) {
    auto runner = AnswerRunner::start("steal", "/bin/false", [] {});
    ASSERT_TRUE(runner.ok());
    for (int i = 0; i < 6000 && runner.value()->poll().running; ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    EXPECT_EQ(runner.value()->poll().error, "The run ended without an answer: exit 1");
    EXPECT_TRUE(runner.value()->poll().measured.empty());
}

}  // namespace
}  // namespace golanes::app
