// WaitGroup: who wakes, in which order, and the misuses that Go finds.
#include "core/runtime/wait_group.h"

#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using rt::AddVerdict;
using trace::EventType;
using trace::RunStatus;

class WaitGroupTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(WaitGroupTest);

TEST_P(WaitGroupTest, TheLastOfThoseWokenRunsFirst) {
    const auto result = run(on(1), [] {
        rt::WaitGroup gate;
        rt::WaitGroup all;
        gate.add(1);
        for (const char* name : {"A", "B", "C", "D", "E"}) {
            all.go(name, [&gate, name] {
                gate.wait();
                rt::log(name);
            });
            rt::gosched();
        }
        gate.done();
        all.wait();
    });
    EXPECT_EQ(result.words(), "E A B C D");
}

TEST_P(WaitGroupTest, WaitAtZeroReturnsAtOnce) {
    const auto result = run(on(1), [] {
        rt::WaitGroup wg;
        wg.wait();
        wg.add(1);
        wg.done();
        wg.wait();
        rt::log("went on");
    });
    EXPECT_EQ(result.words(), "went on");
    EXPECT_EQ(result.count(EventType::GoBlock), 0U);
}

TEST_P(WaitGroupTest, ItMayBeUsedAgainOnceWaitHasReturned) {
    const auto result = run(on(2), [] {
        rt::WaitGroup wg;
        int sum = 0;
        for (int round = 0; round < 20; ++round) {
            wg.go("", [&] { ++sum; });
            wg.wait();
        }
        rt::outcome(sum);
    });
    EXPECT_EQ(result.number(), 20);
}

TEST_P(WaitGroupTest, UsedAgainTooEarlyItPanics) {
    const auto result = run(on(1), [] {
        rt::WaitGroup wg;
        wg.add(1);
        rt::go("worker", [&] {
            wg.done();
            wg.add(1);
        });
        wg.wait();
    });
    EXPECT_EQ(result.report.status, RunStatus::Panic);
    EXPECT_EQ(result.report.message.substr(0, result.report.message.find('\n')),
              "panic: sync: WaitGroup is reused before previous Wait has returned");
}

TEST_P(WaitGroupTest, GoCountsTheGoroutineItStarts) {
    const auto result = run(on(2), [] {
        rt::WaitGroup wg;
        rt::Atomic<int> ran("ran");
        for (int i = 0; i < 10; ++i)
            wg.go("worker", [&] { ran.add(1); });
        wg.wait();
        rt::outcome(ran.peek());
    });
    EXPECT_EQ(result.number(), 10);
}

TEST_P(WaitGroupTest, TheCounterIsRecordedAtLevelFull) {
    RunRequest request = on(1);
    request.level = trace::Level::Full;
    const auto result = run(request, [] {
        rt::WaitGroup wg;
        wg.add(2);
        wg.done();
        wg.done();
    });
    std::vector<std::pair<int, std::uint32_t>> counts;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::WaitGroupAdd)
            counts.emplace_back(event.flags, trace::low_half(event.arg));
    }
    EXPECT_EQ(counts, (std::vector<std::pair<int, std::uint32_t>>{{0, 2}, {1, 1}, {1, 0}}));
}

// An Add that meets a Wait which has not returned is a matter of a few instructions on two threads:
// the judgement is tested, not the race.
TEST(WaitGroupVerdictTest, FollowsGosOrderOfChecks) {
    EXPECT_EQ(rt::judge_add(-1, 0, -1), AddVerdict::Negative);
    EXPECT_EQ(rt::judge_add(-1, 3, 1), AddVerdict::Negative);
    EXPECT_EQ(rt::judge_add(2, 1, 2), AddVerdict::Misuse);  // from zero, and somebody waits
    EXPECT_EQ(rt::judge_add(2, 1, 1), AddVerdict::Nothing);
    EXPECT_EQ(rt::judge_add(2, 0, 2), AddVerdict::Nothing);
    EXPECT_EQ(rt::judge_add(0, 0, -1), AddVerdict::Nothing);
    EXPECT_EQ(rt::judge_add(0, 3, -1), AddVerdict::WakeAll);
}

}  // namespace
}  // namespace golanes::test
