// Preemption by signal: loops that never call the runtime share a P, are stopped with the world,
// and are left alone where they must be.
#include <atomic>
#include <map>
#include <memory>
#include <thread>

#include "core/base/clock.h"
#include "core/runtime/chan.h"
#include "core/runtime/machine.h"
#include "core/runtime/preempt_signal.h"
#include "core/runtime/runtime.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/sync.h"
#include "core/runtime/this_machine.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::RunStatus;

constexpr std::uint8_t kBySignal = 1;

class PreemptTest : public RunTest {
 protected:
    void SetUp() override {
        if (!rt::can_preempt_by_signal())
            GTEST_SKIP() << "no preemption by signal in this build, or on this processor";
    }

    static RunRequest with_slice(int procs, DurationNs slice) {
        return {.engine = EngineKind::Real,
                .procs = procs,
                .slice = slice,
                .expected_drops = kAnyDrops};
    }

    static std::size_t by_signal(const RunResult& result) {
        std::size_t count = 0;
        for (const trace::Event& event : result.events())
            count += event.type == EventType::PreemptRequest && event.flags == kBySignal ? 1 : 0;
        return count;
    }
};

// A stretch of code that calls nothing, in any build: in one without optimisation even the load of
// an atomic is a call, of code that is not the program's.
void compute() {
    for (int i = 0; i < 10'000; ++i)
        asm volatile("" : "+r"(i));
}

void spin_until(const std::atomic<bool>& flag) {
    while (!flag.load(std::memory_order_relaxed))  // it only wants to see it some time
        compute();
}

TEST_F(PreemptTest, LoopsWithoutCallsShareOneP) {
    constexpr int kLoops = 3;
    const auto result = run(with_slice(1, kMillisecond), [] {
        std::atomic<bool> over{false};
        std::atomic<int> seen{0};
        rt::WaitGroup wg;
        wg.add(kLoops);
        for (int i = 0; i < kLoops; ++i) {
            rt::go("loop", [&] {
                seen += 1;
                spin_until(over);
                wg.done();
            });
        }
        while (seen.load() < kLoops)
            rt::gosched();
        over = true;
        wg.wait();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    EXPECT_GE(by_signal(result), static_cast<std::size_t>(kLoops));
}

TEST_F(PreemptTest, OneThatIsInterruptedStopsThereAndThen) {
    const auto result = run(with_slice(2, 100 * kMicrosecond), [] {
        std::atomic<bool> over{false};
        rt::WaitGroup wg;
        wg.add(2);
        for (int i = 0; i < 2; ++i) {
            rt::go("loop", [&] {
                spin_until(over);
                wg.done();
            });
        }
        for (int i = 0; i < 20; ++i)
            rt::gosched();
        over = true;
        wg.wait();
    });
    std::map<GoroutineId, bool> interrupted;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::PreemptRequest) {
            interrupted[event.a] = true;
        } else if (trace::is_goroutine_event(event.type) && interrupted[event.a]) {
            EXPECT_EQ(event.type, EventType::GoStop);
            const auto reason =
                static_cast<trace::StopReason>(event.flags >> trace::put_flag::kReasonShift);
            EXPECT_TRUE(reason == trace::StopReason::Preempted ||
                        reason == trace::StopReason::WorldStopped);
            interrupted[event.a] = false;
        }
    }
}

TEST_F(PreemptTest, WithoutSignalsALoopKeepsItsP) {
    RunRequest request = with_slice(1, 100 * kMicrosecond);
    request.tune = [](rt::RunSettings& settings) {
        settings.scheduler.preempt_signals = false;
    };
    const auto result = run(request, [] {
        std::atomic<bool> computes{false};
        rt::WaitGroup wg;
        wg.add(1);
        rt::go("waits for its turn", [&] {
            rt::outcome(computes.load() ? 1 : 0);
            wg.done();
        });
        computes = true;
        // Longer than many slices, by the clock that the slices have.
        const std::uint64_t until =
            read_ticks() + rt::this_machine()->scheduler->engine().ticks_from_ns(20 * kMillisecond);
        while (read_ticks() < until) {
        }
        computes = false;
        wg.wait();
    });
    EXPECT_EQ(result.number(), 0);
    EXPECT_EQ(by_signal(result), 0U);
}

TEST_F(PreemptTest, TheWorldStopsInTheMiddleOfALoop) {
    RunRequest request = with_slice(1, kSecond);
    std::atomic<bool> spins{false};
    request.beside = [&](trace::Control& control, const std::atomic<bool>& over) {
        while (!spins && !over)
            std::this_thread::yield();
        rt::request_procs(control, 3);
    };
    const auto result = run(request, [&] {
        const rt::Scheduler& scheduler = *rt::this_machine()->scheduler;
        spins = true;
        while (scheduler.procs() != 3)
            compute();
        rt::outcome(3);
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    EXPECT_EQ(result.number(), 3);
}

/// Takes several slices to destroy.
struct SlowToDestroy {
    std::shared_ptr<int> last;  ///< Copies of the function share it; the last one is slow.

    ~SlowToDestroy() {
        if (last.use_count() != 1)
            return;
        for (int i = 0; i < 30; ++i)
            compute();
    }
};

// A goroutine ended upon the M that it had been on before its function was destroyed.
TEST_F(PreemptTest, TheEndOfAFunctionMayBeInterruptedAndGoOnUponAnotherM) {
    const auto result = run(with_slice(4, 20 * kMicrosecond), [] {
        rt::WaitGroup wg;
        for (int i = 0; i < 200; ++i) {
            wg.add(1);
            rt::go("", [&wg, slow = SlowToDestroy{std::make_shared<int>(i)}] { wg.done(); });
        }
        wg.wait();
        rt::outcome(200);
    });
    EXPECT_EQ(result.number(), 200);
}

TEST_F(PreemptTest, ARunEndsAlthoughALoopNeverDoes) {
    RunRequest request = with_slice(2, kMillisecond);
    request.expected_drops = 1;  // nothing can be thrown in the middle of a loop
    std::atomic<bool> spins{false};
    std::atomic<bool> never{false};
    const auto result = run(request, [&] {
        rt::go("for ever", [&] {
            spins = true;
            spin_until(never);
        });
        while (!spins)
            rt::gosched();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

/// Takes several slices to move, under the channel's lock.
struct SlowToMove {
    SlowToMove() = default;

    SlowToMove(SlowToMove&& other) noexcept : value(other.value) {
        for (int i = 0; i < 200'000; ++i)
            asm volatile("" : "+r"(i));
    }

    SlowToMove& operator=(SlowToMove&&) = delete;
    ~SlowToMove() = default;
    int value = 1;
};

// Preempted there, it would keep the lock from the other goroutine, which keeps the only P: the run
// hung.
TEST_F(PreemptTest, NobodyIsPreemptedWhileAChannelMovesAValue) {
    const auto result = run(with_slice(1, 50 * kMicrosecond), [] {
        const rt::Chan<SlowToMove> chan(2);
        for (int i = 0; i < 4; ++i) {
            rt::go("sender", [chan] {
                for (int k = 0; k < 20; ++k)
                    chan.send(SlowToMove());
            });
        }
        int sum = 0;
        for (int i = 0; i < 80; ++i)
            sum += chan.recv()->value;
        rt::outcome(sum);
    });
    EXPECT_EQ(result.number(), 80);
}

TEST_F(PreemptTest, OneThatIsNearTheEndOfItsStackIsNotHarmed) {
    RunRequest request = with_slice(2, 100 * kMicrosecond);
    request.stacks.bytes = 16 * 1024;
    const auto result = run(request, [] {
        std::atomic<bool> over{false};
        rt::WaitGroup wg;
        wg.add(10);
        for (std::size_t i = 0; i < 10; ++i) {
            rt::go("loop", [&, i] {
                auto* const room = static_cast<volatile char*>(__builtin_alloca(12000 + 250 * i));
                room[0] = 1;
                spin_until(over);
                wg.done();
            });
        }
        rt::sleep(20 * kMillisecond);
        over = true;
        wg.wait();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

}  // namespace
}  // namespace golanes::test
