// Statistics of random ranges of random schedules, against sums over all spans.
#include "core/model/range_statistics.h"

#include <map>
#include <random>

#include <gtest/gtest.h>

#include "tests/core/model/random_scheduler.h"

namespace golanes::model::test {
namespace {

DurationNs overlap(TimeNs start, TimeNs end, TimeNs t0, TimeNs t1) {
    return std::max<DurationNs>(0, std::min(end, t1) - std::max(start, t0));
}

// Who has no CPU is told after the fact, at any length: into the segment before, too.
Timeline schedule(std::uint64_t seed, int steps) {
    RandomScheduler scheduler(seed);
    Random random(seed, Stream::StealOrder);
    for (int i = 0; i < steps; ++i) {
        scheduler.step();
        const auto p = static_cast<ProcId>(random.uniform(kProcs));
        const GoroutineId runs = scheduler.now.running[p];
        if (runs != 0 && random.uniform(8) == 0)
            scheduler.b.after(1).on(p).raw(EventType::OffCpu, runs, 0, random.uniform(40));
    }
    return scheduler.b.timeline();
}

struct Sums {
    std::array<DurationNs, kStates> state_ns{};
    std::map<GoroutineId, std::array<DurationNs, kStates>> by_goroutine;
    std::map<std::size_t, DurationNs> levels;
};

Sums naive_sums(const Timeline& timeline, TimeNs t0, TimeNs t1) {
    Sums sums;
    std::map<TimeNs, int> edges;
    for (const LaneId lane : timeline.lanes(LaneKind::Goroutine)) {
        timeline.for_each_span(lane, t0, t1, [&](const Span& span) {
            const DurationNs inside = overlap(span.start, span.end, t0, t1);
            const auto state = static_cast<std::size_t>(span.state);
            sums.state_ns[state] += inside;
            sums.by_goroutine[lane.number][state] += inside;
            if (span.state != State::Running || inside == 0)
                return;
            ++edges[std::max(span.start, t0)];
            --edges[std::min(span.end, t1)];
        });
    }
    int level = 0;
    TimeNs since = t0;
    for (const auto& [time, step] : edges) {
        sums.levels[static_cast<std::size_t>(level)] += time - since;
        level += step;
        since = time;
    }
    return sums;
}

void expect_equal(const Timeline& timeline, TimeNs t0, TimeNs t1) {
    SCOPED_TRACE("from " + std::to_string(t0) + " to " + std::to_string(t1));
    const RangeStatistics told = range_statistics(timeline, t0, t1);
    const Sums naive = naive_sums(timeline, t0, t1);
    EXPECT_EQ(told.state_ns, naive.state_ns);
    for (std::size_t level = 1; level <= kProcs; ++level) {
        const DurationNs length = level < told.level_ns.size() ? told.level_ns[level] : 0;
        const auto known = naive.levels.find(level);
        EXPECT_EQ(length, known == naive.levels.end() ? 0 : known->second) << "level " << level;
    }
    DurationNs running = 0;
    for (const ProcStatistics& proc : told.procs)
        running += proc.running_ns;
    EXPECT_EQ(running, told.sums.cpu_ns);
    std::map<GoroutineId, GoroutineStatistics> table;
    for (const GoroutineStatistics& sums : goroutine_statistics(timeline, 1, t0, t1))
        table[sums.id] = sums;
    for (const auto& [id, times] : naive.by_goroutine) {
        for (std::size_t state = 0; state < 5; ++state)
            EXPECT_EQ(table[id].time[state], times[state]) << "goroutine " << id;
    }
}

void check(std::uint64_t seed, int steps, int ranges) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Timeline timeline = schedule(seed, steps);
    Random random(seed, Stream::Scenario);
    const auto end = static_cast<std::uint64_t>(timeline.end());
    expect_equal(timeline, 0, timeline.end());
    for (int i = 0; i < ranges && !testing::Test::HasFailure(); ++i) {
        const auto a = static_cast<TimeNs>(random.uniform(end));
        const auto b = static_cast<TimeNs>(random.uniform(end));
        expect_equal(timeline, std::min(a, b), std::max(a, b) + 1);
    }
}

TEST(RangeStatisticsTest, SumsAreThoseOfTheSpans) {
    const std::uint64_t seed = std::random_device()();
    for (std::uint64_t i = 0; i < 10 && !HasFailure(); ++i)
        check(seed + i, 2'000, 20);
}

TEST(RangeStatisticsTest, TheyAreSoOverSegmentBordersToo) {
    check(std::random_device()(), 150'000, 4);
}

TEST(RangeStatisticsTest, TheyAreSoWhileTheRunGoesOn) {
    const std::uint64_t seed = std::random_device()();
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomScheduler scheduler(seed);
    TimelineBuilder builder;
    for (int part = 0; part < 4 && !HasFailure(); ++part) {
        for (int i = 0; i < 30'000; ++i)
            scheduler.step();
        builder.advance(scheduler.b.snapshot());
        const Timeline timeline = builder.timeline();
        expect_equal(timeline, timeline.end() / 3, timeline.end());
    }
}

TEST(RangeStatisticsTest, CountsAreOfTheEventsInTheRange) {
    const std::uint64_t seed = std::random_device()();
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Timeline timeline = schedule(seed, 100'000);
    const TimeNs t0 = timeline.end() / 5;
    const TimeNs t1 = timeline.end() / 2;
    std::map<EventType, std::uint64_t> counts;
    timeline.recording().for_each([&](const trace::Event& event) {
        const auto time = static_cast<TimeNs>(event.time);
        counts[event.type] += time >= t0 && time < t1 ? 1 : 0;
    });
    const RangeStatistics told = range_statistics(timeline, t0, t1);
    EXPECT_EQ(told.counts.created, counts[EventType::GoCreate]);
    EXPECT_EQ(told.counts.switches, counts[EventType::GoStart]);
    EXPECT_EQ(told.counts.blocks, counts[EventType::GoBlock]);
    EXPECT_EQ(told.counts.wakes, counts[EventType::GoUnblock]);
    EXPECT_EQ(told.latency.total(), counts[EventType::GoStart]);
}

TEST(RangeStatisticsTest, UtilisationIsOfTheTimeOfAllPs) {
    EventBuilder b;
    b.run().procs(2).create(1).start(1).at(50).procs(4, 2).at(100).end(1).end_run();
    const RangeStatistics told = range_statistics(b.timeline(), 0, 100);
    EXPECT_EQ(told.procs_ns, 50 * 2 + 50 * 4);
    EXPECT_DOUBLE_EQ(told.utilisation, 100.0 / 300.0);
}

TEST(RangeStatisticsTest, WaitsAreToldByReason) {
    EventBuilder b;
    b.run().procs(1).create(1).start(1).at(10).block(1, trace::WaitReason::Sleep).at(40);
    b.unblock(1).start(1).at(50).block(1, trace::WaitReason::MutexLock, 3).at(100).end_run();
    const Timeline timeline = b.timeline();
    const RangeStatistics told = range_statistics(timeline, 20, 90);
    EXPECT_EQ(told.wait_ns[static_cast<std::size_t>(trace::WaitReason::Sleep)], 20);
    EXPECT_EQ(told.wait_ns[static_cast<std::size_t>(trace::WaitReason::MutexLock)], 40);
    EXPECT_EQ(told.waiting.total(), 1U);
    const OneGoroutine one = one_goroutine(timeline, 1, 1, 20, 90);
    EXPECT_EQ(one.wait_ns, told.wait_ns);
    EXPECT_EQ(one.slices.total(), 1U);
}

TEST(RangeStatisticsTest, TheRunningCurveHasTheAreaOfTheCpuTime) {
    const std::uint64_t seed = std::random_device()();
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Timeline timeline = schedule(seed, 120'000);
    for (const std::size_t columns : {std::size_t{7}, std::size_t{300}, std::size_t{5'000}}) {
        double area = 0;
        int most = 0;
        for (const RunningColumn& column :
             running_over_time(timeline, 0, timeline.end(), columns)) {
            area +=
                column.mean * static_cast<double>(timeline.end()) / static_cast<double>(columns);
            most = std::max(most, column.most);
        }
        const Statistics sums = statistics(timeline, 0, timeline.end());
        EXPECT_NEAR(area, static_cast<double>(sums.cpu_ns), static_cast<double>(sums.cpu_ns) / 1e4);
        EXPECT_EQ(most, sums.max_running);
    }
}

}  // namespace
}  // namespace golanes::model::test
