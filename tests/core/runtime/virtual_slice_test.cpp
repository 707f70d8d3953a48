// Time slices in virtual time, and runs in which nobody ever gives way.
#include <set>
#include <string>
#include <vector>

#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::RunStatus;

class VirtualSliceTest : public RunTest {};

// Two goroutines compute on one P; the lengths of the time between preemptions.
std::vector<std::uint64_t> slices(rt::SysmonPolicy sysmon) {
    RunRequest request{.procs = 1};
    request.tune = [=](rt::RunSettings& settings) {
        settings.scheduler.sysmon = sysmon;
    };
    const auto result = run(request, [] {
        rt::go("", [] { rt::work(kSecond); });
        rt::gosched();  // else the other inherits a slice that is over
        rt::work(100 * kMillisecond);
    });
    std::vector<std::uint64_t> lengths;
    std::uint64_t last = 0;
    for (const trace::Event& event : result.events()) {
        if (event.type != EventType::PreemptRequest)
            continue;
        lengths.push_back(event.time - last);
        last = event.time;
    }
    return lengths;
}

TEST_F(VirtualSliceTest, ASliceIsTenMilliseconds) {
    const auto lengths = slices(rt::SysmonPolicy::Deadline);
    EXPECT_GE(lengths.size(), 10U);
    for (const std::uint64_t length : lengths)
        EXPECT_EQ(length, 10U * kMillisecond);
}

TEST_F(VirtualSliceTest, GosSysmonNeedsTwoLooks) {
    const auto lengths = slices(rt::SysmonPolicy::Go);
    EXPECT_GE(lengths.size(), 5U);
    for (const std::uint64_t length : lengths)
        EXPECT_EQ(length, 20U * kMillisecond);
}

RunRequest unforced(int procs) {
    RunRequest request{.procs = procs};
    request.tune = [](rt::RunSettings& settings) {
        settings.scheduler.forced_preemption = false;
    };
    return request;
}

TEST_F(VirtualSliceTest, WithoutForcedPreemptionAGoroutineKeepsItsPUntilItBlocks) {
    const auto result = run(unforced(1), [] {
        rt::WaitGroup wg;
        wg.add(2);
        for (int i = 0; i < 2; ++i) {
            rt::go("", [&wg] {
                for (int k = 0; k < 5; ++k)
                    rt::work(100 * kMillisecond);
                rt::log("done");
                wg.done();
            });
        }
        wg.wait();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
    EXPECT_EQ(result.count(EventType::PreemptRequest), 0U);
    EXPECT_EQ(result.count(EventType::GoStop), 0U);
}

void spin_for_ever(int spinners) {
    bool stop = false;
    for (int i = 0; i < spinners; ++i) {
        rt::go("spinner", [&stop] {
            while (!stop)
                rt::work(kMillisecond);
        });
    }
    rt::sleep(kMillisecond);
    stop = true;
}

TEST_F(VirtualSliceTest, WithForcedPreemptionMainGetsItsTurnAmongSpinners) {
    const auto result = run({.procs = 1}, [] { spin_for_ever(1); });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
    EXPECT_LE(result.report.wall_ns, 20 * kMillisecond);
}

TEST_F(VirtualSliceTest, WithoutItSpinnersStarveMainAndTheRunSaysSo) {
    for (const int procs : {1, 4}) {
        const auto result = run(unforced(procs), [=] { spin_for_ever(procs); });
        EXPECT_EQ(result.report.status, RunStatus::Starved);
        EXPECT_NE(result.report.message.find("starved"), std::string::npos);
        EXPECT_NEAR(static_cast<double>(result.report.wall_ns),
                    static_cast<double>(10 * kSecond),
                    static_cast<double>(20 * kMillisecond));
    }
}

TEST_F(VirtualSliceTest, OneFreePIsEnoughToStarveNobody) {
    const auto result = run(unforced(4), [] { spin_for_ever(3); });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
}

// --- The ring's size and the order of taking

TEST_F(VirtualSliceTest, ASmallRingOverflowsSooner) {
    for (const std::uint32_t ring : {2U, 4U, 16U, 256U}) {
        RunRequest request{.procs = 1};
        request.tune = [=](rt::RunSettings& settings) {
            settings.scheduler.ring = ring;
        };
        const auto result = run(request, [] {
            rt::WaitGroup wg;
            wg.add(100);
            for (int i = 0; i < 100; ++i)
                rt::go("", [&wg] { wg.done(); });
            wg.wait();
        });
        std::size_t overflows = 0;
        for (const trace::Event& event : result.events()) {
            if (event.type == EventType::Move &&
                event.flags == static_cast<int>(trace::MoveReason::Overflow)) {
                EXPECT_EQ(event.seq, ring / 2);
                ++overflows;
            }
        }
        EXPECT_EQ(overflows != 0, ring < 256) << ring;
    }
}

TEST_F(VirtualSliceTest, PickRandomTakesAnyOfAPsOwn) {
    std::set<std::string> orders;
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        RunRequest request{.procs = 1, .seed = seed, .global_tick = 0};
        request.tune = [](rt::RunSettings& settings) {
            settings.scheduler.pick = rt::Pick::Random;
        };
        const auto result = run(request, [] {
            rt::WaitGroup wg;
            wg.add(3);
            for (int i = 0; i < 3; ++i) {
                rt::go("", [&wg, i] {
                    rt::log(std::to_string(i));
                    wg.done();
                });
            }
            wg.wait();
        });
        orders.insert(result.words());
    }
    EXPECT_EQ(orders,
              (std::set<std::string>{"0 1 2", "0 2 1", "1 0 2", "1 2 0", "2 0 1", "2 1 0"}));
}

}  // namespace
}  // namespace golanes::test
