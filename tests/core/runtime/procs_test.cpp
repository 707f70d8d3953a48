// The number of Ps changes while goroutines run: nothing is lost, and the order is kept.
#include <thread>

#include "core/base/random.h"
#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/shared.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::MoveReason;
using trace::RunStatus;

std::vector<trace::Event> moves(const RunResult& result, MoveReason reason) {
    std::vector<trace::Event> found;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::Move && static_cast<MoveReason>(event.flags) == reason)
            found.push_back(event);
    }
    return found;
}

class ProcsTest : public EngineTest {
 protected:
    /// Many goroutines that compute, yield and sleep until `done`, while the Ps change between the
    /// numbers given by `next`.
    RunResult run_changing(RunRequest request, int changes, const std::function<int()>& next) {
        std::atomic<bool> done{false};
        request.beside = [&, changes](trace::Control& control, const std::atomic<bool>& over) {
            for (int i = 0; i < changes && !over; ++i) {
                rt::request_procs(control, next());
                // Two that the owner sees at once are one: slower where everything is.
                std::this_thread::sleep_for(std::chrono::microseconds(kUnderTsan ? 2000 : 300));
            }
            done = true;
        };
        return run(request, [&] {
            constexpr int kMembers = 60;
            rt::WaitGroup wg;
            wg.add(kMembers);
            for (int i = 0; i < kMembers; ++i) {
                rt::go("", [&, i] {
                    while (!done.load(std::memory_order_relaxed)) {
                        rt::work(5 * kMicrosecond);
                        if (i % 4 == 0)
                            rt::sleep(20 * kMicrosecond);
                        else if (i % 4 == 1)
                            rt::go("", [] { rt::work(kMicrosecond); });
                        else
                            rt::gosched();
                    }
                    wg.done();
                });
            }
            wg.wait();
        });
    }
};

GOLANES_ON_BOTH_ENGINES(ProcsTest);

TEST_P(ProcsTest, ARemovedPsGoroutinesGoOnAndNobodyIsLost) {
    // Whether a P that goes has goroutines of its own is chance: it is tried again.
    std::size_t moved = 0;
    for (int i = 0; i < 20 && moved == 0; ++i) {
        int procs = 8;
        const auto result = run_changing(on(8), 60, [&] {
            procs = procs == 8 ? 1 : 8;
            return procs;
        });
        EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
        moved = moves(result, MoveReason::ProcRemoved).size();
    }
    EXPECT_GT(moved, 0U);
}

// The ledger replays the front of the global queue in the order the Ps were emptied; here the facts
// themselves: a later P's goroutines come before those of an earlier one, a runnext before its
// ring.
TEST_P(ProcsTest, EachRemovedPGoesBeforeTheOneRemovedBeforeIt) {
    int procs = 8;
    const auto result = run_changing(on(8), scaled(40), [&] {
        procs = procs == 8 ? 1 : 8;
        return procs;
    });
    ProcId last = 0;
    bool runnext_seen = false;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::WorldStop) {
            last = 0;
            runnext_seen = false;
        }
        if (event.type != EventType::Move ||
            static_cast<MoveReason>(event.flags) != MoveReason::ProcRemoved)
            continue;
        const auto from = trace::unpack_queue(static_cast<std::uint16_t>(event.a >> 16));
        EXPECT_GE(from.p, last);
        EXPECT_FALSE(from.p == last && runnext_seen)
            << "the runnext goes to the front after the ring";
        runnext_seen = from.kind == trace::QueueKind::Runnext;
        last = from.p;
    }
}

TEST(ProcsVirtualTest, FromOneToTwoHundredAndFiftySixAndBack) {
    const Watchdog watchdog;
    std::atomic<bool> done{false};
    RunRequest request{.procs = 1};
    request.beside = [&](trace::Control& control, const std::atomic<bool>& over) {
        Random random(20261121, Stream::Scenario);
        for (int i = 0; i < scaled(40) && !over; ++i) {
            rt::request_procs(control,
                              i % 4 == 0 ? 256 : 1 + static_cast<int>(random.uniform(256)));
            std::this_thread::sleep_for(std::chrono::microseconds(500));
        }
        done = true;
    };
    const auto result = run(request, [&] {
        rt::WaitGroup wg;
        wg.add(300);
        for (int i = 0; i < 300; ++i) {
            rt::go("", [&] {
                while (!done.load(std::memory_order_relaxed)) {
                    rt::work(20 * kMicrosecond);
                    rt::gosched();
                }
                wg.done();
            });
        }
        wg.wait();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST(ProcsVirtualTest, EveryNumberOfPsRunsSoManyAtOnce) {
    const Watchdog watchdog;
    for (const int procs : {1, 2, 3, 16, 64, 255, 256}) {
        const auto result = run({.procs = procs}, [procs] {
            rt::WaitGroup wg;
            wg.add(2 * procs);
            for (int i = 0; i < 2 * procs; ++i) {
                rt::go("", [&wg] {
                    rt::work(kMillisecond);
                    wg.done();
                });
            }
            wg.wait();
        });
        EXPECT_EQ(result.report.wall_ns, 2 * kMillisecond) << procs << " Ps";
    }
}

TEST_P(ProcsTest, SleepersOfARemovedPWake) {
    std::atomic<bool> asleep{false};
    RunRequest request = on(8);
    request.beside = [&](trace::Control& control, const std::atomic<bool>& over) {
        while (!asleep && !over)
            std::this_thread::yield();
        rt::request_procs(control, 1);
    };
    const auto result = run(request, [&] {
        rt::WaitGroup wg;
        wg.add(40);
        for (int i = 0; i < 40; ++i) {
            rt::go("", [&] {
                for (int k = 0; k < 50; ++k) {
                    rt::work(10 * kMicrosecond);
                    rt::sleep(200 * kMicrosecond);
                    asleep = true;
                }
                wg.done();
            });
        }
        wg.wait();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

}  // namespace
}  // namespace golanes::test
