#include "core/model/statistics.h"

#include <gtest/gtest.h>

#include "tests/core/model/event_builder.h"

namespace golanes::model::test {
namespace {

// P 0 runs goroutine 1 in [0, 100), P 1 runs goroutine 2 in [40, 80).
EventBuilder& two_lanes(EventBuilder& b) {
    return b.run()
        .procs(2)
        .create(1)
        .start(1)
        .at(40)
        .on(1)
        .create(2)
        .start(2)
        .at(80)
        .end(2)
        .on(0)
        .at(100)
        .end(1)
        .at(120)
        .end_run();
}

TEST(StatisticsTest, CpuTimeOverlapAndParallelismOfTwoLanes) {
    EventBuilder b;
    const Statistics s = statistics(two_lanes(b).timeline(), 0, 200);
    EXPECT_EQ(s.wall_ns, 120);
    EXPECT_EQ(s.cpu_ns, 140);
    EXPECT_EQ(s.overlap_ns, 40);
    EXPECT_EQ(s.max_running, 2);
    EXPECT_DOUBLE_EQ(s.parallelism, 140.0 / 120.0);
    EXPECT_EQ(s.goroutines, 2U);
    EXPECT_EQ(s.switches, 2U);
}

TEST(StatisticsTest, ARangeCutsTheSpansAtItsEnds) {
    EventBuilder b;
    const Statistics s = statistics(two_lanes(b).timeline(), 50, 90);
    EXPECT_EQ(s.wall_ns, 40);
    EXPECT_EQ(s.cpu_ns, 70);
    EXPECT_EQ(s.overlap_ns, 30);
    EXPECT_EQ(s.goroutines, 0U);
}

TEST(StatisticsTest, OneAfterAnotherIsNoOverlap) {
    EventBuilder b;
    b.run()
        .procs(2)
        .create(1)
        .start(1)
        .at(10)
        .end(1)
        .on(1)
        .create(2)
        .start(2)
        .at(20)
        .end(2)
        .end_run();
    const Statistics s = statistics(b.timeline(), 0, 20);
    EXPECT_EQ(s.max_running, 1);
    EXPECT_EQ(s.overlap_ns, 0);
}

TEST(StatisticsTest, WhoHasNoCpuDoesNotRun) {
    EventBuilder b;
    b.run().procs(2).create(1).start(1).on(1).create(2).start(2).at(50).raw(
        EventType::OffCpu, 2, 0, 50);
    b.on(0)
        .raw(EventType::OffCpu, 1, 0, 0)
        .at(100)
        .raw(EventType::OffCpu, 1, 0, 50)
        .end(1)
        .on(1)
        .end(2)
        .end_run();
    const Statistics s = statistics(b.timeline(), 0, 100);
    EXPECT_EQ(s.cpu_ns, 100);
    EXPECT_EQ(s.off_cpu_ns, 100);
    EXPECT_EQ(s.max_running, 1) << "two Ps took turns on one core";
    EXPECT_EQ(s.overlap_ns, 0);
}

TEST(StatisticsTest, PausesBetweenRunsAreNoWallTime) {
    EventBuilder b;
    b.at(0).run(1).at(10).end_run().at(100).run(2).at(105).create(1);
    EXPECT_EQ(statistics(b.timeline(), 0, 1000).wall_ns, 15);
}

TEST(StatisticsTest, StealsAndPreemptionsAreCounted) {
    EventBuilder b;
    b.run().procs(2).create(1).create(2).start(1).at(5).stop(
        1, QueueKind::Global, trace::StopReason::Preempted);
    b.on(1)
        .move(trace::MoveReason::Steal, {QueueKind::Ring, 0}, {QueueKind::Ring, 1}, 1)
        .start(2, QueueKind::None)
        .at(9)
        .end_run();
    const Statistics s = statistics(b.timeline(), 0, 9);
    EXPECT_EQ(s.steals, 1U);
    EXPECT_EQ(s.preemptions, 1U);
    EXPECT_EQ(b.timeline().violations(), 0U);
}

TEST(StatisticsTest, SpansOverManyChunksAreCountedOnce) {
    EventBuilder b;
    b.run().procs(2).create(1).start(1).on(1).create(2);
    for (std::size_t i = 0; i < recording::kChunkEvents; ++i)
        b.after(1).start(2).after(1).stop(2, QueueKind::Ring);
    const TimeNs end = b.now();
    const Statistics s = statistics(b.timeline(), 0, end);
    EXPECT_EQ(s.cpu_ns, end + end / 2);
    EXPECT_EQ(s.overlap_ns, end / 2);
    EXPECT_EQ(s.max_running, 2);
}

TEST(StatisticsTest, AnEmptyRangeIsAllZero) {
    EventBuilder b;
    const Statistics s = statistics(two_lanes(b).timeline(), 50, 50);
    EXPECT_EQ(s.wall_ns, 0);
    EXPECT_EQ(s.parallelism, 0);
}

}  // namespace
}  // namespace golanes::model::test
