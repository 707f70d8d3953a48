// How a run ends: main returns, deadlock, panic, and what is left undone.
#include <algorithm>
#include <atomic>
#include <stdexcept>

#include "core/base/cpu.h"
#include "core/runtime/chan.h"
#include "core/runtime/panic.h"
#include "core/runtime/runtime.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/shared.h"
#include "core/runtime/sync.h"
#include "core/runtime/this_machine.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::RunStatus;

class EndTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(EndTest);

TEST_P(EndTest, WhenMainReturnsTheOthersRunNoFurtherLine) {
    const auto result = run(on(1), [] {
        for (int i = 0; i < 5; ++i)
            rt::go("", [] { rt::log("not reached"); });
        rt::log("main returns");
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
    EXPECT_EQ(result.words(), "main returns");
    EXPECT_EQ(result.count(EventType::GoStart), 1U);
    EXPECT_EQ(result.count(EventType::GoKilled), 5U);
}

TEST_P(EndTest, WhenMainReturnsThoseOnOtherPsAreStopped) {
    const auto result = run(on(4), [] {
        for (int i = 0; i < 5; ++i) {
            rt::go("", [] {
                for (;;)
                    rt::work(kMillisecond);
            });
        }
        rt::sleep(3 * kMillisecond);
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
    EXPECT_EQ(result.count(EventType::GoKilled), 5U);
}

TEST_P(EndTest, ADeadlockIsFoundAndSaysWhoWaits) {
    const auto result = run(on(4), [] {
        rt::Chan<int> ch(0, "box");
        rt::WaitGroup wg("finish");
        wg.add(1);
        rt::go("receiver", [ch] { ch.recv(); });
        wg.wait();
    });
    EXPECT_EQ(result.report.status, RunStatus::Deadlock);
    EXPECT_EQ(result.headline(), "fatal error: all goroutines are asleep - deadlock!");
    EXPECT_EQ(result.count(EventType::GoKilled), 2U);
}

TEST_P(EndTest, ASleepIsNoDeadlock) {
    const auto result = run(on(2), [] { rt::sleep(5 * kMillisecond); });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
}

TEST_P(EndTest, APanicNamesItsGoroutineAndEndsTheRun) {
    const auto result = run(on(1), [] {
        rt::go("bad", [] { rt::panic("something went wrong"); });
        rt::go("good", [] { rt::gosched(); });
        rt::gosched();
        rt::gosched();
        rt::log("not reached");
    });
    EXPECT_EQ(result.report.status, RunStatus::Panic);
    EXPECT_EQ(result.headline(), "panic: something went wrong");
    EXPECT_EQ(result.words(), "");
    EXPECT_EQ(result.count(EventType::GoPanic), 1U);
}

// Main computes while another goroutine dies of its panic, and returns before the world stands.
TEST(EndRealTest, AMainThatReturnsWhileAPanicIsToldWaitsForTheEnd) {
    const Watchdog watchdog;
    const auto result = run({.engine = EngineKind::Real, .procs = 2}, [] {
        std::atomic<bool> computes{false};
        rt::go("dies", [&] {
            while (!computes)  // the go statement is behind main: it gives way there no more
                cpu_pause();
            rt::panic("first");
        });
        computes = true;
        while (!rt::this_machine()->scheduler->stop_requested())
            cpu_pause();
    });
    EXPECT_EQ(result.report.status, RunStatus::Panic);
    EXPECT_TRUE(result.report.message.starts_with("panic: first")) << result.report.message;
    const auto events = result.events();
    const auto last = std::find_if(events.rbegin(), events.rend(), [](const trace::Event& event) {
        return event.type == EventType::GoBlock && event.a == 1;
    });
    ASSERT_NE(last, events.rend());
    EXPECT_EQ(static_cast<trace::WaitReason>(last->flags), trace::WaitReason::PanicWait);
}

TEST_P(EndTest, ExceptionsOfTheProgramArePanics) {
    EXPECT_EQ(run(on(1), [] { throw std::out_of_range("index 7"); }).report.message,
              "panic: index 7\n\ngoroutine 1 [running]:\nmain");
    EXPECT_EQ(run(on(1), [] { throw 3; }).headline(),
              "panic: an exception that is no std::exception");
}

TEST_P(EndTest, ExceptionsBelongToTheirGoroutine) {
    const auto result = run(on(2), [] {
        rt::WaitGroup wg;
        wg.add(4);
        for (int i = 0; i < 4; ++i) {
            rt::go("", [&wg, i] {
                try {
                    throw std::runtime_error(std::to_string(i));
                } catch (const std::exception& error) {
                    rt::gosched();
                    rt::check(error.what() == std::to_string(i), "our own exception");
                    try {
                        throw;
                    } catch (const std::exception& again) {
                        rt::check(again.what() == std::to_string(i), "our own again");
                    }
                }
                wg.done();
            });
        }
        wg.wait();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST_P(EndTest, DeferRunsAtTheEndOfItsScopeButNotAfterTheEndOfTheRun) {
    int after_the_end = 0;
    const auto result = run(on(1), [&] {
        rt::go("waits", [&] {
            const rt::Defer later([&] { ++after_the_end; });
            rt::sleep(kSecond);
        });
        {
            const rt::Defer now([] { rt::log("deferred"); });
            rt::log("first");
        }
        rt::gosched();
    });
    EXPECT_EQ(result.words(), "first deferred");
    EXPECT_EQ(after_the_end, 0);
}

TEST_P(EndTest, PlainDestructorsRunWhenTheRunIsUnwound) {
    int destroyed = 0;

    struct Counts {
        int* count;

        ~Counts() { ++*count; }
    };

    run(on(2), [&] {
        rt::WaitGroup started;
        started.add(3);
        for (int i = 0; i < 3; ++i) {
            rt::go("", [&] {
                const Counts counts{&destroyed};
                started.done();
                rt::Chan<int>().recv();
            });
        }
        started.wait();
    });
    EXPECT_EQ(destroyed, 3);
}

TEST_P(EndTest, AStackThatCannotBeUnwoundIsDroppedAndCounted) {
#if defined(GOLANES_ASAN)
    GTEST_SKIP() << "what is dropped is leaked, and LeakSanitizer says so";
#endif
    // An exception on its way, a destructor that waits for ever: nothing can unwind that stack.
    struct WaitsForEver {
        ~WaitsForEver() noexcept(false) { rt::Chan<int>().recv(); }
    };

    RunRequest request = on(1);
    request.expected_drops = 1;
    const auto result = run(request, [] {
        rt::go("bad", [] {
            const WaitsForEver waits;
            throw std::runtime_error("on its way");
        });
        rt::gosched();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
}

TEST_P(EndTest, TheLastOutcomeCountsAndFailedChecksFailTheRun) {
    const auto result = run(on(1), [] {
        rt::outcome(1);
        rt::outcome("two");
        rt::check(true, "fine");
        rt::check(false, "one is two");
    });
    EXPECT_EQ(result.report.status, RunStatus::CheckFailed);
    EXPECT_EQ(result.report.message, "check failed: one is two");
    EXPECT_EQ(std::get<std::string>(result.report.outcome), "two");
    ASSERT_EQ(result.report.checks.size(), 2U);
    EXPECT_TRUE(result.report.checks[0].holds);
    EXPECT_FALSE(result.report.checks[1].holds);
}

}  // namespace
}  // namespace golanes::test
