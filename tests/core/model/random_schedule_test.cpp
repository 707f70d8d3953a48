// Random legal schedules: a naive scheduler writes what it does, and remembers after each step what
// stood where. The model must tell the same for every moment.
#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "tests/core/model/random_scheduler.h"

namespace golanes::model::test {
namespace {

template <typename A>
std::vector<GoroutineId> list(const A& queue) {
    return {queue.begin(), queue.end()};
}

void expect_queues(const Queues& told, const Naive& naive) {
    EXPECT_EQ(told.global, list(naive.global));
    ASSERT_EQ(told.procs.size(), kProcs);
    for (ProcId p = 0; p < kProcs; ++p) {
        EXPECT_EQ(told.procs[p].ring, list(naive.ring[p]));
        EXPECT_EQ(told.procs[p].runnext, naive.runnext[p]);
        EXPECT_EQ(told.procs[p].running, naive.running[p]);
    }
}

State state_of(const Naive& naive, GoroutineId g) {
    if (std::find(std::begin(naive.running), std::end(naive.running), g) != std::end(naive.running))
        return State::Running;
    const bool waits =
        std::find(naive.waiting.begin(), naive.waiting.end(), g) != naive.waiting.end();
    return waits ? State::Waiting : State::Runnable;
}

void expect_states(const Timeline& timeline, TimeNs t, const Naive& naive) {
    for (GoroutineId g = 1; g <= naive.made; ++g) {
        const auto span = timeline.span_at(goroutine_lane(g), t);
        ASSERT_TRUE(span) << "goroutine " << g;
        EXPECT_EQ(span->state, state_of(naive, g)) << "goroutine " << g;
    }
    for (ProcId p = 0; p < kProcs; ++p) {
        const auto span = timeline.span_at(proc_lane(p), t);
        ASSERT_TRUE(span) << "P " << p;
        EXPECT_EQ(span->g, naive.running[p]) << "P " << p;
    }
}

void check_schedule(std::uint64_t seed, int steps, int keep_every) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomScheduler scheduler(seed);
    std::vector<std::pair<TimeNs, Naive>> moments;
    for (int i = 0; i < steps; ++i) {
        scheduler.step();
        if (i % keep_every == 0)
            moments.emplace_back(scheduler.b.now(), scheduler.now);
    }
    scheduler.b.after(1).procs(kProcs, kProcs);
    const Timeline timeline = scheduler.b.timeline();
    EXPECT_EQ(timeline.violations(), 0U) << timeline.violation_texts().front();
    for (const auto& [time, naive] : moments) {
        SCOPED_TRACE("time " + std::to_string(time));
        expect_queues(timeline.queues_at(time), naive);
        expect_states(timeline, time, naive);
        if (testing::Test::HasFailure())
            return;
    }
}

TEST(RandomScheduleTest, QueuesAndStatesAreThoseOfANaiveScheduler) {
    const std::uint64_t seed = std::random_device()();
    for (std::uint64_t i = 0; i < 20 && !HasFailure(); ++i)
        check_schedule(seed + i, 2000, 97);
}

TEST(RandomScheduleTest, TheyAreSoOverSegmentBordersToo) {
    check_schedule(std::random_device()(), 150'000, 9973);
}

}  // namespace
}  // namespace golanes::model::test
