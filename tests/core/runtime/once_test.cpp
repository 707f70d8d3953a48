// Once, once_func, once_value.
#include "core/runtime/once.h"

#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::RunStatus;

class OnceTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(OnceTest);

// What f panics with; empty: it did not.
template <typename F>
std::string panic_of(F&& f) {
    std::string text;
    rt::recovering([&] {
        const rt::Defer stops([&text] {
            if (const auto value = rt::recover())
                text = value->text();
        });
        f();
    });
    return text;
}

TEST_P(OnceTest, OnlyTheFirstCallRuns) {
    const auto result = run(on(1), [] {
        rt::Once once;
        for (int i = 0; i < 3; ++i)
            once.call([i] { rt::log(std::to_string(i)); });
    });
    EXPECT_EQ(result.words(), "0");
}

TEST_P(OnceTest, OthersWaitUntilTheFirstIsOver) {
    const auto result = run(on(1), [] {
        rt::Once once;
        rt::WaitGroup wg;
        wg.go("first", [&] {
            once.call([] {
                rt::log("begins");
                rt::gosched();
                rt::log("ends");
            });
        });
        rt::gosched();
        once.call([] { rt::log("twice"); });
        rt::log("after");
        wg.wait();
    });
    EXPECT_EQ(result.words(), "begins ends after");
}

TEST_P(OnceTest, ItIsDoneAlsoWhenItPanics) {
    const auto result = run(on(1), [] {
        rt::Once once;
        rt::log(panic_of([&] { once.call([] { rt::panic("first"); }); }));
        rt::log(panic_of([&] { once.call([] { rt::panic("second"); }); }) + "nothing");
    });
    EXPECT_EQ(result.words(), "first nothing");
}

TEST_P(OnceTest, ACallFromWithinIsADeadlock) {
    const auto result = run(on(1), [] {
        rt::Once once("once");
        once.call([&] { once.call([] {}); });
    });
    EXPECT_EQ(result.report.status, RunStatus::Deadlock);
}

TEST_P(OnceTest, AOnceFuncRunsOnceAndPanicsEveryTime) {
    const auto result = run(on(1), [] {
        int runs = 0;
        const auto good = rt::once_func([&] { ++runs; });
        good();
        good();
        const auto bad = rt::once_func([&] {
            ++runs;
            rt::panic("bad");
        });
        rt::log(panic_of(bad));
        rt::log(panic_of(bad));
        rt::outcome(runs);
    });
    EXPECT_EQ(result.words(), "bad bad");
    EXPECT_EQ(result.number(), 2);
}

TEST_P(OnceTest, AOnceValueKeepsWhatItReturned) {
    const auto result = run(on(1), [] {
        int runs = 0;
        const auto value = rt::once_value([&] { return std::to_string(++runs); });
        rt::log(value());
        const auto copy = value;
        rt::log(copy());
        const auto bad = rt::once_value([]() -> int { rt::panic("no value"); });
        for (int i = 0; i < 2; ++i)
            rt::log(panic_of([&] { (void)bad(); }));
    });
    EXPECT_EQ(result.words(), "1 1 no value no value");
}

}  // namespace
}  // namespace golanes::test
