// Stealing, searching and waking, to the nanosecond on the virtual engine.
#include <map>

#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::MoveReason;
using trace::QueueKind;

class StealTest : public RunTest {};

std::vector<trace::Event> thefts(const RunResult& result, QueueKind from) {
    std::vector<trace::Event> found;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::Move &&
            static_cast<MoveReason>(event.flags) == MoveReason::Steal &&
            trace::unpack_queue(static_cast<std::uint16_t>(event.a >> 16)).kind == from)
            found.push_back(event);
    }
    return found;
}

// Goroutines in the order of their first start on P `p`.
std::vector<GoroutineId> started_on(const RunResult& result, ProcId p) {
    std::vector<GoroutineId> ids;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::GoStart && event.p == p)
            ids.push_back(event.a);
    }
    return ids;
}

// Main fills its ring with `count` and its runnext with one more, then computes while P 1 looks.
RunResult fill_and_compute(int count, std::uint64_t seed) {
    return run({.procs = 2, .seed = seed}, [count] {
        rt::WaitGroup wg;
        wg.add(count + 1);
        for (int i = 0; i <= count; ++i) {
            rt::go("", [&wg] {
                rt::work(kMicrosecond);
                wg.done();
            });
        }
        rt::work(kMillisecond);
        wg.wait();
    });
}

TEST_F(StealTest, AThiefTakesHalfOfTheRingRoundedUpAndRunsTheLastOfThem) {
    for (int count = 1; count <= 12; ++count) {
        const auto result = fill_and_compute(count, static_cast<std::uint64_t>(count));
        const auto stolen = thefts(result, QueueKind::Ring);
        ASSERT_FALSE(stolen.empty());
        const auto half = static_cast<std::uint32_t>((count + 1) / 2);
        EXPECT_EQ(stolen[0].seq, half) << count << " in the ring";
        // Main is 1, the ring holds 2, 3, ...: the last one stolen runs, then the others in order.
        std::vector<GoroutineId> expected{half + 1};
        for (GoroutineId g = 2; g <= half; ++g)
            expected.push_back(g);
        auto started = started_on(result, 1);
        ASSERT_GE(started.size(), expected.size());
        started.resize(expected.size());
        EXPECT_EQ(started, expected) << count << " in the ring";
    }
}

TEST_F(StealTest, TheRunnextOfAPThatComputesIsTakenLast) {
    const auto result = fill_and_compute(4, 1);
    const auto from_runnext = thefts(result, QueueKind::Runnext);
    ASSERT_EQ(from_runnext.size(), 1U);
    EXPECT_EQ(trace::low_half(from_runnext[0].arg), 6U);  // spawned last
    EXPECT_EQ(started_on(result, 1).back(), 6U);
}

// Where operations are free the thief's grace is the rest of the instant: no time passes.
TEST_F(StealTest, WithFreeOperationsAStolenRunnextStartsAtOnce) {
    const auto result = run({.procs = 2}, [] {
        rt::go("", [] { rt::log(std::to_string(rt::now())); });
        rt::work(kMillisecond);
    });
    EXPECT_EQ(result.words(), "0");
    EXPECT_EQ(thefts(result, QueueKind::Runnext).size(), 1U);
}

rt::Costs costs_of_a_channel() {
    rt::Costs costs;
    costs.ns[static_cast<std::size_t>(rt::Op::Chan)] = 500;
    return costs;
}

TEST_F(StealTest, WithCostsAThiefGivesTheOwnerThreeMicroseconds) {
    RunRequest request{.procs = 2};
    request.costs = costs_of_a_channel();
    const auto result = run(request, [] {
        rt::go("", [] { rt::log(std::to_string(rt::now())); });
        rt::work(kMillisecond);
    });
    EXPECT_EQ(result.words(), "3000");
}

// Each send makes the partner runnable half a microsecond before the sender waits for its answer.
// A thief that took it at sight would tear every such pair apart.
TEST_F(StealTest, APartnerJustWokenIsNotTornAway) {
    RunRequest request{.procs = 4};
    request.costs = costs_of_a_channel();
    const auto result = run(request, [] {
        rt::Chan<int> ping(0);
        rt::Chan<int> pong(0);
        rt::go("partner", [&] {
            while (const auto value = ping.recv())
                pong.send(*value);
        });
        for (int i = 0; i < 100; ++i) {
            ping.send(i);
            pong.recv();
        }
    });
    EXPECT_EQ(result.report.status, trace::RunStatus::Ok) << result.report.message;
    EXPECT_EQ(thefts(result, QueueKind::Runnext).size(), 0U);
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::GoStart) {
            EXPECT_EQ(event.p, 0) << "the pair stays where it is";
        }
    }
}

TEST_F(StealTest, AStolenGoroutineHasASliceOfItsOwn) {
    const auto result = fill_and_compute(4, 1);
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::GoStart &&
            (event.flags & trace::start_flag::kKindMask) == static_cast<int>(QueueKind::None)) {
            EXPECT_EQ(event.flags & trace::start_flag::kInheritsSlice, 0);
        }
    }
}

TEST_F(StealTest, ThievesVisitTheOthersInARandomOrder) {
    std::map<ProcId, int> first_victims;
    constexpr int kSeeds = 200;
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
        const auto result = run({.procs = 4, .seed = seed}, [] {
            rt::WaitGroup wg;
            wg.add(3);
            for (int i = 0; i < 3; ++i) {
                rt::go("filler", [&wg] {
                    rt::work(kMillisecond);  // by now one of them is on every P but one
                    for (int k = 0; k < 4; ++k)
                        rt::go("", [] { rt::work(kMillisecond); });
                    rt::work(kMillisecond);
                    wg.done();
                });
            }
            wg.wait();
        });
        for (const trace::Event& event : thefts(result, QueueKind::Ring)) {
            if (event.time < static_cast<std::uint64_t>(kMillisecond))
                continue;
            ++first_victims[trace::unpack_queue(static_cast<std::uint16_t>(event.a >> 16)).p];
            break;
        }
    }
    EXPECT_GE(first_victims.size(), 3U);
}

// --- Who is woken

TEST_F(StealTest, EverySpawnedGoroutineFindsAnIdlePAtOnce) {
    const auto result = run({.procs = 8}, [] {
        rt::WaitGroup wg;
        wg.add(7);
        for (int i = 0; i < 7; ++i) {
            rt::go("", [&wg] {
                rt::work(kMillisecond);
                wg.done();
            });
        }
        rt::work(kMillisecond);
        wg.wait();
    });
    EXPECT_EQ(result.report.wall_ns, kMillisecond);
}

TEST_F(StealTest, EveryTimerFiresOnTimeWhileAPIsIdle) {
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const auto result = run({.procs = 7, .seed = seed}, [] {
            rt::WaitGroup wg;
            wg.add(5);
            for (int i = 1; i <= 5; ++i) {
                rt::go("", [&wg, i] {
                    rt::sleep(i * kMillisecond);
                    rt::check(rt::now() == i * kMillisecond, "it wakes on time");
                    rt::work(30 * kMillisecond);  // and computes through all later timers
                    wg.done();
                });
            }
            rt::work(30 * kMillisecond);
            wg.wait();
        });
        EXPECT_EQ(result.report.status, trace::RunStatus::Ok) << result.report.message;
        EXPECT_EQ(result.report.wall_ns, 35 * kMillisecond) << "seed " << seed;
    }
}

TEST_F(StealTest, AGoroutineThatWakesAnIdlePHasAFreshSlice) {
    RunRequest request{.procs = 1};
    const auto result = run(request, [] {
        rt::sleep(50 * kMillisecond);
        rt::work(5 * kMillisecond);  // far less than a slice
    });
    EXPECT_EQ(result.count(EventType::GoStop), 0U);
}

TEST_F(StealTest, MsThatSleepAreUsedAgainBeforeNewOnesAreMade) {
    const auto result = run({.procs = 4}, [] {
        for (int round = 0; round < 50; ++round) {
            rt::WaitGroup wg;
            wg.add(4);
            for (int i = 0; i < 4; ++i) {
                rt::go("", [&wg] {
                    rt::work(10 * kMicrosecond);
                    wg.done();
                });
            }
            wg.wait();
        }
    });
    EXPECT_LE(result.count(EventType::MachineCreate), 5U);  // one a P, and one that polls
}

}  // namespace
}  // namespace golanes::test
