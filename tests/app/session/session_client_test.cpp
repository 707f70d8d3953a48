// What stands behind the window, without a window: opening, saving, asking.
#include "app/session_client.h"

#include <filesystem>
#include <fstream>
#include <thread>

#include <unistd.h>

#include <gtest/gtest.h>

#include "app/recorder.h"
#include "app/run_loop.h"
#include "core/base/clock.h"
#include "core/recording/file.h"

namespace golanes::app {
namespace {

class SessionClientTest : public ::testing::Test {
 protected:
    void SetUp() override {
        folder_ = std::filesystem::temp_directory_path() /
                  ("golanes-session-" + std::to_string(getpid()));
        std::filesystem::create_directories(folder_);
    }

    void TearDown() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::string path(const std::string& name) const {
        return (folder_ / name).string();
    }

    // A recording of a real run of letters, saved.
    std::uint64_t record(const std::string& file) {
        RunOptions options;
        options.scenario = "letters";
        options.procs = 3;
        auto plan = plan_run(options);
        auto region = trace::RunRegion::create_anonymous({}, process_tick_clock());
        store_values(plan.value(), region->control());
        Recorder recorder(region.value(), meta_of(plan.value()), {});
        recorder.start();
        run_loop(plan.value(), region.value(), {});
        recorder.stop();
        EXPECT_TRUE(recording::save(recorder.snapshot(), file, recording::Overwrite::No).ok());
        return recorder.snapshot().event_count();
    }

    // Frames until it is so; a minute without it is a hang.
    template <typename F>
    static bool frames_until(SessionClient& client, F&& it_is_so) {
        for (int i = 0; i < 6000; ++i) {
            if (it_is_so(client.frame_input()))
                return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return false;
    }

    std::filesystem::path folder_;
};

TEST_F(SessionClientTest, AnOpenedFileShowsWhatWasSaved) {
    const std::uint64_t events = record(path("letters.golanes"));
    SessionClient client({path("letters.golanes")}, ui::Language::English);
    ASSERT_TRUE(
        frames_until(client, [](const ui::FrameInput& frame) { return !frame.timeline.empty(); }));
    const ui::FrameInput frame = client.frame_input();
    EXPECT_EQ(frame.timeline.recording().event_count(), events);
    EXPECT_EQ(frame.run.scenario, "letters");
    EXPECT_EQ(frame.run.procs, 3);
    EXPECT_FALSE(frame.live);
    EXPECT_FALSE(frame.unsaved);
}

TEST_F(SessionClientTest, ADroppedFileThatIsNoRecordingGetsOneLine) {
    std::ofstream(path("notes.txt")) << "not a recording";
    SessionClient client({path("notes.txt")}, ui::Language::English);
    ASSERT_TRUE(
        frames_until(client, [](const ui::FrameInput& frame) { return !frame.notices.empty(); }));
    EXPECT_NE(client.frame_input().notices.front().text.find("notes.txt"), std::string::npos);
    client.act(ui::command::DismissNotice{0});
    EXPECT_TRUE(client.frame_input().notices.empty());
}

TEST_F(SessionClientTest, ClosingAnOpenedFileDoesNotAsk) {
    record(path("a.golanes"));
    SessionClient client({path("a.golanes")}, ui::Language::English);
    ASSERT_TRUE(
        frames_until(client, [](const ui::FrameInput& frame) { return !frame.timeline.empty(); }));
    client.close_requested();
    EXPECT_TRUE(client.wants_to_quit());
}

TEST_F(SessionClientTest, SavingOverAFileIsRefusedUnlessAskedFor) {
    record(path("a.golanes"));
    SessionClient client({path("a.golanes")}, ui::Language::English);
    ASSERT_TRUE(
        frames_until(client, [](const ui::FrameInput& frame) { return !frame.timeline.empty(); }));
    client.act(ui::command::Save{path("a.golanes"), false});
    ASSERT_EQ(client.frame_input().notices.size(), 1U);
    EXPECT_EQ(client.frame_input().notices.front().kind, ui::Notice::Kind::Error);
    client.act(ui::command::Save{path("a.golanes"), true});
    EXPECT_EQ(client.frame_input().notices.back().kind, ui::Notice::Kind::Info);
}

TEST_F(SessionClientTest, TheCpusKnobTurnsTheRunAndTheNextOneBeginsSo) {
    SessionClient client({}, ui::Language::English, GOLANES_PROGRAM);
    if (client.frame_input().machine_cpus < 2)
        GTEST_SKIP() << "this machine gives one CPU";
    ASSERT_TRUE(
        frames_until(client, [](const ui::FrameInput& frame) { return !frame.timeline.empty(); }));
    client.act(ui::command::SetCpus{1});
    ASSERT_TRUE(frames_until(client, [](const ui::FrameInput& frame) {
        return frame.timeline.cpus_at(frame.timeline.end()) == 1;
    }));
    EXPECT_EQ(client.frame_input().run.cpus, 1);
    client.act(ui::command::StartRun{});
    ASSERT_TRUE(
        frames_until(client, [](const ui::FrameInput& frame) { return !frame.timeline.empty(); }));
    EXPECT_EQ(client.frame_input().timeline.recording().meta->cpus, 1);
}

TEST_F(SessionClientTest, AVirtualRunTakesNoneOfTheMachinesCpus) {
    SessionClient client({}, ui::Language::English, GOLANES_PROGRAM);
    client.act(ui::command::SetCpus{1});
    client.act(ui::command::SetEngine{true});
    client.act(ui::command::SetCpus{1});
    ASSERT_TRUE(
        frames_until(client, [](const ui::FrameInput& frame) { return !frame.timeline.empty(); }));
    const ui::FrameInput frame = client.frame_input();
    EXPECT_EQ(frame.timeline.recording().meta->cpus, frame.run.procs) << "one core a P";
    EXPECT_EQ(frame.run.cores, 0);
}

TEST_F(SessionClientTest, AWrongTokenGetsOneLine) {
    record(path("a.golanes"));
    SessionClient client({path("a.golanes")}, ui::Language::English);
    ASSERT_TRUE(
        frames_until(client, [](const ui::FrameInput& frame) { return !frame.timeline.empty(); }));
    client.act(ui::command::RunToken{"nonsense"});
    ASSERT_EQ(client.frame_input().notices.size(), 1U);
    EXPECT_NE(client.frame_input().notices.front().text.find("nonsense"), std::string::npos);
}

}  // namespace
}  // namespace golanes::app
