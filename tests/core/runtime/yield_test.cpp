// Yields beside idle Ps, on real threads: who is left behind runs elsewhere, and nobody is torn
// from P to P for nothing.
#include <set>

#include "core/base/clock.h"
#include "core/runtime/runtime.h"
#include "core/runtime/shared.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;

class YieldTest : public RunTest {};

// Computes without a call of the runtime.
void compute(DurationNs time) {
    const auto ticks = static_cast<double>(time) / process_tick_clock().ns_per_tick;
    for (const std::uint64_t until = read_ticks() + static_cast<std::uint64_t>(ticks);
         read_ticks() < until;) {
    }
}

// Its successor never gives way, nobody steals and nobody is interrupted: only an M that the yield
// woke, or that searched just then, can find the one who yielded.
TEST_F(YieldTest, WhoYieldsToALoopGoesOnUponAnIdleP) {
    const int rounds = scaled(200);
    RunRequest request{.engine = EngineKind::Real, .procs = 2, .stealing = false};
    request.tune = [](rt::RunSettings& settings) {
        settings.scheduler.forced_preemption = false;
    };
    const auto result = run(request, [rounds] {
        for (int round = 0; round < rounds; ++round) {
            std::atomic<bool> goes_on{false};
            rt::WaitGroup wg;
            wg.go("loop", [&] {
                while (!goes_on.load(std::memory_order_relaxed)) {
                }
            });
            compute(round * 2 * kMicrosecond);  // the M that the spawn woke may sleep again or not
            rt::gosched();
            goes_on.store(true, std::memory_order_relaxed);
            wg.wait();
        }
        rt::outcome(rounds);
    });
    expect_ok(result);
    EXPECT_EQ(result.number(), rounds);
}

// The queue holds it for a moment only, under the lock; a searcher that saw it there would take it.
TEST_F(YieldTest, OneThatYieldsAloneStaysOnItsP) {
    const auto result = run({.engine = EngineKind::Real, .procs = 4}, [] {
        for (int i = 0; i < 2'000; ++i)
            rt::gosched();
    });
    expect_ok(result);
    std::set<ProcId> ps;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::GoStart)
            ps.insert(event.p);
    }
    EXPECT_EQ(ps.size(), 1U);
}

}  // namespace
}  // namespace golanes::test
