// Cond: tickets decide who is woken.
#include "core/runtime/cond.h"

#include <type_traits>

#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::RunStatus;
using trace::WaitReason;

// "panic: sync.Cond is copied" cannot happen: there is no copy.
static_assert(!std::is_copy_constructible_v<rt::Cond> && !std::is_copy_assignable_v<rt::Cond>);
static_assert(!std::is_move_constructible_v<rt::Cond>);

class CondTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(CondTest);

void start_waiters(rt::Cond& cond, rt::WaitGroup& wg) {
    for (const char* name : {"A", "B", "C", "D", "E"}) {
        wg.go(name, [&cond, name] {
            cond.lock().lock();
            cond.wait();
            rt::log(name);
            cond.lock().unlock();
        });
        rt::gosched();
    }
}

TEST_P(CondTest, SignalWakesTheOldest) {
    const auto result = run(on(1), [] {
        rt::Mutex mutex;
        rt::Cond cond(mutex);
        rt::WaitGroup wg;
        start_waiters(cond, wg);
        for (int i = 0; i < 5; ++i) {
            cond.signal();
            rt::gosched();
        }
        wg.wait();
    });
    EXPECT_EQ(result.words(), "A B C D E");
}

TEST_P(CondTest, BroadcastRunsTheLastFirst) {
    const auto result = run(on(1), [] {
        rt::Mutex mutex;
        rt::Cond cond(mutex);
        rt::WaitGroup wg;
        start_waiters(cond, wg);
        cond.broadcast();
        wg.wait();
    });
    EXPECT_EQ(result.words(), "E A B C D");
}

TEST_P(CondTest, ASignalWithNobodyThereIsLost) {
    const auto result = run(on(1), [] {
        rt::Mutex mutex;
        rt::Cond cond(mutex);
        cond.signal();
        cond.broadcast();
        mutex.lock();
        cond.wait();
    });
    EXPECT_EQ(result.report.status, RunStatus::Deadlock);
    WaitReason last = WaitReason::None;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::GoBlock)
            last = static_cast<WaitReason>(event.flags);
    }
    EXPECT_EQ(last, WaitReason::CondWait);
}

TEST_P(CondTest, WaitLetsGoOfTheLockAndTakesItAgain) {
    const auto result = run(on(1), [] {
        rt::Mutex mutex;
        rt::Cond cond(mutex);
        bool is_ready = false;
        rt::go("setter", [&] {
            mutex.lock();  // main waits now
            is_ready = true;
            cond.signal();
            mutex.unlock();
        });
        mutex.lock();
        while (!is_ready)
            cond.wait();
        rt::check(!mutex.try_lock(), "it is locked again");
        mutex.unlock();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST_P(CondTest, ItWorksOverTheReadersSideOfAnRWMutex) {
    const auto result = run(on(1), [] {
        rt::RWMutex mutex;
        rt::Cond cond(mutex.rlocker());
        rt::WaitGroup wg;
        start_waiters(cond, wg);
        mutex.lock();  // nobody reads while they wait
        mutex.unlock();
        cond.broadcast();
        wg.wait();
    });
    EXPECT_EQ(result.lines().size(), 5U);
}

TEST_P(CondTest, EventsTellHowManyWereWoken) {
    RunRequest request = on(1);
    request.level = trace::Level::Full;
    const auto result = run(request, [] {
        rt::Mutex mutex;
        rt::Cond cond(mutex);
        rt::WaitGroup wg;
        cond.signal();
        start_waiters(cond, wg);
        cond.signal();
        cond.broadcast();
        wg.wait();
    });
    std::vector<std::pair<int, std::uint32_t>> signals;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::CondSignal)
            signals.emplace_back(event.flags, trace::low_half(event.arg));
    }
    EXPECT_EQ(signals, (std::vector<std::pair<int, std::uint32_t>>{{0, 0}, {0, 1}, {1, 4}}));
}

// Main has its ticket, unlocks, and hands the starving mutex over: the signal comes before main is
// on the list.
TEST(CondTicketTest, ASignalBetweenUnlockAndSleepIsNotLost) {
    const Watchdog watchdog;
    const auto result = run({.procs = 1}, [] {
        rt::Mutex mutex;
        rt::Cond cond(mutex);
        rt::WaitGroup wg;
        mutex.lock();
        wg.go("signaller", [&] {
            mutex.lock();
            rt::log("signal");
            cond.signal();
            mutex.unlock();
        });
        rt::gosched();
        rt::work(2 * kMillisecond);
        mutex.unlock();
        mutex.lock();
        rt::gosched();  // the signaller starves
        cond.wait();
        rt::log("went on");
        mutex.unlock();
        wg.wait();
    });
    EXPECT_EQ(result.words(), "signal went on");
    for (const trace::Event& event : result.events())
        EXPECT_FALSE(event.type == EventType::GoBlock &&
                     event.flags == static_cast<int>(WaitReason::CondWait));
}

}  // namespace
}  // namespace golanes::test
