#include <gtest/gtest.h>

#include "tests/core/model/event_builder.h"

namespace golanes::model::test {
namespace {

using trace::WaitReason;

TEST(GoroutineLaneTest, ALifeIsTheSequenceOfItsStates) {
    EventBuilder b;
    b.run()
        .create(1)
        .at(3)
        .start(1)
        .at(10)
        .block(1, WaitReason::ChanSend, 4)
        .at(30)
        .unblock(1)
        .at(31)
        .start(1)
        .at(40)
        .end(1);
    const Timeline timeline = b.timeline();
    EXPECT_EQ(lane_text(timeline, goroutine_lane(1)),
              "runnable 0-3, running 3-10, waiting 10-30, runnable 30-31, running 31-40");
    EXPECT_EQ(timeline.violations(), 0U);
}

TEST(GoroutineLaneTest, AWaitingSpanNamesReasonObjectAndPlace) {
    EventBuilder b;
    b.run().create(1).start(1).at(5).place(9).block(1, WaitReason::MutexLock, 4).at(9);
    b.raw(EventType::SearchEmpty, 1);
    const auto span = b.timeline().span_at(goroutine_lane(1), 7);
    ASSERT_TRUE(span);
    EXPECT_EQ(span->detail, static_cast<std::uint8_t>(WaitReason::MutexLock));
    EXPECT_EQ(span->object, 4U);
    EXPECT_EQ(span->where, 9);
}

TEST(GoroutineLaneTest, ARunningSpanNamesPCpuAndWhyItStopped) {
    EventBuilder b;
    b.run().on(2, 5).create(1).start(1).at(8).stop(
        1, QueueKind::Global, trace::StopReason::Preempted);
    const auto span = b.timeline().span_at(goroutine_lane(1), 4);
    ASSERT_TRUE(span);
    EXPECT_EQ(span->p, 2);
    EXPECT_EQ(span->cpu, 5);
    EXPECT_EQ(span->detail, static_cast<std::uint8_t>(trace::StopReason::Preempted));
}

TEST(GoroutineLaneTest, WhatGoesOnAtTheEndIsOpen) {
    EventBuilder b;
    b.run().create(1).at(4).start(1).at(9).create(2);
    const Timeline timeline = b.timeline();
    EXPECT_EQ(lane_text(timeline, goroutine_lane(1)), "runnable 0-4, running 4-9 open");
    EXPECT_EQ(timeline.end(), 9);
    EXPECT_EQ(timeline.goroutine(1, 1)->run_ns, 5) << "the open stretch counts";
    EXPECT_EQ(timeline.goroutine(1, 1)->ended, -1);
}

TEST(GoroutineLaneTest, AnOffCpuGapIsCutOutOfTheRunningSpan) {
    EventBuilder b;
    b.run()
        .raw(EventType::ProcStart, 1)
        .on(0, 3)
        .create(1)
        .start(1)
        .at(100)
        .raw(EventType::OffCpu, 1, 0, 30)
        .at(120)
        .end(1);
    const Timeline timeline = b.timeline();
    EXPECT_EQ(lane_text(timeline, goroutine_lane(1)),
              "running 0-70, offcpu 70-100, running 100-120");
    EXPECT_EQ(lane_text(timeline, proc_lane(0)),
              "running g1 0-70, offcpu g1 70-100, running g1 100-120");
    EXPECT_EQ(lane_text(timeline, machine_lane(1)),
              "running g1 0-70, offcpu g1 70-100, running g1 100-120");
    EXPECT_EQ(lane_text(timeline, cpu_lane(3)), "running g1 0-70, running g1 100-120");
    EXPECT_EQ(timeline.goroutine(1, 1)->run_ns, 90);
    EXPECT_EQ(timeline.goroutine(1, 1)->off_cpu_ns, 30);
}

TEST(GoroutineLaneTest, AnOffCpuGapReachesNoFurtherThanTheRunningSpan) {
    EventBuilder b;
    b.run().create(1).at(50).start(1).at(60).raw(EventType::OffCpu, 1, 0, UINT64_MAX).at(70).end(1);
    EXPECT_EQ(lane_text(b.timeline(), goroutine_lane(1)),
              "runnable 0-50, offcpu 50-60, running 60-70");
}

TEST(GoroutineLaneTest, ABlockingCallKeepsItsMachineAndFreesItsP) {
    EventBuilder b;
    b.run().raw(EventType::ProcStart, 1).create(1).start(1).at(10).raw(EventType::BlockingBegin, 1);
    b.raw(EventType::ProcStop, 1, static_cast<std::uint8_t>(trace::ProcStopReason::HandOff))
        .at(50)
        .raw(EventType::BlockingEnd, 1);
    b.at(55).unblock(1, QueueKind::Global).at(60).raw(EventType::RunEnd, 1, 1);
    const Timeline timeline = b.timeline();
    EXPECT_EQ(lane_text(timeline, goroutine_lane(1)),
              "running 0-10, blocking 10-55, runnable 55-60");
    EXPECT_EQ(lane_text(timeline, machine_lane(1)),
              "running g1 0-10, blocking g1 10-50, idle 50-60");
    EXPECT_EQ(lane_text(timeline, proc_lane(0)), "running g1 0-10, idle 10-60");
    EXPECT_EQ(timeline.violations(), 0U);
    EXPECT_EQ(timeline.goroutine(1, 1)->blocking_ns, 45);
}

TEST(GoroutineLaneTest, AKilledGoroutineKeepsTheStateItWasKilledIn) {
    EventBuilder b;
    b.run()
        .create(1)
        .start(1)
        .at(5)
        .block(1, WaitReason::Select)
        .at(9)
        .kill(1)
        .end_run(trace::RunStatus::Deadlock);
    const auto info = b.timeline().goroutine(1, 1);
    ASSERT_TRUE(info);
    EXPECT_EQ(info->end_kind, EventType::GoKilled);
    EXPECT_EQ(info->ended, 9);
    EXPECT_EQ(info->state, State::Waiting);
    EXPECT_EQ(info->reason, WaitReason::Select);
}

TEST(GoroutineLaneTest, OfAPanicAndAKillThePanicIsWhatEndedIt) {
    EventBuilder b;
    b.run().create(1).start(1).at(5).raw(EventType::GoPanic, 1).at(9).kill(1);
    const Timeline timeline = b.timeline();
    EXPECT_EQ(timeline.goroutine(1, 1)->end_kind, EventType::GoPanic);
    EXPECT_EQ(timeline.violations(), 0U);
    ASSERT_EQ(timeline.marks(0, 10).size(), 1U);
    EXPECT_EQ(timeline.marks(0, 10)[0].kind, MarkKind::Panic);
}

TEST(GoroutineLaneTest, AStretchWithoutLengthIsASpanOnlyIfTheGoroutineRan) {
    EventBuilder b;
    b.run().create(1).start(1).block(1).unblock(1).start(1).end(1).at(5).create(2);
    EXPECT_EQ(lane_text(b.timeline(), goroutine_lane(1)), "running 0-0, running 0-0");
}

}  // namespace
}  // namespace golanes::model::test
