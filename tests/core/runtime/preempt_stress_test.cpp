// Many preemptions at points nobody chose: whatever a goroutine has in registers, below its stack
// pointer, in flight as an exception or half allocated must be there when it goes on, on whichever
// thread. GOLANES_PREEMPTIONS sets how many; 200,000 is the figure of the release.
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>

#include <unistd.h>

#include "core/runtime/chan.h"
#include "core/runtime/preempt_signal.h"
#include "core/runtime/runtime.h"
#include "core/runtime/select.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/stack_use.h"

namespace golanes::test {
namespace {

using trace::EventType;

std::size_t wanted_preemptions() {
    const char* text = std::getenv("GOLANES_PREEMPTIONS");
    return text != nullptr ? std::strtoull(text, nullptr, 10) : 2000;
}

// Each returns whether what it computed is right.

__attribute__((noinline)) bool red_zone_leaf(std::uint64_t rounds) {
    volatile std::uint64_t zone[12];
    for (std::uint64_t i = 0; i < 12; ++i)
        zone[i] = i;
    for (std::uint64_t i = 0; i < rounds; ++i)
        zone[i % 12] = zone[i % 12] + 12;
    std::uint64_t sum = 0;
    for (std::uint64_t i = 0; i < 12; ++i)
        sum += zone[i];
    return sum == 66 + 12 * rounds;
}

#if defined(__x86_64__)
// Vector and mask registers hold the only copy, over a long stretch without a call.
__attribute__((noinline, target("avx512f"))) bool wide_vectors(std::uint64_t rounds) {
    alignas(64) std::uint64_t lanes[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    std::uint64_t mask = 0;
    asm volatile(
        "vmovdqa64 %[lanes], %%zmm17\n\t"
        "vmovdqa64 %%zmm17, %%zmm3\n\t"
        "kxnorw %%k3, %%k3, %%k3\n"
        "1:\n\t"
        "vpaddq %%zmm17, %%zmm3, %%zmm3\n\t"
        "dec %[rounds]\n\t"
        "jnz 1b\n\t"
        "kmovw %%k3, %k[mask]\n\t"
        "vmovdqa64 %%zmm3, %[lanes]\n\t"
        "vzeroupper"
        : [lanes] "+m"(lanes), [rounds] "+r"(rounds), [mask] "=r"(mask)
        :
        : "xmm3", "xmm17", "k3", "cc");
    return mask == 0xFFFF && lanes[7] == 8 * lanes[0] && lanes[2] == 3 * lanes[0];
}

__attribute__((noinline, target("avx2"))) bool vectors(std::uint64_t rounds) {
    alignas(32) std::uint64_t lanes[4] = {1, 2, 3, 4};
    asm volatile(
        "vmovdqa %[lanes], %%ymm5\n\t"
        "vmovdqa %%ymm5, %%ymm6\n"
        "1:\n\t"
        "vpaddq %%ymm5, %%ymm6, %%ymm6\n\t"
        "dec %[rounds]\n\t"
        "jnz 1b\n\t"
        "vmovdqa %%ymm6, %[lanes]\n\t"
        "vzeroupper"
        : [lanes] "+m"(lanes), [rounds] "+r"(rounds)
        :
        : "xmm5", "xmm6", "cc");
    return lanes[3] == 4 * lanes[0];
}
#endif

bool vector_loop(std::uint64_t rounds) {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f"))
        return wide_vectors(rounds);
    if (__builtin_cpu_supports("avx2"))
        return vectors(rounds);
#endif
    return rounds != 0;
}

__attribute__((noinline)) void throw_from(int depth) {
    if (depth == 0)
        throw std::runtime_error("from below");
    throw_from(depth - 1);
}

bool exceptions(std::uint64_t rounds) {
    std::uint64_t caught = 0;
    for (std::uint64_t i = 0; i < rounds; ++i) {
        try {
            throw_from(5);
        } catch (const std::runtime_error& outer) {
            if (!red_zone_leaf(2000))
                return false;
            try {
                throw_from(2);
            } catch (const std::runtime_error&) {
                if (!red_zone_leaf(2000) || std::current_exception() == nullptr)
                    return false;
            }
            caught += outer.what()[0] == 'f' ? 1 : 0;
        }
        if (std::uncaught_exceptions() != 0)
            return false;
    }
    return caught == rounds;
}

bool allocations(std::uint64_t rounds) {
    std::unique_ptr<std::uint64_t[]> kept[32];
    for (std::uint64_t i = 0; i < rounds; ++i) {
        auto& slot = kept[i * 7 % 32];
        if (slot != nullptr && slot[0] != (i - 32) * 3)
            return false;
        slot = std::make_unique<std::uint64_t[]>(200 + i % 97);
        slot[0] = i * 3;
    }
    return true;
}

bool growing_stack(std::uint64_t rounds) {
    for (std::uint64_t i = 0; i < rounds; ++i) {
        if (descend((i % 40 + 1) * 4096) != 0)
            return false;
    }
    return true;
}

struct Count {
    std::size_t preemptions = 0;
    std::size_t migrations = 0;
};

void count(const RunResult& result, Count& sum) {
    std::map<GoroutineId, ProcId> cut_on;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::PreemptRequest && event.flags == 1) {
            ++sum.preemptions;
            cut_on[event.a] = event.p;
        } else if (const auto cut = cut_on.find(event.a);
                   event.type == EventType::GoStart && cut != cut_on.end()) {
            sum.migrations += cut->second != event.p ? 1 : 0;
            cut_on.erase(cut);
        }
    }
}

TEST(PreemptStressTest, NothingIsLostAtAnyPointOfAnyCode) {
    const Watchdog watchdog;
    if (!rt::can_preempt_by_signal())
        GTEST_SKIP() << "no preemption by signal in this build, or on this processor";
    alarm(0);  // as long as the number asks for
    Count sum;
    for (std::uint64_t round = 1; sum.preemptions < wanted_preemptions(); ++round) {
        const RunRequest request{.engine = EngineKind::Real,
                                 .procs = 2,
                                 .seed = round,
                                 .slice = 100 * kMicrosecond,
                                 .expected_drops = kAnyDrops};
        const auto result = run(request, [] {
            rt::WaitGroup wg;
            std::atomic<int> wrong{0};
            const auto spawn = [&](const char* name, auto f, std::uint64_t rounds) {
                wg.add(1);
                rt::go(name, [&wg, &wrong, f, rounds] {
                    wrong += f(rounds) ? 0 : 1;
                    wg.done();
                });
            };
            for (int i = 0; i < 2; ++i) {
                spawn("red zone", &red_zone_leaf, 10'000'000);
                spawn("vectors", &vector_loop, 50'000'000);
                spawn("exceptions", &exceptions, 3000);
                spawn("malloc", &allocations, 100'000);
                spawn("growing", &growing_stack, 500);
            }
            wg.wait();
            rt::outcome(wrong.load());
        });
        ASSERT_EQ(result.report.status, trace::RunStatus::Ok) << result.report.message;
        ASSERT_EQ(result.number(), 0) << "seed " << round;
        count(result, sum);
    }
    RecordProperty("preemptions", std::to_string(sum.preemptions));
    RecordProperty("migrations", std::to_string(sum.migrations));
    std::printf(
        "%zu preemptions by signal, %zu on to another P\n", sum.preemptions, sum.migrations);
}

// A case whose code takes a while before it tells where its value is.
class SlowCase final : public rt::SelectCase {
 public:
    explicit SlowCase(const rt::Chan<int>& channel)
        : SelectCase(rt::ChanDirection::Receive, channel.core().get(), trace::Where::here()) {}

    rt::ChanElement* element() override {
        for (int i = 0; i < 100; ++i)
            red_zone_leaf(10'000);
        return &room_.element();
    }

    void taken(rt::ChanCore::Status /*status*/) override { room_.clear(); }

 private:
    rt::ChanRoom<int> room_;
};

// It once did so under the locks of all channels: preempted there, it kept them, and whoever came
// to one of these channels waited for ever with its M.
TEST(PreemptStressTest, ASelectPreemptedInACasesCodeHoldsNoLock) {
    const Watchdog watchdog;
    if (!rt::can_preempt_by_signal())
        GTEST_SKIP() << "no preemption by signal in this build";
    RunRequest request{.engine = EngineKind::Real, .procs = 1, .slice = 100 * kMicrosecond};
    request.expected_drops = kAnyDrops;
    const auto result = run(request, [] {
        const rt::Chan<int> one(0, "one");
        const rt::Chan<int> two(0, "two");
        rt::go("sender", [one, two] {
            for (int i = 0; i < 20; ++i)
                (i % 2 == 0 ? one : two).send(i);
        });
        for (int i = 0; i < 20; ++i)
            rt::select(SlowCase(one), SlowCase(two));
    });
    EXPECT_EQ(result.report.status, trace::RunStatus::Ok) << result.report.message;
}

// The whole of Go before 1.14, on the clock of sysmon: ten seconds.
TEST(PreemptStressTest, WithoutForcedPreemptionALoopStarvesTheOthersAndTheRunSaysSo) {
    const Watchdog watchdog;
    if (!rt::can_preempt_by_signal())
        GTEST_SKIP() << "the loop could not be stopped afterwards";
    RunRequest request{.engine = EngineKind::Real, .procs = 1, .slice = kMillisecond};
    request.expected_drops = 1;
    request.tune = [](rt::RunSettings& settings) {
        settings.scheduler.forced_preemption = false;
    };
    const std::atomic<bool> never{false};
    const auto result = run(request, [&] {
        rt::go("waits for ever", [] { rt::log("never said"); });
        while (!never.load(std::memory_order_relaxed))
            red_zone_leaf(10'000);
    });
    EXPECT_EQ(result.report.status, trace::RunStatus::Starved);
    EXPECT_GE(result.report.wall_ns, 10 * kSecond) << "the rule's own time, not the machine's";
    EXPECT_TRUE(result.lines().empty());
}

}  // namespace
}  // namespace golanes::test
