// Policies: the rules of the scheduler that can be switched off.
#include <set>

#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::RunStatus;

class PolicyTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(PolicyTest);

void busy_children(int count, DurationNs each) {
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

TEST_P(PolicyTest, WithoutRunnextTheFirstOneSpawnedRunsFirst) {
    RunRequest request = on(1);
    request.runnext = false;
    const auto result = run(request, [] {
        rt::WaitGroup wg;
        wg.add(5);
        for (int i = 0; i < 5; ++i) {
            rt::go("", [&wg, i] {
                rt::log(std::to_string(i));
                wg.done();
            });
        }
        wg.wait();
    });
    EXPECT_EQ(result.words(), "0 1 2 3 4");
}

TEST_P(PolicyTest, WithoutStealingNothingIsStolenAndNobodySearchesInVain) {
    RunRequest request = on(4);
    request.stealing = false;
    const auto result = run(request, [] { busy_children(4, 5 * kMillisecond); });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
    for (const trace::Event& event : result.events())
        EXPECT_FALSE(event.type == EventType::Move &&
                     static_cast<trace::MoveReason>(event.flags) == trace::MoveReason::Steal);
    EXPECT_LT(result.count(EventType::SpinBegin), 100U);
}

TEST_P(PolicyTest, WithoutStealingTimersStillFire) {
    RunRequest request = on(4);
    request.stealing = false;
    const auto result = run(request, [] {
        rt::WaitGroup wg;
        wg.add(10);
        for (int i = 0; i < 10; ++i) {
            rt::go("", [&wg, i] {
                for (int k = 0; k < 3; ++k)
                    rt::sleep((1 + i % 3) * kMillisecond);
                wg.done();
            });
        }
        wg.wait();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
    EXPECT_LT(result.events().size(), 5000U);
}

TEST_P(PolicyTest, WithStealingEveryPGetsWork) {
    const auto result = run(on(4), [] { busy_children(8, 20 * kMillisecond); });
    std::set<ProcId> ran;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::GoStart)
            ran.insert(event.p);
    }
    EXPECT_EQ(ran.size(), 4U);
}

}  // namespace
}  // namespace golanes::test
