// Dead goroutines: their memory and stacks live again.
#include <set>

#include "core/runtime/chan.h"
#include "core/runtime/machine.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "core/runtime/this_machine.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

class FreeListTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(FreeListTest);

const rt::G* self() {
    return rt::this_machine()->current;
}

std::uint32_t kept_by_this_p() {
    return rt::this_machine()->p->free_goroutines.size;
}

// `count` goroutines that are alive together; returns where they lived.
std::set<const rt::G*> crowd(int count) {
    std::set<const rt::G*> lived;
    rt::WaitGroup wg;
    wg.add(count);
    for (int i = 0; i < count; ++i) {
        rt::go("", [&] {
            lived.insert(self());
            wg.done();
        });
    }
    wg.wait();
    rt::gosched();  // the last one is dead, too
    return lived;
}

TEST_P(FreeListTest, OneAfterTheOtherTheyLiveInTheSamePlace) {
    const auto result = run(on(1), [] {
        std::set<const rt::G*> lived;
        for (int i = 0; i < 1000; ++i)
            lived.merge(crowd(1));
        rt::check(lived.size() == 1, "a thousand lives in one place");
    });
    EXPECT_EQ(result.report.status, trace::RunStatus::Ok) << result.report.message;
    EXPECT_EQ(result.report.goroutines, 1001U);
}

TEST_P(FreeListTest, APKeepsFewerThanSixtyFourAndGivesThirtyTwoAwayAtOnce) {
    const auto result = run(on(1), [] {
        crowd(63);
        rt::check(kept_by_this_p() == 63, "63 are kept");
        crowd(64);
        rt::check(kept_by_this_p() == 32, "at 64 there are 32 given away");
        crowd(200);
        rt::check(kept_by_this_p() < 64, "never 64");
    });
    EXPECT_EQ(result.report.status, trace::RunStatus::Ok) << result.report.message;
}

TEST_P(FreeListTest, WhatWasGivenAwayIsTakenBack) {
    const auto result = run(on(1), [] {
        const std::set<const rt::G*> first = crowd(500);
        rt::check(first.size() == 500, "all were alive together");
        rt::check(crowd(500) == first, "nobody needed a new place");
    });
    EXPECT_EQ(result.report.status, trace::RunStatus::Ok) << result.report.message;
}

TEST_P(FreeListTest, TheLatestDeadLivesAgainFirst) {
    const auto result = run(on(1), [] {
        const rt::G* last = nullptr;
        rt::WaitGroup wg;
        wg.add(3);
        for (int i = 0; i < 3; ++i) {
            rt::go("", [&] {
                last = self();
                wg.done();
            });
        }
        wg.wait();
        rt::gosched();
        rt::check(*crowd(1).begin() == last, "its stack is the warmest");
    });
    EXPECT_EQ(result.report.status, trace::RunStatus::Ok) << result.report.message;
}

// Goroutines die on one P and are spawned by another: without the global list the first would
// collect them and the second make new ones for ever.
TEST(FreeListVirtualTest, ThePlacesOfTheDeadReachOtherPs) {
    const Watchdog watchdog;
    std::set<const rt::G*> lived;
    const auto result = run({.procs = 2}, [&] {
        for (int i = 0; i < 2000; ++i) {
            rt::go("dies elsewhere", [&] { lived.insert(self()); });
            rt::work(kMicrosecond);  // the other P steals and runs it
        }
    });
    EXPECT_EQ(result.report.status, trace::RunStatus::Ok) << result.report.message;
    EXPECT_LT(lived.size(), 200U);
}

}  // namespace
}  // namespace golanes::test
