// Stacks that begin with one page and grow under whatever runs on them.
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <stdexcept>
#include <string>

#include <unistd.h>

#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/stack_use.h"

namespace golanes::test {
namespace {

using trace::RunStatus;
using trace::StackChange;

constexpr std::size_t kKilobyte = 1024;

class StackTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(StackTest);

// Runs `body` in `count` goroutines and waits for them.
void in_goroutines(int count, const std::function<void(int)>& body) {
    rt::WaitGroup wg;
    wg.add(count);
    for (int i = 0; i < count; ++i) {
        rt::go("", [&, i] {
            body(i);
            wg.done();
        });
    }
    wg.wait();
}

TEST_P(StackTest, GrowsByDoublingAndEachGrowthIsAnEvent) {
    const auto result = run(on(1), [] {
        in_goroutines(1, [](int) { rt::check(descend(100 * kKilobyte) == 0, "frames keep"); });
    });
    ASSERT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    std::uint32_t size = 4096;
    for (const StackStep& step : stack_steps(result, StackChange::Grown)) {
        if (step.goroutine != 2)
            continue;
        EXPECT_EQ(step.before, size);
        EXPECT_GE(step.now, 2 * step.before);
        size = step.now;
    }
    EXPECT_GE(size, 100 * kKilobyte);
    EXPECT_LE(size, 256 * kKilobyte);
}

// ThreadSanitizer keeps a shadow of the calls, of 65,536 at most.
constexpr std::size_t kDeep = (kUnderTsan ? 10 : 60) * kKilobyte * kKilobyte;

TEST_P(StackTest, ADeepRecursionFitsAReservationOf64Megabytes) {
    RunRequest request = on(2);
    request.stacks.bytes = 64 * kKilobyte * kKilobyte;
    const auto result = run(request, [] {
        in_goroutines(2, [](int) { rt::check(descend(kDeep) == 0, "frames keep"); });
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST_P(StackTest, ExceptionsPassThroughAStackThatGrew) {
    const auto result = run(on(2), [] {
        std::atomic<int> caught{0};
        in_goroutines(8, [&](int i) {
            for (int k = 1; k <= 10; ++k) {
                try {
                    descend(static_cast<std::size_t>(k + i) * 5 * kKilobyte,
                            [] { throw std::runtime_error("from below"); });
                } catch (const std::runtime_error& error) {
                    caught += std::string(error.what()) == "from below" ? 1 : 0;
                }
            }
        });
        rt::outcome(caught.load());
    });
    EXPECT_EQ(result.number(), 80);
}

// A leaf writes below the stack pointer: the fault that grows the stack lies in its red zone.
__attribute__((noinline)) std::uint64_t leaf(std::uint64_t seed) {
    volatile std::uint64_t zone[12];
    for (std::uint64_t i = 0; i < 12; ++i)
        zone[i] = seed + i;
    std::uint64_t sum = 0;
    for (std::uint64_t i = 0; i < 12; ++i)
        sum += zone[i];
    return sum - 12 * seed;
}

TEST_P(StackTest, TheRedZoneIsWholeAtEveryDepth) {
    constexpr int kDepths = 70;
    const auto result = run(on(2), [] {
        std::atomic<int> right{0};
        in_goroutines(kDepths, [&](int i) {
            volatile auto* room =
                static_cast<volatile char*>(__builtin_alloca(static_cast<std::size_t>(i) * 56 + 1));
            room[0] = 1;
            bool whole = true;
            for (std::uint64_t k = 0; k < 40; ++k)
                whole = whole && leaf(k) == 66;
            right += whole ? room[0] : 0;
        });
        rt::outcome(right.load());
    });
    EXPECT_EQ(result.number(), kDepths);
}

#if defined(__x86_64__)
// Loads a vector register, touches the stack far below, and looks at the register again.
__attribute__((noinline, target("avx2"))) bool vectors_survive_a_touch(std::size_t below) {
    alignas(32) std::uint64_t before[4] = {1, 2, 3, 4};
    alignas(32) std::uint64_t after[4] = {};
    volatile char here = 0;
    const auto low = reinterpret_cast<std::uintptr_t>(&here) - below;
    asm volatile("vmovdqa %1, %%ymm7\n\tmovb $1, (%2)\n\tvmovdqa %%ymm7, %0"
                 : "=m"(after)
                 : "m"(before), "r"(low)
                 : "xmm7", "memory");
    return std::equal(before, before + 4, after);
}

TEST_P(StackTest, VectorRegistersSurviveAGrowth) {
    if (!__builtin_cpu_supports("avx2"))
        GTEST_SKIP() << "this processor has no AVX2";
    const auto result = run(on(2), [] {
        std::atomic<int> right{0};
        in_goroutines(7, [&](int i) {
            right += vectors_survive_a_touch(static_cast<std::size_t>(i + 1) * 8 * kKilobyte);
        });
        rt::outcome(right.load());
    });
    EXPECT_EQ(result.number(), 7);
    EXPECT_GE(stack_steps(result, StackChange::Grown).size(), 5U);  // small ones are used again
}
#endif

std::string printed(int i) {
    char text[64];
    std::snprintf(text, sizeof text, "%d %.3f", i, i / 8.0);
    const std::vector<std::string> copies(20, text);
    return copies.back();
}

TEST_P(StackTest, PrintingAndAllocatingGrowTheStackTheyRunOn) {
    std::vector<std::string> expected;
    for (int i = 0; i < 50; ++i)
        expected.push_back(printed(i));  // on a thread's stack
    const auto result = run(on(2), [&] {
        std::atomic<int> right{0};
        in_goroutines(50, [&](int i) {
            right += printed(i) == expected[static_cast<std::size_t>(i)] ? 1 : 0;
        });
        rt::outcome(right.load());
    });
    EXPECT_EQ(result.number(), 50);
}

TEST_P(StackTest, AReadIntoAnUntouchedBufferGrowsTheStackFirst) {
    int pipe_ends[2];
    ASSERT_EQ(pipe(pipe_ends), 0);
    const std::string sent(12000, 'x');
    ASSERT_EQ(write(pipe_ends[1], sent.data(), sent.size()), 12000);
    const auto result = run(on(1), [&] {
        in_goroutines(1, [&](int) {
            char buffer[12000];
            rt::outcome(read(pipe_ends[0], buffer, sizeof buffer));
        });
    });
    EXPECT_EQ(result.number(), 12000);
    close(pipe_ends[0]);
    close(pipe_ends[1]);
}

TEST_P(StackTest, AGoroutineOnAStackThatHadGrownSaysSo) {
    const auto result = run(on(1), [] {
        in_goroutines(1, [](int) { descend(7 * kKilobyte); });
        rt::gosched();  // it is buried
        in_goroutines(1, [](int) {});
    });
    const auto reused = stack_steps(result, StackChange::Reused);
    ASSERT_EQ(reused.size(), 1U);
    EXPECT_EQ(reused[0].goroutine, 3U);
    EXPECT_EQ(reused[0].before, reused[0].now);
    EXPECT_GT(reused[0].now, 4096U);
}

TEST_P(StackTest, ALargeStackIsShrunkWhenItsGoroutineEnds) {
    const auto result = run(on(1), [] {
        in_goroutines(1, [](int) { descend(50 * kKilobyte); });
        rt::gosched();
        in_goroutines(1, [](int) { rt::check(descend(50 * kKilobyte) == 0, "it grows again"); });
    });
    ASSERT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    const auto shrunk = stack_steps(result, StackChange::Shrunk);
    ASSERT_GE(shrunk.size(), 1U);
    EXPECT_EQ(shrunk[0].goroutine, 2U);
    EXPECT_GE(shrunk[0].before, 50 * kKilobyte);
    EXPECT_EQ(shrunk[0].now, 4096U);
    EXPECT_TRUE(stack_steps(result, StackChange::Reused).empty());
}

TEST_P(StackTest, StacksGrowWhileTheirGoroutinesMoveBetweenMs) {
    const auto result = run(on(4), [] {
        std::atomic<std::uint64_t> damaged{0};
        in_goroutines(scaled(40), [&](int i) {
            for (int k = 0; k < 20; ++k) {
                damaged += descend(static_cast<std::size_t>(1 + (i + 7 * k) % 30) * 5 * kKilobyte,
                                   [] { rt::gosched(); });
                rt::gosched();
            }
        });
        rt::outcome(static_cast<std::int64_t>(damaged.load()));
    });
    EXPECT_EQ(result.number(), 0);
}

// Our handler stands in front of those of sanitizers and of the crash report.
TEST(StackFaultTest, AFaultThatIsNoStacksGoesToWhoeverHandledItBefore) {
    const Watchdog watchdog;
    EXPECT_EXIT(
        {
            std::signal(SIGSEGV, [](int) { _exit(42); });
            run({.engine = EngineKind::Real}, [] {
                volatile int* volatile nowhere = nullptr;
                *nowhere = 1;
            });
            _exit(0);
        },
        ::testing::ExitedWithCode(42),
        "");
}

// What the stacks of one run had become must not show in the next: virtual runs repeat exactly.
TEST_P(StackTest, ARepeatedRunBeginsWithSmallStacksAgain) {
    const auto program = [] {
        in_goroutines(3, [](int) { descend(10 * kKilobyte); });
    };
    const auto first = run(on(1), program);
    const auto second = run(on(1), program);
    EXPECT_EQ(stack_steps(first, StackChange::Grown).size(),
              stack_steps(second, StackChange::Grown).size());
    EXPECT_EQ(first.logical_hash() == second.logical_hash(), GetParam() == EngineKind::Virtual);
}

}  // namespace
}  // namespace golanes::test
