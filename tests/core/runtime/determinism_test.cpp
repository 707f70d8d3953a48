// The virtual engine: a run depends on its seed alone.
#include <set>

#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/shared.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

// A little of everything.
void program() {
    rt::Chan<int> ch(2, "numbers");
    rt::Mutex mutex("m");
    rt::WaitGroup wg("all");
    rt::Shared<int> sum("sum");
    wg.add(6);
    for (int i = 0; i < 3; ++i) {
        rt::go("producer", [&, i] {
            for (int k = 0; k < 5; ++k) {
                rt::work(static_cast<DurationNs>(1 + rt::random(500)) * kMicrosecond);
                ch.send(i * 10 + k);
                rt::gosched();
            }
            wg.done();
        });
        rt::go("consumer", [&] {
            for (int k = 0; k < 5; ++k) {
                const int value = ch.recv().value_or(0);
                mutex.lock();
                rt::sleep(static_cast<DurationNs>(rt::random(300)) * kMicrosecond);
                sum.fetch_add(value);
                mutex.unlock();
            }
            wg.done();
        });
    }
    wg.wait();
    rt::outcome(sum.peek());
}

TEST(DeterminismTest, TheSameSeedGivesTheSameLogicalEvents) {
    const Watchdog watchdog;
    std::set<std::uint64_t> different;
    const int seeds = kUnderTsan || kUnderAsan ? 20 : 200;
    for (int seed = 1; seed <= seeds; ++seed) {
        const int procs = 1 + seed % 8;
        const RunRequest request{.procs = procs, .seed = static_cast<std::uint64_t>(seed)};
        const auto first = run(request, program);
        const auto second = run(request, program);
        EXPECT_EQ(first.logical_hash(), second.logical_hash()) << "seed " << seed;
        EXPECT_EQ(first.recording.event_count(), second.recording.event_count());
        EXPECT_EQ(first.number(), 3 * (0 + 1 + 2 + 3 + 4) + 5 * (0 + 10 + 20));
        different.insert(first.logical_hash());
    }
    EXPECT_GT(different.size(), static_cast<std::size_t>(seeds) / 2);
}

TEST(DeterminismTest, TheStartTickTakesEveryValue) {
    std::set<std::uint64_t> ticks;
    for (std::uint64_t seed = 0; seed < 1000; ++seed)
        ticks.insert(Random(seed, Stream::StartTick, 0).uniform(61));
    EXPECT_EQ(ticks.size(), 61U);
}

}  // namespace
}  // namespace golanes::test
