// Sleep: exact in virtual time; in real time only orders are asserted.
#include <algorithm>
#include <thread>

#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::RunStatus;

class TimerTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(TimerTest);

void sleepers(std::initializer_list<int> milliseconds) {
    rt::WaitGroup wg;
    for (const int ms : milliseconds) {
        wg.add(1);
        rt::go("", [&wg, ms] {
            rt::sleep(ms * kMillisecond);
            rt::log(std::to_string(ms));
            wg.done();
        });
    }
    wg.wait();
}

TEST_P(TimerTest, SleepersWakeInTheOrderOfTheirTimes) {
    for (const int procs : {1, 2, 4})
        EXPECT_EQ(run(on(procs), [] { sleepers({50, 10, 90, 30, 70}); }).words(), "10 30 50 70 90");
}

TEST_P(TimerTest, NoSleepAtAllReturnsAtOnce) {
    const auto result = run(on(1), [] {
        rt::sleep(0);
        rt::sleep(-kSecond);
    });
    EXPECT_EQ(result.count(EventType::GoBlock), 0U);
}

TEST_P(TimerTest, NobodySleepsLessThanAsked) {
    const auto result = run(on(2), [] {
        const TimeNs before = rt::now();
        rt::sleep(5 * kMillisecond);
        rt::check(rt::now() - before >= 5 * kMillisecond, "at least as long");
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST_P(TimerTest, ATimerFiresOnAnIdlePWhileItsOwnPComputes) {
    const auto result = run(on(2), [] {
        rt::WaitGroup wg;
        wg.add(2);
        rt::go("computes", [&] {
            rt::go("sleeps", [&] {
                rt::sleep(kMillisecond);
                rt::log("woke");
                wg.done();
            });
            rt::gosched();
            rt::work(9 * kMillisecond);
            rt::log("computed");
            wg.done();
        });
        wg.wait();
    });
    if (GetParam() == EngineKind::Virtual) {
        EXPECT_EQ(result.words(), "woke computed");
    }
    EXPECT_EQ(result.report.status, RunStatus::Ok);
}

TEST_P(TimerTest, AnMThatWaitsForATimerSleepsWhileAllPsCompute) {
    // The poller must not spin when its timer is due and no P is free.
    const auto result = run(on(2), [] {
        rt::WaitGroup wg;
        wg.add(7);
        for (int i = 0; i < 4; ++i) {
            rt::go("sleeper", [&wg, i] {
                rt::sleep((1 + i) * kMillisecond);
                wg.done();
            });
        }
        rt::sleep(kMillisecond / 2);  // an M polls for the timers now
        for (int i = 0; i < 3; ++i) {
            rt::go("computes", [&wg] {
                rt::work(30 * kMillisecond);
                wg.done();
            });
        }
        wg.wait();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
    EXPECT_LT(result.count(EventType::MachinePark), 200U);
}

TEST(VirtualTimerTest, SleepsAreExact) {
    const Watchdog watchdog;
    for (const int procs : {1, 2, 16}) {
        const auto result = run({.procs = procs}, [] {
            rt::WaitGroup wg;
            wg.add(100);
            for (int i = 1; i <= 100; ++i) {
                rt::go("", [&wg, i] {
                    const TimeNs before = rt::now();
                    rt::sleep(i * 1'234'567);
                    rt::check(rt::now() - before == i * 1'234'567, "exactly as long as asked");
                    wg.done();
                });
            }
            wg.wait();
        });
        EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
        EXPECT_EQ(result.report.wall_ns, 123'456'700);
    }
}

TEST(VirtualTimerTest, EqualTimesFireInTheOrderTheyWereSet) {
    const Watchdog watchdog;
    const auto result = run({.procs = 1, .runnext = false}, [] {
        rt::WaitGroup wg;
        wg.add(6);
        for (int i = 0; i < 6; ++i) {
            rt::go("", [&wg, i] {
                rt::sleep(kMillisecond);
                rt::log(std::to_string(i));
                wg.done();
            });
        }
        wg.wait();
    });
    EXPECT_EQ(result.words(), "0 1 2 3 4 5");
}

// Each P has sleepers of its own; all wake, and in the order of their times.
TEST(VirtualTimerTest, AHundredThousandSleepersWakeInTheOrderOfTheirTimes) {
    const Watchdog watchdog;
    // ThreadSanitizer takes each goroutine for a thread, and 8,128 of them at most.
    const int count = kUnderTsan ? 2'000 : scaled(100'000);
    std::vector<int> woken;
    woken.reserve(static_cast<std::size_t>(count));
    const auto result = run({.procs = 4}, [&] {
        rt::WaitGroup wg;
        wg.add(count);
        for (int i = 0; i < count; ++i) {
            const int rank = static_cast<int>((i * 7919LL) % count);
            rt::go("", [&, rank] {
                rt::sleep(kSecond + rank * 10);
                woken.push_back(rank);  // the virtual engine is one thread
                wg.done();
            });
        }
        wg.wait();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    ASSERT_EQ(woken.size(), static_cast<std::size_t>(count));
    EXPECT_TRUE(std::is_sorted(woken.begin(), woken.end()));
    EXPECT_EQ(result.report.wall_ns, kSecond + (count - 1) * 10);
}

// A removed P's sleepers go to another.
TEST_P(TimerTest, SleepersOfRemovedPsWake) {
    auto request = on(16);
    request.beside = [](trace::Control& control, const std::atomic<bool>& over) {
        for (int i = 0; !over; ++i) {
            rt::request_procs(control, i % 2 == 0 ? 1 : 16);
            std::this_thread::yield();
        }
    };
    const int count = scaled(400);
    const auto result = run(request, [count] {
        rt::WaitGroup wg;
        wg.add(count);
        for (int i = 0; i < count; ++i) {
            rt::go("", [&wg, i] {
                for (int k = 0; k < 5; ++k)
                    rt::sleep((1 + (i * 31 + k) % 97) * 10 * kMicrosecond);
                wg.done();
            });
        }
        wg.wait();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

// On one P nobody else is there to run the timer: the poller must see it.
TEST_P(TimerTest, ANewEarliestTimerWakesThePollerThatSleepsForALaterOne) {
    for (const int procs : {1, 2, 4}) {
        const auto result = run(on(procs), [] {
            rt::go("late", [] { rt::sleep(3600 * kSecond); });
            rt::sleep(2 * kMillisecond);
            rt::Chan<int> there(0);
            rt::go("early", [there] {
                rt::sleep(2 * kMillisecond);
                there.send(1);
            });
            there.recv();
        });
        EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    }
}

TEST(VirtualTimerTest, WorkTakesVirtualTimeAndOverlapsOnSeveralPs) {
    const Watchdog watchdog;
    for (const int procs : {1, 2, 4}) {
        const auto result = run({.procs = procs}, [] {
            rt::WaitGroup wg;
            wg.add(4);
            for (int i = 0; i < 4; ++i) {
                rt::go("", [&wg] {
                    rt::work(10 * kMillisecond);
                    wg.done();
                });
            }
            wg.wait();
        });
        EXPECT_EQ(result.report.wall_ns, 40 * kMillisecond / procs);
    }
}

}  // namespace
}  // namespace golanes::test
