// runtime.Goexit, and main's return while others panic.
#include <stdexcept>

#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::RunStatus;

class GoexitTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(GoexitTest);

std::string recovered() {
    const auto value = rt::recover();
    return value ? value->text() : "nil";
}

// Runs f as a goroutine and waits until it has ended.
void run_beside(const std::function<void()>& f) {
    rt::WaitGroup wg;
    wg.add(1);
    rt::go("beside", [&] {
        const rt::Defer done([&] { wg.done(); });
        f();
    });
    wg.wait();
}

std::size_t goexits(const RunResult& result) {
    std::size_t count = 0;
    for (const trace::Event& event : result.events())
        count += event.type == EventType::GoEnd && event.flags == 1 ? 1U : 0U;
    return count;
}

TEST_P(GoexitTest, RunsTheDeferredFunctionsAndEndsTheGoroutine) {
    const auto result = run(on(2), [] {
        run_beside([] {
            const rt::Defer first([] { rt::log("first"); });
            rt::recovering([] {
                const rt::Defer second([] { rt::log("second " + recovered()); });
                rt::goexit();
            });
            rt::log("not reached");
        });
    });
    EXPECT_EQ(result.words(), "second nil first");
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    EXPECT_EQ(goexits(result), 1U);
    EXPECT_EQ(result.count(EventType::PanicBegin), 0U);
}

TEST_P(GoexitTest, OfMainLetsTheOthersGoOnUntilNoneCan) {
    const auto result = run(on(2), [] {
        rt::go("other", [] {
            rt::sleep(kMillisecond);
            rt::log("other");
        });
        const rt::Defer deferred([] { rt::log("main"); });
        rt::goexit();
    });
    EXPECT_EQ(result.words(), "main other");
    EXPECT_EQ(result.report.status, RunStatus::Deadlock);
    EXPECT_EQ(result.report.message,
              "fatal error: no goroutines (main called runtime.Goexit) - deadlock!");
}

TEST_P(GoexitTest, OfMainWithOthersThatWaitIsAPlainDeadlock) {
    const auto result = run(on(2), [] {
        rt::go("waits", [] { rt::Chan<int>().recv(); });
        rt::goexit();
    });
    EXPECT_EQ(result.headline(), "fatal error: all goroutines are asleep - deadlock!");
}

TEST_P(GoexitTest, InADeferredFunctionEndsAPanic) {
    const auto result = run(on(1), [] {
        run_beside([] {
            const rt::Defer exits([] { rt::goexit(); });
            rt::panic("hello");
        });
        rt::log("main");
    });
    EXPECT_EQ(result.words(), "main");
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    EXPECT_EQ(goexits(result), 1U);
}

TEST_P(GoexitTest, APanicOnItsWayIsToldWithoutIt) {
    const auto result = run(on(1), [] {
        const rt::Defer panics([] { rt::panic("late"); });
        rt::goexit();
    });
    EXPECT_EQ(result.headline(), "panic: late");
}

TEST_P(GoexitTest, GoesOnAfterAPanicOnItsWayWasRecovered) {
    const auto result = run(on(1), [] {
        run_beside([] {
            const rt::Defer last([] { rt::log("last"); });
            rt::recovering([] {
                const rt::Defer first([] { rt::log("first"); });
                const rt::Defer stops([] { rt::log(recovered()); });
                const rt::Defer panics([] { rt::panic("late"); });
                rt::goexit();
            });
            rt::log("not reached");
        });
    });
    EXPECT_EQ(result.words(), "late first last");
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    EXPECT_EQ(goexits(result), 1U);
}

TEST_P(GoexitTest, ManyGoroutinesExitOnManyPs) {
    for (const int procs : {1, 2, 4, 16, 64}) {
        const auto result = run(on(procs), [] {
            rt::WaitGroup wg;
            wg.add(100);
            for (int i = 0; i < 100; ++i) {
                rt::go("", [&wg] {
                    const rt::Defer done([&] { wg.done(); });
                    rt::gosched();
                    rt::goexit();
                });
            }
            wg.wait();
        });
        EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
        EXPECT_EQ(goexits(result), 100U);
    }
}

class MainReturnTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(MainReturnTest);

TEST_P(MainReturnTest, WaitsForTheDeferredFunctionsOfAPanic) {
    const auto result = run(on(1), [] {
        rt::go("panics", [] {
            const rt::Defer slow([] {
                for (int i = 0; i < 100; ++i)
                    rt::gosched();
                rt::log("deferred");
            });
            rt::panic("x");
        });
        rt::gosched();
        rt::log("main returns");
    });
    EXPECT_EQ(result.lines(), (std::vector<std::string>{"main returns", "deferred"}));
    EXPECT_EQ(result.headline(), "panic: x");
}

TEST_P(MainReturnTest, WaitsForThemAThousandYieldsAtMost) {
    const auto result = run(on(1), [] {
        rt::go("panics", [] {
            const rt::Defer endless([] { rt::Chan<int>().recv(); });
            rt::panic("x");
        });
        rt::gosched();
        rt::log("main returns");
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
    EXPECT_EQ(result.words(), "main returns");
    std::size_t yields = 0;
    for (const trace::Event& event : result.events())
        yields += event.type == EventType::GoStop && event.a == 1 ? 1U : 0U;
    EXPECT_EQ(yields, 1001U);
}

TEST_P(MainReturnTest, DoesNotWaitForARecoveredPanic) {
    const auto result = run(on(1), [] {
        rt::go("panics", [] {
            rt::recovering([] {
                const rt::Defer stops([] { rt::recover(); });
                rt::panic("x");
            });
            rt::Chan<int>().recv();
        });
        rt::gosched();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
    std::size_t yields = 0;
    for (const trace::Event& event : result.events())
        yields += event.type == EventType::GoStop && event.a == 1 ? 1U : 0U;
    EXPECT_EQ(yields, 1U);
}

TEST_P(MainReturnTest, RacesWithPanicsToOneOfTheTwoEnds) {
    for (const int procs : {1, 2, 4, 16, 64}) {
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            RunRequest request = on(procs, seed);
            request.expected_drops =
                kAnyDrops;  // one may be interrupted by a signal as the run ends
            const auto result = run(request, [] {
                for (int i = 0; i < 20; ++i) {
                    rt::go("bad", [] {
                        const rt::Defer later([] { rt::gosched(); });
                        rt::panic("x");
                    });
                }
                rt::gosched();
            });
            const bool is_ok = result.report.status == RunStatus::Ok;
            EXPECT_TRUE(is_ok || result.report.status == RunStatus::Panic);
            EXPECT_EQ(result.headline(), is_ok ? "" : "panic: x")
                << "P = " << procs << ", seed " << seed;
        }
    }
}

TEST_P(MainReturnTest, TheOthersRunNoDeferredFunction) {
    for (const int procs : {1, 2, 4, 16, 64}) {
        std::atomic<int> deferred{0};
        const auto result = run(on(procs), [&] {
            rt::WaitGroup started;
            started.add(20);
            for (int i = 0; i < 20; ++i) {
                rt::go("", [&] {
                    const rt::Defer later([&] { ++deferred; });
                    started.done();
                    rt::Chan<int>().recv();
                });
            }
            started.wait();
        });
        EXPECT_EQ(result.report.status, RunStatus::Ok);
        EXPECT_EQ(deferred.load(), 0) << "P = " << procs;
    }
}

}  // namespace
}  // namespace golanes::test
