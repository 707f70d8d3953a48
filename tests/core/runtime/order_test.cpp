// Who runs when on one P: Go's exact orders.
#include <deque>

#include "core/base/random.h"
#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"
#include "tests/core/runtime/yield_locally.h"

namespace golanes::test {
namespace {

using trace::EventType;

class OrderTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(OrderTest);

std::string numbers(std::initializer_list<int> list) {
    std::string text;
    for (const int number : list)
        text += (text.empty() ? "" : " ") + std::to_string(number);
    return text;
}

// `for i < count { go print(i) }` and wait.
void spawn_and_wait(int count) {
    rt::WaitGroup wg;
    wg.add(count);
    for (int i = 0; i < count; ++i) {
        rt::go("", [&wg, i] {
            rt::log(std::to_string(i));
            wg.done();
        });
    }
    wg.wait();
}

std::uint32_t start_tick(std::uint64_t seed) {
    return static_cast<std::uint32_t>(Random(seed, Stream::StartTick, 0).uniform(61));
}

// The same program on paper: runnext, a ring of 256, the global queue looked at every 61st start.
std::string on_paper(int count, std::uint32_t tick) {
    std::deque<int> ring;
    std::deque<int> global;
    for (int i = 0; i + 1 < count; ++i) {
        if (ring.size() == 256) {
            global.insert(global.end(), ring.begin(), ring.begin() + 128);
            ring.erase(ring.begin(), ring.begin() + 128);
            global.push_back(i);
        } else {
            ring.push_back(i);
        }
    }
    int runnext = count - 1;
    std::string text;
    const auto run = [&](int i) {
        text += (text.empty() ? "" : " ") + std::to_string(i);
    };
    while (runnext >= 0 || !ring.empty() || !global.empty()) {
        if (tick % 61 == 0 && !global.empty()) {
            run(global.front());
            global.pop_front();
            ++tick;
        } else if (runnext >= 0) {
            run(std::exchange(runnext, -1));
        } else if (!ring.empty()) {
            run(ring.front());
            ring.pop_front();
            ++tick;
        } else {
            const auto batch = std::min<std::size_t>(global.size(), 128);
            ring.assign(global.begin(), global.begin() + static_cast<std::ptrdiff_t>(batch));
            global.erase(global.begin(), global.begin() + static_cast<std::ptrdiff_t>(batch));
            run(ring.front());
            ring.pop_front();
            ++tick;
        }
    }
    return text;
}

TEST_P(OrderTest, TheLastOneSpawnedRunsFirst) {
    EXPECT_EQ(run(on(1), [] { spawn_and_wait(6); }).words(), "5 0 1 2 3 4");
    EXPECT_EQ(run(on(1), [] { spawn_and_wait(10); }).words(),
              numbers({9, 0, 1, 2, 3, 4, 5, 6, 7, 8}));
}

TEST_P(OrderTest, CloseWakesTheFirstWaiterThenFromLastToSecond) {
    const auto result = run(on(1), [] {
        rt::Chan<int> ch(0);
        rt::WaitGroup wg;
        wg.add(5);
        for (const char* name : {"A", "B", "C", "D", "E"}) {
            rt::go(name, [&, name] {
                ch.recv();
                rt::log(name);
                wg.done();
            });
            rt::gosched();
        }
        ch.close();
        wg.wait();
    });
    EXPECT_EQ(result.words(), "A E D C B");
}

TEST_P(OrderTest, ThreeHundredOverflowTheRingAndComeBackOneInSixtyOne) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const auto result = run(on(1, seed), [] { spawn_and_wait(300); });
        EXPECT_EQ(result.words(), on_paper(300, start_tick(seed))) << "seed " << seed;
    }
}

TEST_P(OrderTest, GoScheduleOfThreeHundredAppearsForOneStartTick) {
    // "299 128 129 ... 178 0 179": 51 ring starts, then one from the global queue: tick 10.
    std::uint64_t seed = 1;
    while (start_tick(seed) != 10)
        ++seed;
    std::string beginning = "299";
    for (int i = 128; i <= 178; ++i)
        beginning += " " + std::to_string(i);
    const std::string words = run(on(1, seed), [] { spawn_and_wait(300); }).words();
    EXPECT_EQ(words.substr(0, beginning.size() + 6), beginning + " 0 179");
}

TEST_P(OrderTest, AFullRingGivesItsOlderHalfAndTheNewcomerToTheGlobalQueue) {
    const auto result = run(on(1), [] { spawn_and_wait(300); });
    std::vector<trace::Event> overflows;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::Move &&
            static_cast<trace::MoveReason>(event.flags) == trace::MoveReason::Overflow)
            overflows.push_back(event);
    }
    ASSERT_EQ(overflows.size(), 1U);
    EXPECT_EQ(overflows[0].seq, 128U);
    EXPECT_EQ(trace::high_half(overflows[0].arg), 0U);  // from the ring's first place
}

TEST_P(OrderTest, TheGlobalQueueIsTakenInBatchesOfAtMostHalfARing) {
    RunRequest request = on(1);
    request.global_tick = 0;
    const auto result = run(request, [] { spawn_and_wait(300); });
    std::vector<std::uint32_t> batches;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::Move &&
            static_cast<trace::MoveReason>(event.flags) == trace::MoveReason::GlobalBatch)
            batches.push_back(event.seq);
    }
    EXPECT_EQ(batches, std::vector<std::uint32_t>{128});  // 129 were there; the last one goes alone
}

TEST_P(OrderTest, GoschedGoesToTheTailOfTheGlobalQueue) {
    RunRequest request = on(1);
    request.global_tick = 0;
    const auto result = run(request, [] {
        rt::WaitGroup wg;
        wg.add(3);
        for (const char* name : {"A", "B", "C"}) {
            rt::go(name, [&wg, name] {
                for (int i = 0; i < 3; ++i) {
                    rt::log(name);
                    rt::gosched();
                }
                wg.done();
            });
        }
        wg.wait();
    });
    EXPECT_EQ(result.words(), "C A B C A B C A B");
}

TEST_P(OrderTest, AGoroutineThatHandsOverGoesToTheTailOfItsOwnRing) {
    RunRequest request = on(1);
    request.global_tick = 0;
    const auto result = run(request, [] {
        rt::WaitGroup wg;
        wg.add(3);
        for (const char* name : {"A", "B", "C"}) {
            rt::go(name, [&wg, name] {
                rt::log(name);
                yield_locally();
                rt::log(name);
                rt::gosched();
                rt::log(name);
                wg.done();
            });
        }
        wg.wait();
    });
    // C yields behind A and B, so the ring is A B C twice over; then the global queue.
    EXPECT_EQ(result.words(), "C A B C A B C A B");
    std::size_t handed_over = 0;
    for (const trace::Event& event : result.events()) {
        if (event.type != EventType::GoStop || (event.flags >> trace::put_flag::kReasonShift) !=
                                                   static_cast<int>(trace::StopReason::HandedOver))
            continue;
        ++handed_over;
        EXPECT_EQ(event.flags & trace::put_flag::kKindMask,
                  static_cast<int>(trace::QueueKind::Ring));
    }
    EXPECT_EQ(handed_over, 3U);
}

TEST_P(OrderTest, TheOneWhoGetsTheLockRunsNextInTheSlicesRest) {
    const auto result = run(on(1), [] {
        rt::Chan<int> lock(0);
        rt::WaitGroup wg;
        wg.add(2);
        rt::go("other", [&] {
            rt::log("other");
            wg.done();
        });
        rt::go("waiter", [&] {
            lock.recv();
            rt::log("waiter");
            wg.done();
        });
        rt::gosched();     // the waiter waits now, the other one has run
        lock.try_send(1);  // the waiter stands in runnext
        yield_locally();
        rt::log("giver");
        wg.wait();
    });
    EXPECT_EQ(result.words(), "other waiter giver");
    std::vector<trace::Event> starts;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::GoStart)
            starts.push_back(event);
    }
    // main, waiter, other, main again, and then:
    ASSERT_EQ(starts.size(), 6U);
    EXPECT_NE(starts[4].flags & trace::start_flag::kInheritsSlice, 0);
    EXPECT_EQ(starts[5].flags & trace::start_flag::kInheritsSlice, 0);
}

}  // namespace
}  // namespace golanes::test
