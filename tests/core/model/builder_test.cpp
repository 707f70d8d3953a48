#include <random>

#include <gtest/gtest.h>

#include "core/base/random.h"
#include "tests/core/model/event_builder.h"

namespace golanes::model::test {
namespace {

std::string first_violation(EventBuilder& b) {
    const Timeline timeline = b.timeline();
    return timeline.violation_texts().empty() ? "none" : timeline.violation_texts()[0];
}

TEST(BuilderTest, AnEmptyRecordingIsAnEmptyTimeline) {
    EventBuilder b;
    const Timeline timeline = b.timeline();
    EXPECT_TRUE(timeline.empty());
    EXPECT_TRUE(timeline.runs().empty());
    EXPECT_TRUE(timeline.lanes(LaneKind::Proc).empty());
    EXPECT_EQ(timeline.run_at(0), nullptr);
}

TEST(BuilderTest, AStartOfAGoroutineNobodyMadeIsAViolation) {
    EventBuilder b;
    b.run().raw(EventType::GoStart, 5);
    EXPECT_EQ(first_violation(b), "go_start of goroutine 5, which is not created");
}

TEST(BuilderTest, AStartWhileItWaitsIsAViolationAndTheNewStateHolds) {
    EventBuilder b;
    b.run().create(1).start(1).at(5).block(1).at(9).raw(EventType::GoStart, 1).at(12).end(1);
    EXPECT_EQ(first_violation(b), "go_start of goroutine 1, which is waiting");
    EXPECT_EQ(lane_text(b.timeline(), goroutine_lane(1)), "running 0-5, waiting 5-9, running 9-12");
    EXPECT_EQ(b.timeline().violations(), 1U);
}

TEST(BuilderTest, AViolationIsMarkedAtItsTimeAndPlace) {
    EventBuilder b;
    b.run().create(1).at(7).on(3).raw(EventType::GoEnd, 1);
    const auto marks = b.timeline().marks(0, 10);
    ASSERT_EQ(marks.size(), 1U);
    EXPECT_EQ(marks[0].kind, MarkKind::Violation);
    EXPECT_EQ(marks[0].time, 7);
    EXPECT_EQ(marks[0].p, 3);
    EXPECT_EQ(marks[0].g, 1U);
    EXPECT_EQ(marks[0].text, "go_end of goroutine 1, which is runnable");
}

TEST(BuilderTest, TwoGoroutinesOnOnePAreAViolation) {
    EventBuilder b;
    b.run().create(1).create(2).start(1).start(2);
    EXPECT_EQ(first_violation(b), "goroutine 2 starts on P 0, which still runs goroutine 1");
}

TEST(BuilderTest, AStartOnAPThatDoesNotExistIsAViolationAndDrawsNoLane) {
    EventBuilder b;
    b.run().procs(1).on(4).create(1);
    EXPECT_EQ(first_violation(b), "go_create on P 4, which does not exist");
    EXPECT_EQ(b.timeline().lanes(LaneKind::Proc, 0, 100).size(), 0U);
}

TEST(BuilderTest, ManyViolationsAreCountedAndTheFirstTwentyKeepTheirText) {
    EventBuilder b;
    b.run();
    for (GoroutineId g = 1; g <= 50; ++g)
        b.raw(EventType::GoUnblock, g);
    EXPECT_EQ(b.timeline().violations(), 50U);
    EXPECT_EQ(b.timeline().violation_texts().size(), 20U);
}

TEST(BuilderTest, AfterALossOneOddStepOfEachGoroutineIsForgiven) {
    EventBuilder b;
    b.run().procs(1).create(1).start(1).at(5).block(1).at(9).raw(EventType::Loss, 0, 0, 3, 2);
    b.raw(EventType::GoStart, 1).raw(EventType::GoStart, 77).at(12).raw(EventType::GoEnd, 77);
    EXPECT_EQ(first_violation(b), "none");
    b.raw(EventType::GoEnd, 77);
    EXPECT_EQ(first_violation(b), "go_end of goroutine 77, which is ended");
}

TEST(BuilderTest, ANewRunEndsTheForgivenessOfALoss) {
    EventBuilder b;
    b.run(1).raw(EventType::Loss, 0, 0, 3, 2).end_run().run(2).raw(EventType::GoStart, 5);
    EXPECT_EQ(first_violation(b), "go_start of goroutine 5, which is not created");
}

TEST(BuilderTest, EventsOfGoroutinesOutsideARunAreViolations) {
    EventBuilder b;
    b.run(1).end_run().create(4);
    EXPECT_EQ(first_violation(b), "go_create of goroutine 4 outside a run");
}

TEST(BuilderTest, MarksTellPreemptionGrowthLogsAndChecks) {
    EventBuilder b;
    b.run().create(1).start(1).at(1).raw(EventType::StackSize, 1, 0, trace::pack_pair(4096, 8192));
    b.at(2)
        .raw(EventType::StackSize, 1, 0, trace::pack_pair(8192, 4096))
        .at(3)
        .raw(EventType::Log, 1, 0, 6);
    b.at(4)
        .raw(EventType::Check, 1, 0, 7)
        .at(5)
        .stop(1, QueueKind::Global, trace::StopReason::Preempted);
    const auto marks = b.timeline().marks(0, 10);
    ASSERT_EQ(marks.size(), 4U);
    EXPECT_EQ(marks[0].kind, MarkKind::StackGrowth);
    EXPECT_EQ(marks[0].value, 8192U);
    EXPECT_EQ(marks[1].kind, MarkKind::Log);
    EXPECT_EQ(marks[1].value, 6U);
    EXPECT_EQ(marks[2].kind, MarkKind::Check);
    EXPECT_EQ(marks[2].text, "fails");
    EXPECT_EQ(marks[3].kind, MarkKind::Preempted);
    EXPECT_EQ(b.timeline().marks(3, 5).size(), 2U);
}

TEST(BuilderTest, AGoroutineKnowsTheMostItsStackHad) {
    EventBuilder b;
    b.run().create(1).start(1).at(1).raw(EventType::StackSize, 1, 0, trace::pack_pair(4096, 8192));
    b.raw(EventType::StackSize, 1, 0, trace::pack_pair(8192, 65536)).create(2).at(2).end(1);
    b.raw(EventType::StackSize, 1, 2, trace::pack_pair(65536, 4096));
    const Timeline timeline = b.timeline();
    EXPECT_EQ(timeline.goroutine(1, 1)->stack_bytes, 65536U) << "it shrank after the end";
    EXPECT_EQ(timeline.goroutine(1, 2)->stack_bytes, 0U) << "not said";
}

// Damaged files reach us too: whatever the bits say, there is a timeline and it answers.
TEST(BuilderTest, RandomBitsNeverCrash) {
    const std::uint64_t seed = std::random_device()();
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed, Stream::Scenario);
    for (int round = 0; round < 20; ++round) {
        EventBuilder b;
        for (int i = 0; i < 2000; ++i) {
            const bool small = random.uniform(4) != 0;
            b.at(static_cast<TimeNs>(small ? static_cast<std::uint64_t>(i) : random.next() >> 1));
            b.on(static_cast<ProcId>(random.uniform(small ? 4 : 65536)),
                 static_cast<CpuId>(random.uniform(small ? 4 : 65536)));
            b.raw(static_cast<EventType>(random.uniform(60)),
                  static_cast<std::uint32_t>(small ? random.uniform(6) : random.next()),
                  static_cast<std::uint8_t>(random.next()),
                  small ? random.uniform(8) : random.next(),
                  static_cast<std::uint32_t>(random.uniform(5)));
        }
        const Timeline timeline = b.timeline();
        for (const LaneKind kind :
             {LaneKind::Proc, LaneKind::Goroutine, LaneKind::Machine, LaneKind::Cpu}) {
            for (const LaneId lane : timeline.lanes(kind))
                static_cast<void>(lane_text(timeline, lane));
        }
        static_cast<void>(timeline.queues_at(timeline.end() / 2));
        static_cast<void>(timeline.queues_at(timeline.end()));
    }
}

}  // namespace
}  // namespace golanes::model::test
