// What the scheduler's own work takes in virtual time.
#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using rt::Op;

class VirtualCostsTest : public RunTest {};

RunRequest priced(int procs, Op op, DurationNs price, int scale_percent = 100) {
    RunRequest request{.procs = procs};
    request.tune = [=](rt::RunSettings& settings) {
        settings.costs.ns[static_cast<std::size_t>(op)] = price;
        settings.costs.scale_percent = scale_percent;
    };
    return request;
}

void yield_alone(int times) {
    for (int i = 0; i < times; ++i)
        rt::gosched();
}

TEST_F(VirtualCostsTest, WithoutCostsOnlyWorkTakesTime) {
    const auto result = run({.procs = 1}, [] {
        yield_alone(1000);
        rt::work(3 * kMillisecond);
    });
    EXPECT_EQ(result.report.wall_ns, 3 * kMillisecond);
}

TEST_F(VirtualCostsTest, EveryStartCostsASwitch) {
    const auto result = run(priced(1, Op::Switch, 100), [] { yield_alone(1000); });
    EXPECT_EQ(result.report.wall_ns, 1001 * 100);
}

TEST_F(VirtualCostsTest, CostsAreScaledInPercent) {
    for (const int percent : {0, 50, 1000}) {
        const auto result = run(priced(1, Op::Switch, 100, percent), [] { yield_alone(1000); });
        EXPECT_EQ(result.report.wall_ns, 1001 * percent) << percent << " %";
    }
}

TEST_F(VirtualCostsTest, AGoStatementCostsItsSpawner) {
    const auto result = run(priced(1, Op::Spawn, 1000), [] {
        for (int i = 0; i < 10; ++i)
            rt::go("", [] {});
        rt::outcome(rt::now());
    });
    EXPECT_EQ(result.number(), 10 * 1000);
}

TEST_F(VirtualCostsTest, AWokenCoreStartsLater) {
    const auto result = run(priced(2, Op::Wake, 7 * kMicrosecond), [] {
        DurationNs begins = -1;
        rt::WaitGroup wg;
        wg.add(1);
        rt::go("", [&] {
            begins = rt::now();
            wg.done();
        });
        rt::go("", [] {});  // takes runnext: the first one is in the ring
        rt::work(kMillisecond);
        wg.wait();
        rt::outcome(begins);
    });
    // The first P is woken too; the second one once more.
    EXPECT_EQ(result.number(), 2 * 7 * kMicrosecond);
}

TEST_F(VirtualCostsTest, ATheftCostsTheThief) {
    const auto result = run(priced(2, Op::Steal, 9 * kMicrosecond), [] {
        DurationNs begins = -1;
        rt::WaitGroup wg;
        wg.add(1);
        rt::go("", [&] {
            begins = rt::now();
            wg.done();
        });
        rt::go("", [] {});  // takes runnext: the first one is in the ring
        rt::work(kMillisecond);
        wg.wait();
        rt::outcome(begins);
    });
    EXPECT_EQ(result.number(), 9 * kMicrosecond);
}

TEST_F(VirtualCostsTest, CostsUseTheTimeSliceUp) {
    RunRequest request = priced(1, Op::Spawn, kMillisecond);
    const auto result = run(request, [] {
        for (int i = 0; i < 25; ++i)
            rt::go("", [] {});
    });
    EXPECT_EQ(result.count(trace::EventType::PreemptRequest), 2U);
}

// A debt is never paid while a lock is held: another M would wait for the lock for ever.
TEST_F(VirtualCostsTest, PricesOfEverythingStopNobody) {
    for (const int procs : {1, 2, 4, 16, 64}) {
        RunRequest request{.procs = procs, .level = trace::Level::Full};
        request.tune = [](rt::RunSettings& settings) {
            settings.costs.ns = {101, 203, 307, 23, 59, 5003};
        };
        const auto result = run(request, [] {
            rt::Mutex mutex;
            rt::Chan<int> chan(3);
            rt::WaitGroup wg;
            int sum = 0;
            wg.add(40);
            for (int i = 0; i < 20; ++i) {
                rt::go("", [&] {
                    for (int k = 0; k < 10; ++k)
                        chan.send(1);
                    wg.done();
                });
                rt::go("", [&] {
                    for (int k = 0; k < 10; ++k) {
                        const int one = chan.recv().value_or(0);
                        mutex.lock();
                        sum += one;
                        mutex.unlock();
                    }
                    wg.done();
                });
            }
            wg.wait();
            rt::outcome(sum);
        });
        EXPECT_EQ(result.number(), 200) << procs << " Ps";
        EXPECT_GT(result.report.wall_ns, 0);
    }
}

TEST_F(VirtualCostsTest, TimesOfAPNeverRunBackwards) {
    RunRequest request{.procs = 8, .seed = 5};
    request.tune = [](rt::RunSettings& settings) {
        settings.costs.ns = {100, 200, 300, 20, 50, 5000};
        settings.cpus = 3;
    };
    const auto result = run(request, [] {
        rt::WaitGroup wg;
        wg.add(50);
        for (int i = 0; i < 50; ++i) {
            rt::go("", [&] {
                rt::work(static_cast<DurationNs>(rt::random(2000)) * kMicrosecond);
                rt::gosched();
                wg.done();
            });
        }
        wg.wait();
    });
    std::uint64_t last = 0;
    for (const trace::Event& event : result.events()) {
        EXPECT_GE(event.time, last);
        last = event.time;
    }
}

}  // namespace
}  // namespace golanes::test
