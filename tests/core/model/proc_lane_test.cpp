#include <gtest/gtest.h>

#include "tests/core/model/event_builder.h"

namespace golanes::model::test {
namespace {

TEST(ProcLaneTest, APIsIdleWhenItRunsNoGoroutine) {
    EventBuilder b;
    b.run().procs(1).create(1).at(5).start(1).at(8).end(1).at(20).end_run();
    EXPECT_EQ(lane_text(b.timeline(), proc_lane(0)), "idle 0-5, running g1 5-8, idle 8-20");
}

TEST(ProcLaneTest, LanesAppearAndVanishWithTheNumberOfPs) {
    EventBuilder b;
    b.run().procs(1).at(10).procs(3, 1).at(20).procs(2, 3).at(30).end_run();
    const Timeline timeline = b.timeline();
    EXPECT_EQ(lane_text(timeline, proc_lane(0)), "idle 0-30");
    EXPECT_EQ(lane_text(timeline, proc_lane(1)), "idle 10-30");
    EXPECT_EQ(lane_text(timeline, proc_lane(2)), "idle 10-20");
    EXPECT_EQ(timeline.procs_at(5), 1);
    EXPECT_EQ(timeline.procs_at(10), 3);
    EXPECT_EQ(timeline.procs_at(25), 2);
    EXPECT_EQ(timeline.max_procs(), 3);
    EXPECT_EQ(timeline.marks(0, 30).size(), 2U) << "the first count of a run is no change";
    EXPECT_EQ(timeline.lanes(LaneKind::Proc, 21, 30).size(), 2U);
}

TEST(ProcLaneTest, ARunHasNoPsOfTheRunBefore) {
    EventBuilder b;
    b.run(1).procs(3).at(10).end_run().at(20).run(2).at(22).procs(1).at(30).end_run();
    EXPECT_EQ(lane_text(b.timeline(), proc_lane(0)), "idle 0-10, idle 22-30");
    EXPECT_EQ(lane_text(b.timeline(), proc_lane(2)), "idle 0-10");
}

TEST(ProcLaneTest, TheFactsOfTheRunGiveTheNumberOfPsBeforeAnyEventDoes) {
    recording::Meta meta;
    meta.procs = 2;
    EventBuilder b(meta);
    b.run().at(10).end_run();
    EXPECT_EQ(b.timeline().lanes(LaneKind::Proc).size(), 2U);
}

TEST(ProcLaneTest, TheCpusAreThoseOfTheFactsUntilAnEventSaysOthers) {
    recording::Meta meta;
    meta.cpus = 8;
    EventBuilder b(meta);
    b.run(1).at(10).raw(trace::EventType::CpuCount, 2, 0, 8).at(30).end_run();
    b.at(40).run(2).raw(trace::EventType::CpuCount, UINT32_MAX, 0, 0).at(50).end_run();
    const Timeline timeline = b.timeline();
    ASSERT_EQ(timeline.marks(0, 50).size(), 1U) << "what a run begins with is no change";
    EXPECT_EQ(timeline.marks(0, 50)[0].kind, MarkKind::CpuCount);
    EXPECT_EQ(timeline.marks(0, 50)[0].value, 2U);
    EXPECT_EQ(timeline.cpus_at(9), 8);
    EXPECT_EQ(timeline.cpus_at(10), 2);
    EXPECT_EQ(timeline.cpus_at(35), 2) << "the next run begins with them, or says otherwise";
    EXPECT_GT(timeline.cpus_at(45), 8) << "damage becomes no negative number";
}

TEST(ProcLaneTest, AStoppedWorldShowsOnEveryPThatRunsNothing) {
    EventBuilder b;
    b.run().procs(2).create(1).start(1).at(10).raw(EventType::WorldStop, 0, 2);
    b.at(12)
        .stop(1, QueueKind::Global, trace::StopReason::WorldStopped)
        .at(50)
        .raw(EventType::WorldStart, 0, 2)
        .at(60)
        .start(1, QueueKind::Global);
    b.at(70).end(1).end_run();
    const Timeline timeline = b.timeline();
    EXPECT_EQ(lane_text(timeline, proc_lane(0)),
              "running g1 0-12, stopped 12-50, idle 50-60, running g1 60-70");
    EXPECT_EQ(lane_text(timeline, proc_lane(1)), "idle 0-10, stopped 10-50, idle 50-70");
    EXPECT_EQ(timeline.violations(), 0U);
}

TEST(ProcLaneTest, AMachineParksSpinsAndRuns) {
    EventBuilder b;
    b.run()
        .procs(1)
        .raw(EventType::MachineCreate, 1)
        .at(1)
        .raw(EventType::MachinePark, 1)
        .at(5)
        .raw(EventType::MachineUnpark, 1);
    b.at(6)
        .raw(EventType::ProcStart, 1)
        .at(7)
        .raw(EventType::SpinBegin, 1)
        .at(9)
        .create(1)
        .raw(EventType::SpinEnd, 1)
        .start(1);
    b.at(12)
        .end(1)
        .at(15)
        .raw(EventType::ProcStop, 1, 1)
        .raw(EventType::MachinePark, 1)
        .at(20)
        .end_run();
    EXPECT_EQ(
        lane_text(b.timeline(), machine_lane(1)),
        "idle 0-1, parked 1-5, idle 5-7, spinning 7-9, running g1 9-12, idle 12-15, parked 15-20");
}

TEST(ProcLaneTest, ACpuShowsTheGoroutineLastSeenOnIt) {
    EventBuilder b;
    b.run().procs(2).create(1).create(2).on(0, 7).start(1).at(10);
    b.on(1, 7).raw(EventType::GoStart, 2, 0).at(15).end(2).on(0, 7).at(20).end(1);
    EXPECT_EQ(lane_text(b.timeline(), cpu_lane(7)), "running g1 0-10, running g2 10-15");
}

TEST(ProcLaneTest, LossIsDrawnOnTheMachineItsPAndItsGoroutine) {
    EventBuilder b;
    b.run()
        .procs(2)
        .raw(EventType::ProcStart, 4)
        .create(1)
        .start(1)
        .at(50)
        .on(kNoProc)
        .raw(EventType::Loss, 4, 0, 20, 99);
    b.at(60).on(0).end(1);
    const Timeline timeline = b.timeline();
    EXPECT_EQ(lane_text(timeline, machine_lane(4)),
              "running g1 0-30, lost g1 30-50, running g1 50-60");
    EXPECT_EQ(lane_text(timeline, proc_lane(0)),
              "running g1 0-30, lost g1 30-50, running g1 50-60");
    EXPECT_EQ(lane_text(timeline, goroutine_lane(1)), "running 0-30, lost 30-50, running 50-60");
    EXPECT_EQ(lane_text(timeline, proc_lane(1)), "idle 0-60 open");
    ASSERT_EQ(timeline.marks(0, 100).size(), 1U);
    EXPECT_EQ(timeline.marks(0, 100)[0].kind, MarkKind::Loss);
    EXPECT_EQ(timeline.marks(0, 100)[0].value, 99U);
}

}  // namespace
}  // namespace golanes::model::test
