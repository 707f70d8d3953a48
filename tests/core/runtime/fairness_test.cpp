// Nobody waits for ever on one P: the look at the global queue, time slices and their inheritance.
#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"
#include "tests/core/runtime/yield_locally.h"

namespace golanes::test {
namespace {

using trace::EventType;

class FairnessTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(FairnessTest);

// A goroutine in the ring yields and yields; one in the global queue waits. Returns after how many
// starts the waiting one had its turn.
std::int64_t starts_before_the_global_one(const RunRequest& request) {
    return run(request,
               [] {
                   constexpr int kYields = 1000;
                   rt::WaitGroup wg;
                   bool waits = true;
                   int starts = 0;
                   wg.add(2);
                   rt::go("in the ring", [&] {
                       for (int i = 0; i < kYields; ++i) {
                           starts += waits ? 1 : 0;
                           yield_locally();
                       }
                       wg.done();
                   });
                   rt::go("in the global queue", [&] {
                       rt::gosched();
                       waits = false;
                       wg.done();
                   });
                   wg.wait();
                   rt::outcome(starts);
               })
        .number();
}

TEST_P(FairnessTest, TheGlobalQueueWaitsForSixtyOneStartsAtMost) {
    for (std::uint64_t seed = 1; seed <= 70; ++seed) {
        EXPECT_LE(starts_before_the_global_one(on(1, seed)), 61) << "seed " << seed;
    }
}

TEST_P(FairnessTest, WithoutTheTickABusyRingStarvesTheGlobalQueue) {
    RunRequest request = on(1);
    request.global_tick = 0;
    EXPECT_EQ(starts_before_the_global_one(request), 1000);
}

// Ten goroutines read a counter, yield and write back what they read plus one, ten times each. On
// paper each wave writes the same value: 10. The 61-tick lets one of them run out of its turn; at 9
// of the 61 ticks a run may begin with, that makes it 11.
std::int64_t lost_updates(const RunRequest& request) {
    return run(request,
               [] {
                   rt::WaitGroup wg;
                   int counter = 0;
                   wg.add(10);
                   for (int i = 0; i < 10; ++i) {
                       rt::go("adder", [&] {
                           for (int k = 0; k < 10; ++k) {
                               const int value = counter;
                               rt::gosched();
                               counter = value + 1;
                           }
                           wg.done();
                       });
                   }
                   wg.wait();
                   rt::outcome(counter);
               })
        .number();
}

TEST_P(FairnessTest, TheTickMakesTenElevenInNineOfSixtyOneRuns) {
    const int trials = GetParam() == EngineKind::Real ? scaled(300) : scaled(2000);
    int elevens = 0;
    for (int i = 0; i < trials; ++i) {
        const std::int64_t counter = lost_updates(on(1, 1000 + static_cast<std::uint64_t>(i)));
        ASSERT_TRUE(counter == 10 || counter == 11) << counter << " with seed " << 1000 + i;
        elevens += counter == 11 ? 1 : 0;
    }
    const double expected = trials * 9.0 / 61.0;
    const double off = elevens - expected;
    const double chi_square = off * off / expected + off * off / (trials - expected);
    EXPECT_LT(chi_square, 10.83) << elevens << " of " << trials;  // one in a thousand beyond
}

TEST_P(FairnessTest, WithoutTheTickItIsAlwaysTen) {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        RunRequest request = on(1, seed);
        request.global_tick = 0;
        EXPECT_EQ(lost_updates(request), 10) << "seed " << seed;
    }
}

TEST_P(FairnessTest, PartnersThatWakeEachOtherCannotStarveAThird) {
    RunRequest request = on(1);
    request.slice = kMillisecond;
    const bool is_virtual = GetParam() == EngineKind::Virtual;
    const auto result = run(request, [is_virtual] {
        rt::Chan<int> ping(0);
        rt::Chan<int> pong(0);
        bool third_ran = false;
        rt::go("third", [&] { third_ran = true; });
        rt::go("partner", [&] {
            while (const auto value = ping.recv())
                pong.send(*value);
        });
        while (!third_ran) {  // without an end the pair would go on for ever
            ping.send(1);
            if (is_virtual)
                rt::work(10 * kMicrosecond);
            pong.recv();
        }
    });
    EXPECT_EQ(result.report.status, trace::RunStatus::Ok) << result.report.message;
}

TEST_P(FairnessTest, AChainThroughRunnextSharesOneTimeSlice) {
    const auto result = run(on(1), [] {
        rt::Chan<int> ping(0);
        rt::Chan<int> pong(0);
        rt::go("partner", [&] {
            while (const auto value = ping.recv())
                pong.send(*value);
        });
        for (int i = 0; i < 20; ++i) {
            ping.send(i);
            pong.recv();
        }
    });
    std::size_t own_slices = 0;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::GoStart &&
            (event.flags & trace::start_flag::kInheritsSlice) == 0)
            ++own_slices;
    }
    EXPECT_GT(result.count(EventType::GoStart), 20U);
    EXPECT_EQ(own_slices, 0U);
}

TEST_P(FairnessTest, APairThatSharesItsSliceIsPreemptedForTheOthers) {
    RunRequest request = on(1);
    request.slice = 10 * kMillisecond;
    const auto result = run(request, [] {
        rt::Chan<int> ball(0);
        bool third_ran = false;
        rt::go("third", [&] { third_ran = true; });
        rt::go("partner", [&] {
            while (ball.recv())
                rt::work(kMillisecond);
        });
        for (int i = 0; i < 40; ++i) {
            ball.send(i);
            rt::work(kMillisecond);
        }
        rt::check(third_ran, "the third one ran");
    });
    EXPECT_EQ(result.report.status, trace::RunStatus::Ok) << result.report.message;
}

TEST_P(FairnessTest, WorkIsPreemptedAfterTenMilliseconds) {
    RunRequest request = on(1);
    request.slice = 10 * kMillisecond;
    const auto result = run(request, [] {
        rt::WaitGroup wg;
        wg.add(2);
        for (const char* name : {"A", "B"}) {
            rt::go(name, [&wg] {
                rt::work(35 * kMillisecond);
                wg.done();
            });
        }
        wg.wait();
    });
    std::size_t preemptions = 0;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::GoStop && (event.flags >> trace::put_flag::kReasonShift) ==
                                                   static_cast<int>(trace::StopReason::Preempted))
            ++preemptions;
    }
    EXPECT_GE(preemptions, 6U);
    if (GetParam() == EngineKind::Virtual) {
        EXPECT_EQ(preemptions, 6U);
        EXPECT_EQ(result.report.wall_ns, 70 * kMillisecond);
    }
}

}  // namespace
}  // namespace golanes::test
