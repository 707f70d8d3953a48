// C++ exceptions of the program beside deferred functions: while one is on its way, deferred
// functions run in destructors, and may still panic, recover, throw, wait and exit.
#include <stdexcept>

#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::RunStatus;

class ExceptionTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(ExceptionTest);

std::string recovered() {
    const auto value = rt::recover();
    return value ? value->text() : "nil";
}

[[noreturn]] void fail(const char* what = "thrown") {
    throw std::runtime_error(what);
}

TEST_P(ExceptionTest, AnExceptionRunsTheDeferredFunctionsAndEndsTheRun) {
    const auto result = run(on(1), [] {
        const rt::Defer outer([] { rt::log("outer"); });
        rt::recovering([] {
            const rt::Defer inner([] { rt::log("inner"); });
            fail();
        });
    });
    EXPECT_EQ(result.words(), "inner outer");
    EXPECT_EQ(result.report.message, "panic: thrown\n\ngoroutine 1 [running]:\nmain");
    EXPECT_EQ(result.count(EventType::PanicBegin), 1U);
    EXPECT_EQ(result.count(EventType::GoPanic), 1U);
}

TEST_P(ExceptionTest, ADeferredFunctionRecoversAnExceptionOnItsWay) {
    const auto result = run(on(1), [] {
        rt::recovering([] {
            const rt::Defer first([] { rt::log("first " + recovered()); });
            const rt::Defer stops([] { rt::log(recovered()); });
            fail();
        });
        rt::log("after");
    });
    EXPECT_EQ(result.lines(), (std::vector<std::string>{"a C++ exception", "first nil", "after"}));
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    EXPECT_EQ(result.count(EventType::PanicBegin), 1U);
    EXPECT_EQ(result.count(EventType::PanicRecovered), 1U);
}

TEST_P(ExceptionTest, AnExceptionThatTheProgramCatchesIsNoPanic) {
    const auto result = run(on(1), [] {
        try {
            rt::recovering([] {
                const rt::Defer later([] { rt::log("deferred"); });
                fail();
            });
        } catch (const std::runtime_error& error) {
            rt::log(error.what());
        }
    });
    EXPECT_EQ(result.words(), "deferred thrown");
    EXPECT_EQ(result.report.status, RunStatus::Ok);
    EXPECT_EQ(result.count(EventType::PanicBegin), 0U);
}

TEST_P(ExceptionTest, APanicWhileAnExceptionPassesIsNestedInIt) {
    const auto result = run(on(1), [] {
        const rt::Defer outer([] { rt::log("outer"); });
        const rt::Defer second([] { rt::panic("second"); });
        fail();
    });
    EXPECT_EQ(result.words(), "outer");
    EXPECT_EQ(result.headline(), "panic: a C++ exception\n\tpanic: second");
}

TEST_P(ExceptionTest, APanicWhileAnExceptionPassesCanBeRecoveredFurtherOut) {
    const auto result = run(on(1), [] {
        rt::recovering([] {
            const rt::Defer stops([] { rt::log(recovered()); });
            rt::recovering([] {
                const rt::Defer second([] { rt::panic("second"); });
                fail();
            });
            rt::log("not reached");
        });
        rt::log("after");
    });
    EXPECT_EQ(result.words(), "second after");
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST_P(ExceptionTest, ADeferredFunctionThatThrowsIsANestedPanic) {
    const auto in_a_panic = run(on(1), [] {
        const rt::Defer second([] { fail("second"); });
        rt::panic("first");
    });
    EXPECT_EQ(in_a_panic.headline(), "panic: first\n\tpanic: second");
    const auto in_an_exception = run(on(1), [] {
        rt::recovering([] {
            const rt::Defer stops([] { rt::log(recovered()); });
            const rt::Defer second([] { fail("second"); });
            fail();
        });
        rt::log("after");
    });
    EXPECT_EQ(in_an_exception.words(), "second after");
    EXPECT_EQ(in_an_exception.report.status, RunStatus::Ok) << in_an_exception.report.message;
}

TEST_P(ExceptionTest, ADeferredFunctionMayThrowAndCatch) {
    const auto body = [](bool panics) {
        const rt::Defer later([] {
            try {
                fail("inner");
            } catch (const std::exception& error) {
                rt::gosched();
                rt::log(error.what());
            }
        });
        if (panics)
            rt::panic("outer");
        fail("outer");
    };
    for (const bool panics : {true, false}) {
        const auto result = run(on(1), [&] { body(panics); });
        EXPECT_EQ(result.words(), "inner");
        EXPECT_EQ(result.headline(), "panic: outer");
    }
}

TEST_P(ExceptionTest, GoexitWhileAnExceptionPassesEndsTheGoroutine) {
    const auto result = run(on(1), [] {
        rt::WaitGroup wg;
        wg.add(1);
        rt::go("exits", [&] {
            const rt::Defer done([&] { wg.done(); });
            const rt::Defer exits([] { rt::goexit(); });
            fail();
        });
        wg.wait();
        rt::log("main");
    });
    EXPECT_EQ(result.words(), "main");
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST_P(ExceptionTest, APanicInADestructorOnTheWayOutEndsTheRun) {
#if defined(GOLANES_ASAN)
    GTEST_SKIP() << "what is dropped is leaked, and LeakSanitizer says so";
#endif
    struct Panics {
        ~Panics() noexcept(false) { rt::panic("in a destructor"); }
    };

    RunRequest request = on(1);
    request.expected_drops = 1;
    const auto result = run(request, [] {
        const rt::Defer stops([] { rt::log(recovered()); });
        const Panics panics;
        fail();
    });
    EXPECT_EQ(result.words(), "nil");
    EXPECT_EQ(result.headline(), "panic: in a destructor");
}

// Goroutines wait inside catch blocks and inside deferred functions of panics and of exceptions on
// their way, and go on elsewhere: each must find its own exception again.
TEST_P(ExceptionTest, ExceptionsStayWithTheirGoroutineWhereverItGoesOn) {
    for (const int procs : {1, 2, 4, 16, 64}) {
        const auto result = run(on(procs), [] {
            rt::WaitGroup wg;
            const int crowd = scaled(120);
            wg.add(crowd);
            for (int i = 0; i < crowd; ++i) {
                rt::go("", [&wg, i] {
                    const rt::Defer done([&] { wg.done(); });
                    const std::string own = std::to_string(i);
                    try {
                        const rt::Defer later([&] {
                            rt::check(std::uncaught_exceptions() == 1, "one is on its way");
                            rt::gosched();
                            try {
                                fail(own.c_str());
                            } catch (const std::exception& error) {
                                rt::sleep(kMicrosecond * (i % 7));
                                rt::check(error.what() == own, "its own inner exception");
                            }
                            rt::gosched();
                            rt::check(std::uncaught_exceptions() == 1, "the same one still");
                        });
                        fail(own.c_str());
                    } catch (const std::exception& error) {
                        rt::gosched();
                        rt::recovering([&] {
                            const rt::Defer stops([&] {
                                rt::gosched();
                                rt::check(recovered() == own, "its own panic");
                            });
                            rt::panic(error);
                        });
                        rt::sleep(kMicrosecond * (i % 5));
                        rt::check(error.what() == own, "its own exception");
                        rt::check(std::uncaught_exceptions() == 0, "none on its way");
                    }
                    rt::check(std::current_exception() == nullptr, "all are over");
                });
            }
            wg.wait();
        });
        EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    }
}

TEST_P(ExceptionTest, AtTheEndOfTheRunNoDeferredFunctionRunsAndNothingRecovers) {
    int touched = 0;
    const auto result = run(on(1), [&] {
        rt::go("in a deferred function of a panic", [&] {
            const rt::Defer outer([&] { ++touched; });
            const rt::Defer waits([&] {
                rt::Chan<int>().recv();
                ++touched;
            });
            rt::panic("x");
        });
        rt::go("in one of an exception", [&] {
            const rt::Defer outer([&] { ++touched; });
            rt::recovering([&] {
                const rt::Defer waits([&] {
                    rt::Chan<int>().recv();
                    rt::recover();
                });
                fail();
            });
        });
        rt::go("in a function", [&] {
            rt::recovering([&] {
                const rt::Defer stops([&] {
                    rt::recover();
                    ++touched;
                });
                rt::Chan<int>().recv();
            });
            ++touched;
        });
        for (int i = 0; i < 3; ++i)
            rt::gosched();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
    EXPECT_EQ(touched, 0);
}

}  // namespace
}  // namespace golanes::test
