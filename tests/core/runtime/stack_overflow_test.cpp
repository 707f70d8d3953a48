// A stack that is used up: the end of the run in Go's words, or of one goroutine; never of its
// neighbour's data.
#include <cstdio>
#include <cstring>

#include "core/runtime/gotext.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/stack_use.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::RunStatus;

constexpr std::size_t kKilobyte = 1024;
constexpr std::size_t kEndless = SIZE_MAX;

class StackOverflowTest : public EngineTest {
 protected:
    [[nodiscard]] RunRequest ending(rt::OverflowPolicy what) const {
        RunRequest request = on(1);
        request.stacks.bytes = 64 * kKilobyte;
        request.tune = [what](rt::RunSettings& settings) {
            settings.scheduler.overflow = what;
        };
        return request;
    }
};

GOLANES_ON_BOTH_ENGINES(StackOverflowTest);

TEST_P(StackOverflowTest, EndsTheRunInGosWordsAndNamesTheGoroutine) {
    const auto result = run(ending(rt::OverflowPolicy::EndsRun), [] {
        rt::go("falls", [] { descend(kEndless); });
        rt::sleep(kSecond);
        rt::log("never said");
    });
    EXPECT_EQ(result.report.status, RunStatus::Overflow);
    EXPECT_EQ(result.report.message.find("runtime: goroutine stack exceeds 65536-byte limit\n"
                                         "fatal error: stack overflow\n\n"
                                         "goroutine 2 [running]:\nfalls\n"),
              0U)
        << result.report.message;
    EXPECT_TRUE(result.lines().empty());
}

TEST_P(StackOverflowTest, EndsThatGoroutineAloneWhereThePolicySaysSo) {
    const auto result = run(ending(rt::OverflowPolicy::EndsGoroutine), [] {
        for (int i = 0; i < 3; ++i) {
            rt::go("falls", [] { descend(kEndless); });
            rt::sleep(kMillisecond);
            rt::WaitGroup wg;
            wg.add(1);
            rt::go("next", [&wg] {
                rt::check(descend(40 * kKilobyte) == 0, "the next one runs normally");
                wg.done();
            });
            wg.wait();
        }
        rt::log("main goes on");
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    EXPECT_EQ(result.count(EventType::GoPanic), 3U);
    EXPECT_EQ(result.words(), "main goes on");
}

TEST_P(StackOverflowTest, OfMainEndsTheRunWhateverThePolicy) {
    const auto result = run(ending(rt::OverflowPolicy::EndsGoroutine), [] { descend(kEndless); });
    EXPECT_EQ(result.report.status, RunStatus::Overflow);
}

// 300 KB in one frame, on a stack of 64 KB beside others: without probes its far end would be
// written into a neighbour's stack.
__attribute__((noinline)) char large_frame(std::size_t at) {
    volatile char frame[300 * kKilobyte];
    frame[at] = 1;
    return frame[at];
}

TEST_P(StackOverflowTest, AFrameLargerThanTheStackDoesNotReachTheNeighbours) {
    const auto result = run(ending(rt::OverflowPolicy::EndsGoroutine), [] {
        rt::WaitGroup wg;
        rt::WaitGroup fallen;
        std::uint64_t damaged = 0;
        wg.add(8);
        fallen.add(1);
        for (int i = 0; i < 8; ++i) {
            rt::go("keeps its frames", [&] {
                damaged += descend(50 * kKilobyte, [&] { fallen.wait(); });
                wg.done();
            });
            if (i == 4)
                rt::go("one large frame", [] { large_frame(100); });
            rt::gosched();
        }
        fallen.done();
        wg.wait();
        rt::outcome(static_cast<std::int64_t>(damaged));
    });
    EXPECT_EQ(result.number(), 0);
    EXPECT_EQ(result.count(EventType::GoPanic), 1U);
}

// Libraries and the runtime must not be left in the middle: they get the reserve, and the goroutine
// ends at its next call.
TEST_P(StackOverflowTest, InALibraryItEndsAtTheNextCallOfTheRuntime) {
    const auto result = run(ending(rt::OverflowPolicy::EndsGoroutine), [] {
        rt::go("prints at the edge", [] {
            descend(63 * kKilobyte, [] {
                char text[32];
                std::snprintf(text, sizeof text, "%.10f", 0.1);
                rt::log(text);
                rt::log("not reached");
            });
        });
        rt::sleep(kMillisecond);
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    EXPECT_EQ(result.words(), "0.1000000000");
    EXPECT_EQ(result.count(EventType::GoPanic), 1U);
}

TEST(GotextTest, HoldsTheTestsAndNotTheRuntime) {
    EXPECT_TRUE(rt::in_scenario_code(reinterpret_cast<std::uintptr_t>(&large_frame)));
    EXPECT_FALSE(rt::in_scenario_code(reinterpret_cast<std::uintptr_t>(&rt::run_program)));
    EXPECT_FALSE(rt::in_scenario_code(reinterpret_cast<std::uintptr_t>(&std::snprintf)));
}

}  // namespace
}  // namespace golanes::test
