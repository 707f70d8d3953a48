// More Ps than virtual cores: the simulated operating system shares the cores.
#include <map>
#include <set>
#include <thread>

#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;

class VirtualCoresTest : public RunTest {};

RunRequest on_cores(int procs, int cpus) {
    return {.procs = procs, .cpus = cpus};
}

void tasks(int count, DurationNs each) {
    rt::WaitGroup wg;
    wg.add(count);
    for (int i = 0; i < count; ++i) {
        rt::go("", [&wg, each] {
            rt::work(each);
            wg.done();
        });
    }
    wg.wait();
}

TEST_F(VirtualCoresTest, CpuTimeIsTheCoresTimesTheWallTimeAtMost) {
    // 8 tasks of 30 ms on 8 Ps: as fast as the cores allow, whatever the number of Ps.
    for (const int cpus : {1, 2, 4, 8}) {
        const auto result = run(on_cores(8, cpus), [] { tasks(8, 30 * kMillisecond); });
        const DurationNs least = 8 * 30 * kMillisecond / cpus;
        EXPECT_GE(result.report.wall_ns, least) << cpus << " cores";
        EXPECT_LE(result.report.wall_ns, cpus == 1 || cpus == 8 ? least : least + 8 * kMillisecond)
            << cpus << " cores";
    }
}

TEST_F(VirtualCoresTest, EventsNameTheVirtualCores) {
    const auto result = run(on_cores(8, 3), [] { tasks(16, 10 * kMillisecond); });
    std::set<CpuId> cpus;
    for (const trace::Event& event : result.events())
        cpus.insert(event.cpu);
    EXPECT_EQ(cpus, (std::set<CpuId>{0, 1, 2}));
}

TEST_F(VirtualCoresTest, WhatWaitsForACoreIsOffCpuInRoundsOf4Ms) {
    const auto result = run(on_cores(2, 1), [] { tasks(2, 40 * kMillisecond); });
    std::uint64_t off = 0;
    for (const trace::Event& event : result.events()) {
        if (event.type != EventType::OffCpu)
            continue;
        EXPECT_LE(event.arg, 4U * kMillisecond);
        off += event.arg;
    }
    // Each waits about as long as the other computes.
    EXPECT_GE(off, 70U * kMillisecond);
    EXPECT_LE(off, 80U * kMillisecond);
}

TEST_F(VirtualCoresTest, WithACoreForEveryPNobodyIsOffCpu) {
    const auto result = run(on_cores(4, 4), [] { tasks(16, 10 * kMillisecond); });
    EXPECT_EQ(result.count(EventType::OffCpu), 0U);
}

TEST_F(VirtualCoresTest, AParkedMLeavesItsCore) {
    // One computes, the other sleeps: the sleeper's core time is the worker's.
    const auto result = run(on_cores(2, 1), [] {
        rt::WaitGroup wg;
        wg.add(1);
        rt::go("", [&] {
            rt::work(20 * kMillisecond);
            wg.done();
        });
        rt::sleep(50 * kMillisecond);
        wg.wait();
    });
    EXPECT_EQ(result.report.wall_ns, 50 * kMillisecond);
}

TEST_F(VirtualCoresTest, ALiveChangeMayGoBelowAndAboveTheCores) {
    std::atomic<bool> done{false};
    RunRequest request = on_cores(2, 3);
    request.beside = [&](trace::Control& control, const std::atomic<bool>& over) {
        for (const int procs : {8, 1, 5, 3, 64, 2}) {
            const std::uint64_t steps = control.virtual_steps.load();
            rt::request_procs(control, procs);
            while (control.virtual_steps.load() < steps + 200 && !over)
                std::this_thread::yield();
        }
        done = true;
    };
    request.tune = [](rt::RunSettings& settings) {
        settings.pace = 10;
    };
    const auto result = run(request, [&] {
        while (!done)
            tasks(6, 7 * kMillisecond);
    });
    EXPECT_EQ(result.report.status, trace::RunStatus::Ok) << result.report.message;
}

}  // namespace
}  // namespace golanes::test
