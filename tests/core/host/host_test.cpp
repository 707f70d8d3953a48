// Real processes and threads, and what the kernel says about them.
#include <csignal>
#include <thread>

#include <unistd.h>

#include <gtest/gtest.h>

#include "core/host/child.h"
#include "core/host/creation_cost.h"
#include "core/host/limits.h"
#include "core/host/status.h"

namespace golanes::host {
namespace {

TEST(HostTest, AChildThatCrashesLeavesItsParentAlone) {
    auto child = Child::start(Task::Crash);
    ASSERT_TRUE(child.ok()) << child.error().message;
    const auto end = child->wait();
    ASSERT_TRUE(end.ok()) << end.error().message;
    EXPECT_EQ(end->signal, SIGSEGV);
}

TEST(HostTest, AChildThatLeavesTellsItsExitCode) {
    auto child = Child::start(Task::Leave);
    ASSERT_TRUE(child.ok()) << child.error().message;
    const auto end = child->wait();
    ASSERT_TRUE(end.ok());
    EXPECT_EQ(end->signal, 0);
    EXPECT_EQ(end->exit_code, 0);
    EXPECT_FALSE(child->wait().ok());
}

TEST(HostTest, AChildIsEndedWithItsHandle) {
    pid_t id = 0;
    {
        auto child = Child::start(Task::Stay);
        ASSERT_TRUE(child.ok()) << child.error().message;
        id = child->id();
        EXPECT_TRUE(status_of(id).ok());
    }
    EXPECT_EQ(kill(id, 0), -1);  // waited for: not even a zombie is left
    EXPECT_FALSE(status_of(id).ok());
}

TEST(HostTest, ThisProcessHasMemoryAndAThread) {
    const auto status = status_of();
    ASSERT_TRUE(status.ok()) << status.error().message;
    EXPECT_GE(status->threads, 1);
    EXPECT_GT(status->resident_bytes, 0);
    EXPECT_GT(status->virtual_bytes, status->resident_bytes);
}

TEST(HostTest, WaitingIsCountedAsAVoluntarySwitch) {
    const auto before = status_of();
    constexpr int kWaits = 50;
    for (int i = 0; i < kWaits; ++i)
        std::this_thread::sleep_for(std::chrono::microseconds(10));
    const auto after = status_of();
    ASSERT_TRUE(before.ok() && after.ok());
    // Not each of them: one that is put aside on its way to sleep is counted otherwise.
    EXPECT_GT(after->voluntary_switches, before->voluntary_switches);
}

TEST(HostTest, CreationIsBoundedAndCleanedUp) {
    threads_at_once(1);  // with the first one a sanitizer begins one of its own
    const std::size_t threads_before = threads_of().size();
    const CreationCost threads = threads_at_once(20);
    EXPECT_EQ(threads.made, 20);
    EXPECT_EQ(threads.limit, "");
    EXPECT_GT(threads.each_ns, 0);
    const CreationCost processes = process_cost(3);
    EXPECT_EQ(processes.made, 3);
    EXPECT_GT(processes.each_bytes, 0);
    EXPECT_EQ(threads_of().size(), threads_before);  // all others were joined
}

TEST(HostTest, TheMachineHasLimits) {
    const Limits limits = read_limits();
    EXPECT_GT(limits.pid_max, 0);
    EXPECT_GT(limits.threads_max, 0);
}

TEST(HostTest, TheNearestLimitIsNamed) {
    Limits limits;
    limits.pid_max = 32'768;
    limits.threads_max = 100'000;
    EXPECT_EQ(limit_hit(limits, EAGAIN, 30'000), "kernel.pid_max = 32768");
    limits.maps_max = 65'530;
    limits.pid_max = 4'194'304;
    EXPECT_EQ(limit_hit(limits, EAGAIN, 32'700), "vm.max_map_count = 65530");
    EXPECT_NE(limit_hit(limits, EAGAIN, 10).find("memory, or what other processes use"),
              std::string::npos);
    EXPECT_NE(limit_hit(limits, EPERM, 10).find("no limit"), std::string::npos);
}

}  // namespace
}  // namespace golanes::host
