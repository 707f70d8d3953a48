// A virtual run in which goroutines only take turns at one instant ends and says so: it used to go
// on for ever.
#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

class LivelockTest : public RunTest {
 protected:
    static RunRequest patient_for(std::uint64_t steps) {
        RunRequest request;
        request.procs = 2;
        request.tune = [steps](rt::RunSettings& settings) {
            settings.livelock_steps = steps;
        };
        return request;
    }
};

// Spins until a timer has fired, which it never does: no time passes.
void spin_for_a_timer() {
    bool rung = false;
    rt::go("alarm", [&rung] {
        rt::sleep(kMillisecond);
        rung = true;
    });
    rt::go("waiter", [&rung] {
        while (!rung)
            rt::gosched();
    });
    while (!rung)
        rt::gosched();
}

TEST_F(LivelockTest, ALoopOfYieldsAtNoCostEndsAsStarvedAndNamesWhoTurns) {
    const RunResult result = run(patient_for(100'000), &spin_for_a_timer);
    EXPECT_EQ(result.report.status, trace::RunStatus::Starved);
    EXPECT_EQ(result.report.message,
              "starved: at 0 ns goroutines 1 (main), 3 (waiter) turned 100000 times, and nothing "
              "else happened: operations cost nothing in this run, so virtual time never moves "
              "(--policy costs=1x makes it move)");
}

TEST_F(LivelockTest, ItEndsAtTheSameStepEveryTime) {
    const RunResult first = run(patient_for(20'000), &spin_for_a_timer);
    const RunResult again = run(patient_for(20'000), &spin_for_a_timer);
    EXPECT_EQ(first.logical_hash(), again.logical_hash());
    EXPECT_EQ(first.recording.event_count(), again.recording.event_count());
}

TEST_F(LivelockTest, WithCostsTheTimerFires) {
    RunRequest request = patient_for(1000);
    request.costs.ns.fill(100);
    EXPECT_EQ(run(request, &spin_for_a_timer).report.status, trace::RunStatus::Ok);
}

// 60,000 hand-overs at one instant are work, as long as they lead somewhere.
TEST_F(LivelockTest, GoroutinesThatComeAndGoAreProgress) {
    const RunResult result = run(patient_for(10'000), [] {
        for (int i = 0; i < 20'000; ++i) {
            const rt::Chan<int> done(0, "done");
            rt::go("child", [done] { done.send(1); });
            done.recv();
        }
    });
    EXPECT_EQ(result.report.status, trace::RunStatus::Ok);
}

TEST_F(LivelockTest, ManyThatTurnAreNotAllNamed) {
    const RunResult result = run(patient_for(20'000), [] {
        for (int i = 0; i < 20; ++i) {
            rt::go("spinner", [] {
                for (;;)
                    rt::gosched();
            });
        }
        for (;;)
            rt::gosched();
    });
    EXPECT_NE(result.report.message.find(" and 15 more turned"), std::string::npos)
        << result.report.message;
}

}  // namespace
}  // namespace golanes::test
