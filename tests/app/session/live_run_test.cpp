// The window's run lives in a child process: what it leaves behind when it is changed, held,
// stopped, killed or crashes.
#include "app/live_run.h"

#include <atomic>
#include <csignal>
#include <functional>
#include <thread>

#include <gtest/gtest.h>

#include "core/runtime/real_engine.h"

namespace golanes::app {
namespace {

class LiveRunTest : public ::testing::Test {
 protected:
    void start(const std::string& scenario,
               std::vector<std::string> sets = {},
               int procs = 2,
               const std::function<void(trace::Control&)>& prepare = {}) {
        RunOptions options;
        options.scenario = scenario;
        options.procs = procs;
        options.sets = std::move(sets);
        auto plan = plan_run(options);
        ASSERT_TRUE(plan.ok()) << plan.error().message;
        auto run = LiveRun::start(
            plan.value(), [] {}, prepare, GOLANES_PROGRAM);
        ASSERT_TRUE(run.ok()) << run.error().message;
        run_ = std::move(run).value();
    }

    // Waits until it is so; a minute without it is a hang.
    static bool until(const std::function<bool()>& it_is_so) {
        for (int i = 0; i < 6000; ++i) {
            if (it_is_so())
                return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return false;
    }

    [[nodiscard]] bool until_over() {
        return until([this] { return run_->poll_end(); });
    }

    [[nodiscard]] bool until_runs_finished(std::uint32_t count) {
        return until([&] { return run_->control().runs_finished.load() >= count; });
    }

    [[nodiscard]] std::uint64_t published_events() const {
        std::uint64_t sum = 0;
        for (std::uint32_t i = 0; i < run_->region().header().rings_used.load(); ++i)
            sum += run_->region().ring(i).header->head.load();
        return sum;
    }

    std::unique_ptr<LiveRun> run_;
};

TEST_F(LiveRunTest, KillNineLeavesEveryPublishedEvent) {
    start("race_counter");
    ASSERT_TRUE(until_runs_finished(2));
    ::kill(run_->pid(), SIGKILL);
    ASSERT_TRUE(until_over());
    EXPECT_TRUE(run_->has_crashed());
    EXPECT_NE(run_->end_text().find("signal 9"), std::string::npos) << run_->end_text();
    EXPECT_EQ(run_->recorder().snapshot().event_count(), published_events());
    EXPECT_EQ(run_->recorder().timeline().violations(), 0U);
}

TEST_F(LiveRunTest, DivisionByZeroIsToldWithItsGoroutine) {
    start("crash", {"after=1ms"});
    ASSERT_TRUE(until_over());
    EXPECT_TRUE(run_->has_crashed());
    EXPECT_NE(run_->end_text().find("division by zero"), std::string::npos) << run_->end_text();
    EXPECT_NE(run_->end_text().find("goroutine 4"), std::string::npos) << run_->end_text();
    EXPECT_GT(run_->recorder().snapshot().event_count(), 0U);
}

TEST_F(LiveRunTest, StackOverflowIsToldAsSuch) {
    start("crash", {"after=1ms", "how=overflow"});
    ASSERT_TRUE(until_runs_finished(2));
    run_->ask_to_stop();
    ASSERT_TRUE(until_over());
    const model::Timeline timeline = run_->recorder().timeline();
    EXPECT_EQ(timeline.runs().front().status, trace::RunStatus::Overflow);
    EXPECT_NE(timeline.runs().front().message.find("fatal error: stack overflow"),
              std::string::npos)
        << timeline.runs().front().message;
}

TEST_F(LiveRunTest, MorePsActWhileItRuns) {
    start("alternate", {"work=1s"}, 1);
    ASSERT_TRUE(until([this] { return run_->recorder().timeline().max_procs() == 1; }));
    rt::request_procs(run_->control(), 5);
    ASSERT_TRUE(until([this] { return run_->recorder().timeline().max_procs() == 5; }));
    EXPECT_EQ(run_->control().runs_finished.load(), 0U) << "the change acted within the first run";
}

TEST_F(LiveRunTest, FewerCpusActWhileItRuns) {
    if (rt::usable_cpus() < 2)
        GTEST_SKIP() << "this machine gives one CPU";
    start("alternate", {"work=1s"});
    const auto cpus = [this] {
        const model::Timeline timeline = run_->recorder().timeline();
        return timeline.cpus_at(timeline.end());
    };
    ASSERT_TRUE(until([this] { return !run_->recorder().timeline().empty(); }));
    EXPECT_EQ(cpus(), rt::usable_cpus());
    rt::request_cpus(run_->control(), 1);
    ASSERT_TRUE(until([&] { return cpus() == 1; }));
    rt::request_cpus(run_->control(), 2);
    ASSERT_TRUE(until([&] { return cpus() == 2; }));
    EXPECT_EQ(run_->control().runs_finished.load(), 0U) << "the change acted within the first run";
}

TEST_F(LiveRunTest, CpusAskedForBetweenTwoRunsAreToldByTheNext) {
    start("race_counter", {}, 2, [](trace::Control& control) { control.wanted_cpus.store(1); });
    ASSERT_TRUE(until_runs_finished(1));
    run_->ask_to_stop();
    ASSERT_TRUE(until_over());
    const model::Timeline timeline = run_->recorder().timeline();
    EXPECT_EQ(timeline.cpus_at(timeline.runs().front().begin + kMillisecond), 1);
}

TEST_F(LiveRunTest, AHeldRunStandsAndGoesOn) {
    start("race_counter");
    ASSERT_TRUE(until_runs_finished(1));
    rt::request_hold(run_->control(), true);
    ASSERT_TRUE(until([this] {
        return run_->control().phase.load() == static_cast<std::uint32_t>(trace::ChildPhase::Held);
    }));
    const std::uint32_t finished = run_->control().runs_finished.load();
    rt::request_hold(run_->control(), false);
    EXPECT_TRUE(until_runs_finished(finished + 2));
}

TEST_F(LiveRunTest, StopLetsTheLastRunEndInOrder) {
    start("alternate");
    ASSERT_TRUE(until([this] { return !run_->recorder().timeline().empty(); }));
    run_->ask_to_stop();
    ASSERT_TRUE(until_over());
    EXPECT_FALSE(run_->has_crashed());
    EXPECT_EQ(run_->end_text(), "");
    ASSERT_FALSE(run_->recorder().timeline().runs().empty());
    EXPECT_NE(run_->recorder().timeline().runs().back().status, trace::RunStatus::Running);
}

TEST_F(LiveRunTest, ADeadlockRepeatsAndIsNoCrash) {
    start("unbuffered_chain");
    ASSERT_TRUE(until_runs_finished(2));
    run_->ask_to_stop();
    ASSERT_TRUE(until_over());
    const model::Timeline timeline = run_->recorder().timeline();
    EXPECT_EQ(timeline.runs().front().status, trace::RunStatus::Deadlock);
    EXPECT_EQ(timeline.runs().front().outcome, "99");
    EXPECT_EQ(run_->recorder().snapshot().honesty.lost, 0U);
}

}  // namespace
}  // namespace golanes::app
