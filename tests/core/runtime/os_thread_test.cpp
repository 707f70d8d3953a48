// LockOSThread: a goroutine and its thread belong to each other.
#include "core/runtime/os_thread.h"

#include <thread>

#include "core/base/random.h"
#include "core/runtime/blocking.h"
#include "core/runtime/chan.h"
#include "core/runtime/machine.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "core/runtime/this_machine.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::RunStatus;

class OsThreadTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(OsThreadTest);

MachineId my_machine() {
    return rt::this_machine()->id;
}

// Everything after which a goroutine may go on elsewhere.
void move_about(rt::Chan<int>& ball, int rounds) {
    for (int i = 0; i < rounds; ++i) {
        rt::gosched();
        rt::sleep(10 * kMicrosecond);
        rt::work(10 * kMicrosecond);
        rt::blocking([] {});
        ball.send(i);
        ball.recv();
    }
}

TEST_P(OsThreadTest, ALockedGoroutineStaysOnItsThreadAndTheThreadRunsOnlyIt) {
    for (const int procs : {1, 2, 4, 16, 64}) {
        std::atomic<MachineId> own{0};
        std::atomic<bool> done{false};
        std::atomic<int> strangers{0};
        std::atomic<int> moves{0};
        const auto result = run(on(procs), [&] {
            rt::Chan<int> ball(8);
            rt::WaitGroup wg;
            wg.go("locked", [&] {
                rt::lock_os_thread();
                own = my_machine();
                for (int i = 0; i < scaled(30); ++i) {
                    move_about(ball, 1);
                    moves += my_machine() == own ? 0 : 1;
                }
                rt::unlock_os_thread();
                own = 0;
                done = true;
            });
            for (int i = 0; i < 4; ++i) {
                wg.go("free", [&] {
                    while (!done) {
                        strangers += my_machine() == own ? 1 : 0;
                        rt::gosched();
                        rt::sleep(5 * kMicrosecond);
                    }
                });
            }
            wg.wait();
        });
        EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
        EXPECT_EQ(moves, 0) << procs << " Ps";
        EXPECT_EQ(strangers, 0) << procs << " Ps";
    }
}

TEST_P(OsThreadTest, LocksNest) {
    const auto result = run(on(1), [] {
        rt::lock_os_thread();
        rt::lock_os_thread();
        rt::unlock_os_thread();
        const MachineId own = my_machine();
        MachineId other = 0;
        rt::WaitGroup wg;
        wg.go("", [&other] { other = my_machine(); });
        wg.wait();
        rt::check(other != own && my_machine() == own, "one unlock of two leaves it locked");
        rt::unlock_os_thread();
        wg.go("", [&other] { other = my_machine(); });
        wg.wait();
        rt::check(other == own, "the second one frees the thread");
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST_P(OsThreadTest, UnlockingWithoutALockDoesNothing) {
    const auto result = run(on(1), [] {
        rt::unlock_os_thread();
        rt::lock_os_thread();
        rt::unlock_os_thread();
        rt::unlock_os_thread();
        rt::gosched();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
}

TEST_P(OsThreadTest, WhoEndsLockedTakesItsThreadWithIt) {
    constexpr int kThreads = 10;
    const auto result = run(on(1), [] {
        for (int i = 0; i < kThreads; ++i) {
            rt::WaitGroup wg;
            wg.go("locked", [] { rt::lock_os_thread(); });
            wg.wait();
        }
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
    EXPECT_GE(result.count(EventType::MachineCreate), std::size_t{kThreads});
}

TEST_P(OsThreadTest, ThreadsThatEndedDoNotCountForTheLimit) {
    RunRequest request = on(1);
    request.tune = [](rt::RunSettings& settings) {
        settings.scheduler.max_machines = 4;
    };
    const auto result = run(request, [] {
        for (int i = 0; i < 20; ++i) {
            rt::WaitGroup wg;
            wg.go("locked", [] { rt::lock_os_thread(); });
            wg.wait();
            rt::sleep(kMillisecond);  // the thread is on its way out
        }
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST_P(OsThreadTest, WhoFindsALockedGoroutineGivesItsPToTheLockedMachine) {
    MachineId own = 0;
    const auto result = run(on(1), [&own] {
        rt::WaitGroup wg;
        wg.go("locked", [&own] {
            rt::lock_os_thread();
            own = my_machine();
            rt::gosched();
            rt::unlock_os_thread();
        });
        wg.wait();
    });
    std::size_t given = 0;
    for (const trace::Event& event : result.events())
        given += event.type == EventType::HandOff && event.arg == own ? 1 : 0;
    EXPECT_EQ(given, 1U);
    EXPECT_EQ(result.report.status, RunStatus::Ok);
}

TEST_P(OsThreadTest, ALockedGoroutineThatWaitsForEverIsADeadlockAndSaysSo) {
    const auto result = run(on(4), [] {
        rt::go("", [] {
            rt::lock_os_thread();
            rt::Chan<int>(0).recv();
        });
        rt::lock_os_thread();
        rt::Chan<int>(0).recv();
    });
    EXPECT_EQ(result.report.status, RunStatus::Deadlock);
    EXPECT_NE(result.report.message.find("goroutine 1 [chan receive, locked to thread]:"),
              std::string::npos)
        << result.report.message;
}

TEST_P(OsThreadTest, ADeadlockIsSeenWhenTheLastThreadEnds) {
    const auto result = run(on(2), [] {
        rt::go("", [] { rt::lock_os_thread(); });
        rt::Chan<int>(0).recv();
    });
    EXPECT_EQ(result.report.status, RunStatus::Deadlock);
}

TEST_P(OsThreadTest, ARunEndsAndIsUnwoundWhileLockedOnesWait) {
    const auto freed = std::make_shared<int>(0);
    const auto result = run(on(2), [&freed] {
        rt::Chan<int> ready(0);
        for (int i = 0; i < 3; ++i) {
            rt::go("", [&ready, held = freed] {
                const auto kept = held;
                rt::lock_os_thread();
                ready.send(1);
                rt::sleep(1000 * kSecond);
            });
        }
        for (int i = 0; i < 3; ++i)
            ready.recv();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
    EXPECT_EQ(freed.use_count(), 1);
}

TEST_P(OsThreadTest, PsComeAndGoWhileHalfOfAllAreLocked) {
    const std::uint64_t seed = 20261121;
    std::atomic<bool> done{false};
    RunRequest request = on(4);
    request.beside = [&](trace::Control& control, const std::atomic<bool>& /*over*/) {
        Random random(seed, Stream::Scenario);
        for (int i = 0; i < 40; ++i) {
            rt::request_procs(control, 1 + static_cast<int>(random.uniform(16)));
            std::this_thread::sleep_for(std::chrono::microseconds(200 + random.uniform(2000)));
        }
        done = true;
    };
    const auto result = run(request, [&] {
        rt::Chan<int> ball(16);
        rt::WaitGroup wg;
        for (int i = 0; i < 8; ++i) {
            wg.go("", [&, i] {
                while (!done) {
                    if (i % 2 == 0)
                        rt::lock_os_thread();
                    move_about(ball, 2);
                    if (i % 2 == 0)
                        rt::unlock_os_thread();
                    if (i == 0)
                        rt::go("ends locked", [] { rt::lock_os_thread(); });
                }
            });
        }
        wg.wait();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message << " seed " << seed;
}

}  // namespace
}  // namespace golanes::test
