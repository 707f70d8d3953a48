// Panic, recover and deferred functions: Go's order, Go's words.
#include <stdexcept>

#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::RunStatus;

class PanicTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(PanicTest);

/// Logs a word when the scope ends, or when a panic runs it.
rt::Defer says(std::string word) {
    return rt::Defer([word = std::move(word)] { rt::log(word); });
}

std::string place(int line) {
    return "tests/core/runtime/panic_test.cpp:" + std::to_string(line);
}

/// The panic's words, or "nil".
std::string recovered() {
    const auto value = rt::recover();
    return value ? value->text() : "nil";
}

TEST_P(PanicTest, DeferredFunctionsRunInReverseOrderAtTheEndOfTheScope) {
    const auto result = run(on(1), [] {
        const rt::Defer a = says("a");
        const rt::Defer b = says("b");
        const rt::Defer c = says("c");
        rt::log("body");
    });
    EXPECT_EQ(result.words(), "body c b a");
    EXPECT_EQ(result.report.status, RunStatus::Ok);
}

TEST_P(PanicTest, APanicRunsTheDeferredFunctionsOfAllFunctionsThenEndsTheRun) {
    int line = 0;
    const auto result = run(on(1), [&] {
        const rt::Defer outer = says("outer");
        rt::recovering([&] {
            const rt::Defer inner = says("inner");
            rt::go("other", [] { rt::log("not reached"); });
            line = __LINE__ + 1;
            rt::panic("first");
        });
        rt::log("not reached");
    });
    EXPECT_EQ(result.words(), "inner outer");
    EXPECT_EQ(result.report.status, RunStatus::Panic);
    EXPECT_EQ(in_tree(result.report.message),
              "panic: first\n\ngoroutine 1 [running]:\nmain\n\t" + place(line));
    EXPECT_EQ(result.count(EventType::PanicBegin), 1U);
    EXPECT_EQ(result.count(EventType::GoPanic), 1U);
    EXPECT_EQ(result.count(EventType::PanicRecovered), 0U);
}

TEST_P(PanicTest, TheRunsMessageNamesTheGoroutineItsPlaceAndItsCreator) {
    int panics = 0;
    int made = 0;
    const auto result = run(on(1), [&] {
        made = __LINE__ + 1;
        rt::go("bad", [&] {
            panics = __LINE__ + 1;
            rt::panic("oh");
        });
        rt::gosched();
    });
    EXPECT_EQ(in_tree(result.report.message),
              "panic: oh\n\ngoroutine 2 [running]:\nbad\n\t" + place(panics) +
                  "\ncreated by main in goroutine 1\n\t" + place(made));
}

TEST_P(PanicTest, TheFunctionWhoseDeferredOneRecoversReturnsToItsCaller) {
    const auto result = run(on(1), [] {
        rt::recovering([] {
            const rt::Defer first = says("first");
            const rt::Defer stops([] { rt::log(recovered()); });
            const rt::Defer last = says("last");
            rt::panic("x");
        });
        rt::log("caller " + recovered());
    });
    EXPECT_EQ(result.words(), "last x first caller nil");
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    EXPECT_EQ(result.count(EventType::PanicRecovered), 1U);
    EXPECT_EQ(result.count(EventType::GoPanic), 0U);
}

TEST_P(PanicTest, ARecoveredFunctionYieldsWhatItsDeferredFunctionSet) {
    const auto result = run(on(1), [] {
        int named = 0;
        rt::recovering([&] {
            const rt::Defer stops([&] {
                rt::recover();
                named = -1;
            });
            rt::panic("x");
        });
        const int unnamed = rt::recovering([]() -> int {
            const rt::Defer stops([] { rt::recover(); });
            rt::panic("y");
        });
        const int unharmed = rt::recovering([] { return 7; });
        rt::outcome(named * 100 + unnamed * 10 + unharmed);
    });
    EXPECT_EQ(result.number(), -93);
}

TEST_P(PanicTest, AGoroutinesBodyMayRecoverItself) {
    const auto result = run(on(2), [] {
        rt::WaitGroup wg;
        wg.add(1);
        rt::go("careful", [&] {
            const rt::Defer done([&] { wg.done(); });
            const rt::Defer stops([] { rt::log(recovered()); });
            rt::panic("inside");
        });
        wg.wait();
        rt::log("main");
    });
    EXPECT_EQ(result.words(), "inside main");
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    EXPECT_EQ(result.count(EventType::GoEnd), 2U);
}

TEST_P(PanicTest, RecoverYieldsNothingWithoutAPanic) {
    const auto result = run(on(1), [] {
        rt::log(recovered());
        const rt::Defer plain([] { rt::log(recovered()); });
    });
    EXPECT_EQ(result.words(), "nil nil");
}

TEST_P(PanicTest, NestedPanicsAreToldInTheirOrder) {
    const auto result = run(on(1), [] {
        const rt::Defer outer = says("outer");
        const rt::Defer third([] { rt::panic("third"); });
        const rt::Defer second([] { rt::panic("second"); });
        rt::panic("first");
    });
    EXPECT_EQ(result.words(), "outer");
    EXPECT_EQ(result.headline(), "panic: first\n\tpanic: second\n\tpanic: third");
    EXPECT_EQ(result.count(EventType::PanicBegin), 3U);
    EXPECT_EQ(result.count(EventType::GoPanic), 1U);
}

TEST_P(PanicTest, ARaisedAgainPanicIsToldTwice) {
    const auto result = run(on(1), [] {
        const rt::Defer again([] {
            const auto value = rt::recover();
            rt::panic(*value);
        });
        rt::panic("x");
    });
    EXPECT_EQ(result.headline(), "panic: x [recovered]\n\tpanic: x");
}

TEST_P(PanicTest, ARecoveredNestedPanicTakesTheFirstOneWithIt) {
    // The second panic is recovered by a function outside of the deferred one: both are over.
    const auto result = run(on(1), [] {
        rt::recovering([] {
            const rt::Defer stops([] { rt::log(recovered()); });
            const rt::Defer second([] { rt::panic("second"); });
            rt::panic("first");
        });
        const rt::Defer plain([] { rt::log(recovered()); });
    });
    EXPECT_EQ(result.words(), "second nil");
    EXPECT_EQ(result.report.status, RunStatus::Ok);
}

TEST_P(PanicTest, APanicRecoveredInsideADeferredFunctionLeavesTheFirstOneAlone) {
    const auto result = run(on(1), [] {
        const rt::Defer outer([] {
            const rt::Defer stops([] { rt::log(recovered()); });
            rt::panic("second");
        });
        rt::panic("first");
    });
    EXPECT_EQ(result.words(), "second");
    EXPECT_EQ(result.headline(), "panic: first");
}

TEST_P(PanicTest, RecoverWorksOnlyInTheFunctionThatThePanicRan) {
    // Deferred by the deferred function, or in a function of its own: Go returns nil as well.
    const auto result = run(on(1), [] {
        const rt::Defer nested([] {
            const rt::Defer inner([] { rt::log(recovered()); });
            rt::recovering([] { rt::log(recovered()); });
        });
        rt::panic("bye");
    });
    EXPECT_EQ(result.words(), "nil nil");
    EXPECT_EQ(result.headline(), "panic: bye");
}

TEST_P(PanicTest, ASecondRecoverYieldsNothing) {
    const auto result = run(on(1), [] {
        rt::recovering([] {
            const rt::Defer stops([] {
                rt::log(recovered());
                rt::log(recovered());
            });
            rt::panic("x");
        });
    });
    EXPECT_EQ(result.words(), "x nil");
}

TEST_P(PanicTest, APanicAfterARecoveryStandsAlone) {
    // The function that recovered runs the rest of its deferred functions as if it returned.
    const auto result = run(on(1), [] {
        const rt::Defer later([] { rt::panic("later"); });
        const rt::Defer stops([] { rt::log(recovered()); });
        rt::panic("x");
    });
    EXPECT_EQ(result.words(), "x");
    EXPECT_EQ(result.headline(), "panic: later");
}

TEST_P(PanicTest, ADeferredFunctionThatPanicsAtTheEndOfItsScopeCanBeRecovered) {
    const auto result = run(on(1), [] {
        rt::recovering([] {
            const rt::Defer stops([] { rt::log(recovered()); });
            const rt::Defer bad([] { rt::panic("late"); });
            rt::log("body");
        });
        rt::log("after");
    });
    EXPECT_EQ(result.words(), "body late after");
}

TEST_P(PanicTest, AScopesDeferredFunctionsThatRanAreGone) {
    const auto result = run(on(1), [] {
        rt::recovering([] {
            const rt::Defer stops([] { rt::recover(); });
            for (int i = 0; i < 3; ++i)
                const rt::Defer each = says(std::to_string(i));
            rt::panic("x");
        });
    });
    EXPECT_EQ(result.words(), "0 1 2");
}

TEST_P(PanicTest, PlainDestructorsRunAfterTheDeferredFunctionsWhenAPanicIsRecovered) {
    struct Says {
        ~Says() { rt::log("destructor"); }
    };

    const auto result = run(on(1), [] {
        rt::recovering([] {
            const rt::Defer stops([] { rt::log(recovered()); });
            const Says inner;
            rt::panic("x");
        });
    });
    EXPECT_EQ(result.words(), "x destructor");
}

TEST_P(PanicTest, ValuesAreToldAsGoPrintsThem) {
    const auto told = [&](const rt::PanicValue& value) {
        return run(on(1), [&] { rt::panic(value); }).headline();
    };
    EXPECT_EQ(told("words"), "panic: words");
    EXPECT_EQ(told(std::string("string")), "panic: string");
    EXPECT_EQ(told(42), "panic: 42");
    EXPECT_EQ(told(std::uint64_t{18446744073709551615U}), "panic: 18446744073709551615");
    EXPECT_EQ(told(-1.5), "panic: -1.500000e+000");
    EXPECT_EQ(told(1e100), "panic: +1.000000e+100");
    EXPECT_EQ(told(true), "panic: true");
    EXPECT_EQ(told(std::out_of_range("index 7")), "panic: index 7");
    EXPECT_EQ(told(nullptr),
              "panic: panic called with nil argument (use GODEBUG=panicnil=1 to disable)");
    EXPECT_EQ(told("two\nlines"), "panic: two\n\tlines");
}

TEST_P(PanicTest, PanicsOfTheRuntimeAreRecoverable) {
    const auto result = run(on(1), [] {
        const auto told = [](const std::function<void()>& f) {
            rt::recovering([&] {
                const rt::Defer stops([] { rt::log(recovered()); });
                f();
            });
        };
        told([] {
            const rt::Chan<int> ch(0, "box");
            ch.close();
            ch.send(1);
        });
        told([] {
            rt::WaitGroup wg;
            wg.add(-1);
        });
        told([] { const rt::Defer nothing(nullptr); });
    });
    EXPECT_EQ(result.lines(),
              (std::vector<std::string>{
                  "send on closed channel",
                  "sync: negative WaitGroup counter",
                  "runtime error: invalid memory address or nil pointer dereference"}));
}

TEST_P(PanicTest, FatalErrorsSkipDeferredFunctionsAndCannotBeRecovered) {
    int line = 0;
    const auto result = run(on(1), [&] {
        const rt::Defer stops([] { rt::log(recovered()); });
        line = __LINE__ + 1;
        rt::go("nothing", nullptr);
    });
    EXPECT_EQ(result.words(), "");
    EXPECT_EQ(result.report.status, RunStatus::Panic);
    EXPECT_EQ(
        in_tree(result.report.message),
        "fatal error: go of nil func value\n\ngoroutine 1 [running]:\nmain\n\t" + place(line));
}

TEST_P(PanicTest, AFatalErrorTellsAllGoroutines) {
    const auto result = run(on(1), [] {
        rt::go("waits", [] { rt::Chan<int>().recv(); });
        rt::go("never started", [] {});
        rt::gosched();
        rt::Mutex().unlock();
    });
    EXPECT_EQ(result.headline(), "fatal error: sync: unlock of unlocked mutex");
    EXPECT_NE(result.report.message.find("\n\ngoroutine 1 [running]:\nmain\n"), std::string::npos)
        << result.report.message;
    EXPECT_NE(result.report.message.find("\n\ngoroutine 2 [chan receive"), std::string::npos)
        << result.report.message;
}

TEST_P(PanicTest, AnyGoroutinesPanicEndsTheRun) {
    for (const int procs : {1, 2, 4, 16, 64}) {
        const auto result = run(on(procs), [] {
            for (int i = 0; i < 20; ++i)
                rt::go("waits", [] { rt::Chan<int>().recv(); });
            rt::go("bad", [] { rt::panic("x"); });
            rt::Chan<int>().recv();
        });
        EXPECT_EQ(result.report.status, RunStatus::Panic) << "P = " << procs;
        EXPECT_EQ(result.headline(), "panic: x") << "P = " << procs;
    }
}

TEST_P(PanicTest, TheFirstOfManyPanicsEndsTheRun) {
    for (const int procs : {1, 2, 4, 16, 64}) {
        const auto result = run(on(procs), [] {
            for (int i = 0; i < 50; ++i)
                rt::go("bad", [] { rt::panic("one of many"); });
            rt::Chan<int>().recv();
        });
        EXPECT_EQ(result.headline(), "panic: one of many") << "P = " << procs;
    }
}

TEST_P(PanicTest, ManyGoroutinesRecoverOnManyPs) {
    for (const int procs : {1, 2, 4, 16, 64}) {
        const auto result = run(on(procs), [] {
            rt::WaitGroup wg;
            wg.add(200);
            for (int i = 0; i < 200; ++i) {
                rt::go("", [&wg, i] {
                    const rt::Defer done([&] { wg.done(); });
                    const rt::Defer stops([i] {
                        rt::gosched();
                        const auto value = rt::recover();
                        rt::check(value && value->text() == std::to_string(i), "its own panic");
                        rt::gosched();
                    });
                    rt::gosched();
                    rt::panic(i);
                });
            }
            wg.wait();
        });
        EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
        EXPECT_EQ(result.count(EventType::PanicRecovered), 200U);
    }
}

}  // namespace
}  // namespace golanes::test
