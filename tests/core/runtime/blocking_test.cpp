// Blocking calls: the P goes, the goroutine comes back (Go's entersyscallblock and exitsyscall).
#include "core/runtime/blocking.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <thread>

#include "core/base/random.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::ProcStopReason;
using trace::QueueKind;
using trace::RunStatus;

class BlockingTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(BlockingTest);

constexpr std::array kProcs{1, 2, 4, 16, 64};

// The events of one type, in order.
std::vector<trace::Event> of_type(const RunResult& result, EventType type) {
    std::vector<trace::Event> found;
    for (const trace::Event& event : result.events()) {
        if (event.type == type)
            found.push_back(event);
    }
    return found;
}

// How the goroutine's first start after its first call came about, and where.
trace::Event start_after_call(const RunResult& result, GoroutineId g) {
    bool has_returned = false;
    for (const trace::Event& event : result.events()) {
        has_returned = has_returned || (event.type == EventType::BlockingEnd && event.a == g);
        if (has_returned && event.type == EventType::GoStart && event.a == g)
            return event;
    }
    return {};
}

QueueKind came_from(const trace::Event& start) {
    return static_cast<QueueKind>(start.flags & trace::start_flag::kKindMask);
}

TEST_P(BlockingTest, ACallReturnsWhatItsBodyReturns) {
    const auto result = run(on(2), [] {
        int calls = 0;
        rt::blocking([&calls] { ++calls; });
        const std::string text = rt::blocking([] { return std::string("whole"); });
        rt::check(calls == 1 && text == "whole", "bodies ran once");
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    EXPECT_EQ(result.count(EventType::BlockingBegin), 2U);
    EXPECT_EQ(result.count(EventType::BlockingEnd), 2U);
}

TEST_P(BlockingTest, AnExceptionOfTheBodyReachesTheCaller) {
    const auto result = run(on(2), [] {
        try {
            rt::blocking([]() -> int { throw std::runtime_error("disk on fire"); });
        } catch (const std::runtime_error& error) {
            rt::log(error.what());
        }
    });
    EXPECT_EQ(result.words(), "disk on fire");
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST_P(BlockingTest, AnExceptionNobodyCatchesPanicsAfterTheCall) {
    const auto result =
        run(on(1), [] { rt::blocking([] { throw std::runtime_error("disk on fire"); }); });
    EXPECT_EQ(result.headline(), "panic: disk on fire");
    EXPECT_EQ(result.report.status, RunStatus::Panic);
}

TEST_P(BlockingTest, OthersRunOnTheOnlyPMeanwhile) {
    const auto result = run(on(1), [] {
        rt::WaitGroup wg;
        wg.go("", [] {
            for (int i = 0; i < 3; ++i) {
                rt::log("other");
                rt::gosched();
            }
        });
        rt::blocking_sleep(50 * kMillisecond);
        rt::log("back");
        wg.wait();
    });
    EXPECT_EQ(result.words(), "other other other back");
}

TEST_P(BlockingTest, EveryGoroutineMayBeInACallAtOnceOnAnyNumberOfPs) {
    for (const int procs : kProcs) {
        constexpr int kSleepers = 40;
        const bool is_real = GetParam() == EngineKind::Real;
        std::atomic<int> inside{0};
        const auto result = run(on(procs), [&] {
            rt::WaitGroup wg;
            for (int i = 0; i < kSleepers; ++i)
                wg.go("", [&] {
                    if (!is_real)
                        return rt::blocking_sleep(30 * kMillisecond);
                    rt::blocking([&] {
                        for (++inside; inside < kSleepers;)
                            std::this_thread::yield();
                    });
                });
            wg.wait();
        });
        EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
        EXPECT_EQ(result.count(EventType::BlockingEnd), std::size_t{kSleepers}) << procs << " Ps";
        EXPECT_GE(result.count(EventType::MachineCreate), std::size_t{kSleepers}) << procs << " Ps";
    }
}

TEST_P(BlockingTest, CallsComputingAndWaitingMixOnAnyNumberOfPs) {
    for (const int procs : kProcs) {
        const int rounds = scaled(60);
        const auto result = run(on(procs), [rounds] {
            rt::WaitGroup wg;
            for (int i = 0; i < 8; ++i) {
                wg.go("", [i, rounds] {
                    for (int round = 0; round < rounds; ++round) {
                        if ((i + round) % 3 == 0)
                            rt::blocking([] {});
                        else if ((i + round) % 3 == 1)
                            rt::blocking_sleep(20 * kMicrosecond);
                        else
                            rt::sleep(10 * kMicrosecond);
                        rt::work(5 * kMicrosecond);
                    }
                });
            }
            wg.wait();
        });
        EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    }
}

TEST_P(BlockingTest, ItsPIsFreeAndItsMachineIsNot) {
    const auto result = run(on(1), [] { rt::blocking_sleep(5 * kMillisecond); });
    const auto begin = of_type(result, EventType::BlockingBegin);
    ASSERT_EQ(begin.size(), 1U);
    EXPECT_EQ(begin[0].flags, 0);
    const auto stops = of_type(result, EventType::ProcStop);
    ASSERT_FALSE(stops.empty());
    EXPECT_EQ(static_cast<ProcStopReason>(stops[0].flags), ProcStopReason::HandOff);
    const auto main = result.timeline.goroutine(1, 1);
    ASSERT_TRUE(main);
    EXPECT_GE(main->blocking_ns, 5 * kMillisecond);
}

TEST_P(BlockingTest, MoreThreadsThanTheLimitAreFatal) {
    RunRequest request = on(2);
    request.tune = [](rt::RunSettings& settings) {
        settings.scheduler.max_machines = 6;
    };
    const auto result = run(request, [] {
        rt::WaitGroup wg;
        for (int i = 0; i < 20; ++i)
            wg.go("", [] { rt::blocking_sleep(1000 * kSecond); });
        wg.wait();
    });
    EXPECT_EQ(result.report.status, RunStatus::Panic);
    EXPECT_EQ(result.headline(),
              "fatal error: thread exhaustion\nruntime: program exceeds 6-thread limit");
    EXPECT_EQ(result.count(EventType::MachineCreate), 6U);
}

TEST_P(BlockingTest, TheTracebackCallsItASyscall) {
    const auto result = run(on(1), [] {
        bool begins = false;
        rt::go("reader", [&begins] {
            begins = true;
            rt::blocking_sleep(1000 * kSecond);
        });
        while (!begins)
            rt::gosched();
        rt::Mutex mutex;
        mutex.unlock();
    });
    EXPECT_EQ(result.headline(), "fatal error: sync: unlock of unlocked mutex");
    EXPECT_NE(result.report.message.find("goroutine 2 [syscall]:\nreader"), std::string::npos)
        << result.report.message;
}

TEST_P(BlockingTest, ARunThatIsHeldDoesNotWaitForACall) {
    RunRequest request = on(2);
    std::atomic<bool> is_in_call{false};
    std::atomic<bool> returns{false};
    if (GetParam() == EngineKind::Virtual)
        GTEST_SKIP() << "a body that waits holds a virtual run up, as blocking.h says";
    request.beside = [&](trace::Control& control, const std::atomic<bool>& over) {
        while (!is_in_call)
            std::this_thread::yield();
        for (int i = 0; i < 5 && !over; ++i) {
            rt::request_hold(control, true);
            while (control.phase != static_cast<std::uint32_t>(trace::ChildPhase::Held) && !over)
                std::this_thread::yield();
            returns = i == 2;  // the third time it comes back into a world that stands
            rt::request_hold(control, false);
            while (control.phase != static_cast<std::uint32_t>(trace::ChildPhase::Running) && !over)
                std::this_thread::yield();
        }
        returns = true;
    };
    const auto result = run(request, [&] {
        for (int i = 0; i < 2; ++i) {
            rt::blocking([&] {
                is_in_call = true;
                while (!returns)
                    std::this_thread::yield();
            });
            rt::log("back");
        }
    });
    EXPECT_EQ(result.words(), "back back");
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST_P(BlockingTest, PsComeAndGoWhileManyAreInCalls) {
    const std::uint64_t seed = 20261121;
    std::atomic<bool> done{false};
    RunRequest request = on(4);
    request.beside = [&](trace::Control& control, const std::atomic<bool>& /*over*/) {
        Random random(seed, Stream::Scenario);
        for (int i = 0; i < 50; ++i) {
            rt::request_procs(control, 1 + static_cast<int>(random.uniform(16)));
            std::this_thread::sleep_for(std::chrono::microseconds(200 + random.uniform(2000)));
        }
        done = true;
    };
    const auto result = run(request, [&] {
        rt::WaitGroup wg;
        for (int i = 0; i < 12; ++i) {
            wg.go("", [&] {
                while (!done) {
                    rt::blocking_sleep(100 * kMicrosecond);
                    rt::work(20 * kMicrosecond);
                }
            });
        }
        wg.wait();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message << " seed " << seed;
}

// --- Where it goes on (the virtual engine decides who is where)

class BlockingVirtualTest : public RunTest {};

TEST_F(BlockingVirtualTest, BackFromACallItTakesTheOldPIfThatIsIdle) {
    const auto result = run({.procs = 4}, [] { rt::blocking_sleep(kMillisecond); });
    const trace::Event start = start_after_call(result, 1);
    EXPECT_EQ(came_from(start), QueueKind::None);
    EXPECT_EQ(start.p, of_type(result, EventType::BlockingBegin)[0].p);
}

TEST_F(BlockingVirtualTest, ElseAnyIdleP) {
    const auto result = run({.procs = 2}, [] {
        rt::go("heir", [] { rt::work(5 * kMillisecond); });  // takes over main's P
        rt::blocking_sleep(kMillisecond);
        rt::work(kMillisecond);
    });
    const auto begin = of_type(result, EventType::BlockingBegin);
    const auto heirs = of_type(result, EventType::GoStart);
    const trace::Event start = start_after_call(result, 1);
    EXPECT_EQ(came_from(start), QueueKind::None);
    const bool heir_has_it = std::any_of(heirs.begin(), heirs.end(), [&](const trace::Event& e) {
        return e.a == 2 && e.p == begin[0].p;
    });
    EXPECT_EQ(start.p == begin[0].p, !heir_has_it);
    EXPECT_EQ(start.time - of_type(result, EventType::BlockingEnd)[0].time, 0U);
}

TEST_F(BlockingVirtualTest, WithoutAnIdlePItQueuesGloballyAndItsMachineSleeps) {
    const auto result = run({.procs = 1}, [] {
        rt::go("busy", [] { rt::work(5 * kMillisecond); });
        rt::blocking_sleep(kMillisecond);
        rt::log(std::to_string(rt::now()));
    });
    EXPECT_EQ(result.words(), "5000000");
    EXPECT_EQ(came_from(start_after_call(result, 1)), QueueKind::Global);
    const auto unblocks = of_type(result, EventType::GoUnblock);
    ASSERT_EQ(unblocks.size(), 1U);
    EXPECT_EQ(unblocks[0].p, kNoProc);
    EXPECT_EQ(trace::high_half(unblocks[0].arg), 1U);  // by itself
    EXPECT_EQ(unblocks[0].time, 1'000'000U);
}

TEST_F(BlockingVirtualTest, AHandedOffPGoesAtOnceToAnotherMachineWhenThereIsWork) {
    const auto result = run({.procs = 1}, [] {
        rt::go("other", [] { rt::work(kMillisecond); });
        rt::blocking_sleep(kMillisecond);
    });
    const auto hand_offs = of_type(result, EventType::HandOff);
    ASSERT_FALSE(hand_offs.empty());
    EXPECT_EQ(hand_offs[0].time, 0U);
    EXPECT_NE(hand_offs[0].arg, hand_offs[0].a);
    for (const trace::Event& start : of_type(result, EventType::GoStart)) {
        if (start.a == 2) {
            EXPECT_EQ(start.time, 0U);
        }
    }
}

TEST_F(BlockingVirtualTest, AHandedOffPWithoutWorkIsIdle) {
    const auto result = run({.procs = 4}, [] {
        rt::sleep(kMillisecond);  // all others lie down
        rt::blocking_sleep(kMillisecond);
        rt::blocking_sleep(kMillisecond);
    });
    EXPECT_EQ(result.count(EventType::HandOff), 0U);
}

TEST_F(BlockingVirtualTest, TimersFireWhileTheOnlyMachineIsInACall) {
    const auto result = run({.procs = 1}, [] {
        rt::go("sleeper", [] {
            rt::sleep(2 * kMillisecond);
            rt::log(std::to_string(rt::now()));
        });
        rt::gosched();
        rt::blocking_sleep(10 * kMillisecond);
    });
    EXPECT_EQ(result.words(), "2000000");
}

TEST_F(BlockingVirtualTest, AThreadInACallNeedsNoCore) {
    const auto result = run({.procs = 4, .cpus = 1}, [] {
        rt::WaitGroup wg;
        for (int i = 0; i < 4; ++i)
            wg.go("", [] { rt::blocking_sleep(10 * kMillisecond); });
        wg.wait();
        rt::log(std::to_string(rt::now()));
    });
    EXPECT_EQ(result.words(), "10000000");
}

TEST_F(BlockingVirtualTest, TheSameSeedMakesTheSameEvents) {
    const auto program = [] {
        rt::WaitGroup wg;
        for (int i = 0; i < 20; ++i)
            wg.go("", [i] {
                rt::blocking_sleep(i % 5 * kMillisecond);
                rt::work(kMillisecond);
            });
        wg.wait();
    };
    const RunRequest request{.procs = 4, .seed = 7};
    EXPECT_EQ(run(request, program).logical_hash(), run(request, program).logical_hash());
}

TEST_F(BlockingVirtualTest, TheTenThousandAndFirstThreadIsFatal) {
    if (kUnderTsan)
        GTEST_SKIP() << "ThreadSanitizer knows 8,128 threads and fibers at most";
    const auto result = run({.procs = 1}, [] {
        for (int i = 0; i < 10'001; ++i)
            rt::go("", [] { rt::blocking_sleep(kSecond); });
        rt::blocking_sleep(kSecond);
    });
    EXPECT_EQ(result.headline(),
              "fatal error: thread exhaustion\nruntime: program exceeds 10000-thread limit");
}

}  // namespace
}  // namespace golanes::test
