// The scenarios that make real processes and threads, and stacks that really grow.
#include <algorithm>

#include <unistd.h>

#include "core/host/address_space.h"
#include "core/host/creation_cost.h"
#include "core/host/status.h"
#include "core/host/switch_cost.h"
#include "core/runtime/stack_memory.h"
#include "tests/core/runtime/run_fixture.h"
#include "tests/scenarios/scenario_run.h"

namespace golanes::test {
namespace {

using trace::RunStatus;

class HostFacts : public RunTest {
 protected:
    static ScenarioRun play(const std::string& scenario, std::vector<std::string> sets = {}) {
        app::RunOptions options = options_of(scenario, "real", 2);
        options.preset = "quick";
        options.sets = std::move(sets);
        return run_scenario(options);
    }
};

TEST_F(HostFacts, AChildProcessDiesAlone) {
    const auto run = play("crash_domain", {"who=process"});
    EXPECT_EQ(run.report().status, RunStatus::Ok) << run.report().message;
    EXPECT_EQ(run.number(), 3);
}

TEST_F(HostFacts, APanicEndsTheProgramUnlessItIsRecovered) {
    EXPECT_EQ(play("crash_domain", {"who=recovered"}).report().status, RunStatus::Ok);
    const auto run = play("crash_domain", {"who=goroutine"});
    EXPECT_EQ(run.report().status, RunStatus::Panic);
    EXPECT_EQ(run.report().message.find("panic: something went wrong\n"), 0U);
}

TEST_F(HostFacts, ThreadsOfTheRunAreAllJoined) {
    host::threads_at_once(1);  // with the first one a sanitizer begins one of its own
    const std::size_t before = host::threads_of().size();
    const auto run = play("hundred_k", {"threads=50"});
    EXPECT_EQ(run.number(), 1000);
    EXPECT_EQ(host::threads_of().size(), before);
}

TEST_F(HostFacts, AMillionIsAskedForFirst) {
    const auto run = play("hundred_k", {"goroutines=1000000"});
    EXPECT_EQ(run.report().status, RunStatus::Ok);
    EXPECT_EQ(run.outcome(), "asks first");
    EXPECT_EQ(run.report().goroutines, 1U);
}

TEST_F(HostFacts, TheLadderSaysWhatEachStepCosts) {
    const auto run = play("cost_ladder");
    EXPECT_EQ(run.report().status, RunStatus::Ok) << run.report().message;
    ASSERT_GE(run.lines().size(), 6U);
    EXPECT_EQ(run.lines().front().find("make a process and wait for its end: "), 0U);
}

TEST_F(HostFacts, AnUnsharedVariableOfAChild) {
    volatile int variable = 1;
    const auto child = host::write_in_child(variable, 2);
    ASSERT_TRUE(child.ok()) << child.error().message;
    EXPECT_EQ(child->value, 2);
    EXPECT_EQ(variable, 1);
}

TEST_F(HostFacts, TheFirstThreadHasTheProcessesNumber) {
    EXPECT_EQ(host::thread_number(), getpid());
    EXPECT_GT(host::address_space().areas, 3);
    EXPECT_GE(host::address_space().descriptors, 1);
}

TEST_F(HostFacts, ThreadsSwitchInTheKernelAtLeastOnceATurn) {
    EXPECT_GE(host::thread_switch_cost(500).kernel_switches, 500U);
}

// Divers go ever deeper, one after another.
TEST_F(HostFacts, AStackGrowsWithTheDepth) {
    if (rt::choose_stack_backend(rt::kAllStackBackends) == rt::StackBackend::Plain)
        GTEST_SKIP() << "stacks are usable as a whole here";
    app::RunOptions options = options_of("stack_growth", "real", 1);
    const auto run = run_scenario(options);
    std::vector<std::uint32_t> bytes;
    std::size_t shrunk = 0;
    for (const auto& each : run.timeline.goroutines(run.timeline.runs().back().number)) {
        if (each.id != 1)
            bytes.push_back(each.stack_bytes);
    }
    run.timeline.recording().for_each([&](const trace::Event& event) {
        shrunk += event.type == trace::EventType::StackSize &&
                          event.flags == static_cast<std::uint8_t>(trace::StackChange::Shrunk)
                      ? 1U
                      : 0U;
    });
    ASSERT_EQ(bytes.size(), 4U);
    EXPECT_TRUE(std::is_sorted(bytes.begin(), bytes.end()));
    EXPECT_GE(bytes.back(), 80U * 1024);  // 80 frames of 1024 bytes and more
    EXPECT_LT(bytes.front(), bytes.back());
    EXPECT_GT(shrunk, 0U);
}

}  // namespace
}  // namespace golanes::test
