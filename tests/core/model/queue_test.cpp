#include <gtest/gtest.h>

#include "tests/core/model/event_builder.h"

namespace golanes::model::test {
namespace {

using trace::MoveReason;
using trace::QueueId;
using Contents = std::vector<GoroutineId>;

constexpr QueueId kGlobal{QueueKind::Global, 0};

constexpr QueueId ring(ProcId p) {
    return {QueueKind::Ring, p};
}

TEST(QueueTest, PutsAndTakesKeepTheOrderOfTheRing) {
    EventBuilder b;
    b.run().procs(1).create(1).create(2).create(3).at(10).start(1).at(20).end(1).start(2);
    const Timeline timeline = b.timeline();
    EXPECT_EQ(timeline.queues_at(5).procs[0].ring, (Contents{1, 2, 3}));
    EXPECT_EQ(timeline.queues_at(10).procs[0].ring, (Contents{2, 3}));
    EXPECT_EQ(timeline.queues_at(10).procs[0].running, 1U);
    EXPECT_EQ(timeline.queues_at(20).procs[0].ring, Contents{3});
    EXPECT_EQ(timeline.queues_at(20).procs[0].running, 2U);
    EXPECT_EQ(timeline.violations(), 0U);
}

TEST(QueueTest, EventsOfOneInstantAreToldApartByTheirNumbers) {
    EventBuilder b;
    b.run().procs(1).at(7).create(1).create(2).start(1);
    const Timeline timeline = b.timeline();
    const std::uint64_t last = timeline.recording().end_index() - 1;
    EXPECT_EQ(timeline.queues_after(last - 2).procs[0].ring, Contents{1});
    EXPECT_EQ(timeline.queues_after(last - 1).procs[0].ring, (Contents{1, 2}));
    EXPECT_EQ(timeline.queues_after(last).procs[0].ring, Contents{2});
    EXPECT_EQ(timeline.queues_at(7).procs[0].ring, Contents{2});
    EXPECT_TRUE(timeline.queues_at(-1).procs.empty()) << "before the first event";
}

TEST(QueueTest, AGoStatementDisplacesTheOldRunnextToTheRing) {
    EventBuilder b;
    b.run()
        .procs(1)
        .create(1, QueueKind::Runnext)
        .at(1)
        .displace(EventType::GoCreate, 2)
        .at(2)
        .start(2, QueueKind::Runnext);
    const Timeline timeline = b.timeline();
    EXPECT_EQ(timeline.queues_at(1).procs[0].runnext, 2U);
    EXPECT_EQ(timeline.queues_at(1).procs[0].ring, Contents{1});
    EXPECT_EQ(timeline.queues_at(2).procs[0].runnext, 0U);
    EXPECT_EQ(timeline.violations(), 0U);
}

TEST(QueueTest, AFullRingSendsHalfAndTheDisplacedToTheGlobalQueue) {
    EventBuilder b;
    b.run().procs(1).create(1).create(2).create(3).create(4).create(5, QueueKind::Runnext).at(5);
    b.move(MoveReason::Overflow, ring(0), kGlobal, 2);
    const auto flags = static_cast<std::uint8_t>(static_cast<unsigned>(QueueKind::Runnext) |
                                                 trace::put_flag::kDisplacedToGlobal);
    b.raw(EventType::GoCreate, 6, flags, trace::pack_pair(0, 2));
    const Queues queues = b.timeline().queues_at(5);
    EXPECT_EQ(queues.global, (Contents{1, 2, 5}));
    EXPECT_EQ(queues.procs[0].ring, (Contents{3, 4}));
    EXPECT_EQ(queues.procs[0].runnext, 6U);
    EXPECT_EQ(b.timeline().violations(), 0U);
}

TEST(QueueTest, AThiefRunsTheNewestOfItsBatch) {
    EventBuilder b;
    b.run().procs(2);
    for (GoroutineId g = 1; g <= 5; ++g)
        b.create(g);
    b.at(5).on(1).move(MoveReason::Steal, ring(0), ring(1), 3).at(6).start(3, QueueKind::None);
    const Timeline timeline = b.timeline();
    const Queues queues = timeline.queues_at(6);
    EXPECT_EQ(queues.procs[0].ring, (Contents{4, 5}));
    EXPECT_EQ(queues.procs[1].ring, (Contents{1, 2}));
    EXPECT_EQ(queues.procs[1].running, 3U);
    EXPECT_EQ(timeline.violations(), 0U);
    EXPECT_EQ(timeline.marks(5, 6).at(0).kind, MarkKind::Steal);
    EXPECT_EQ(timeline.marks(5, 6).at(0).value, 3U);
}

TEST(QueueTest, AGlobalBatchRunsItsOldest) {
    EventBuilder b;
    b.run().procs(1);
    for (GoroutineId g = 1; g <= 4; ++g)
        b.create(g, QueueKind::Global);
    b.at(5).move(MoveReason::GlobalBatch, kGlobal, ring(0), 3).start(1, QueueKind::None);
    const Timeline timeline = b.timeline();
    EXPECT_EQ(timeline.queues_at(5).global, Contents{4});
    EXPECT_EQ(timeline.queues_at(5).procs[0].ring, (Contents{2, 3}));
    EXPECT_EQ(timeline.violations(), 0U);
}

TEST(QueueTest, AStolenRunnextIsInTheThiefsHand) {
    EventBuilder b;
    b.run().procs(2).create(7, QueueKind::Runnext).at(5).on(1);
    b.raw(EventType::Move,
          std::uint32_t{trace::pack({QueueKind::Runnext, 0})} << 16,
          static_cast<std::uint8_t>(MoveReason::Steal),
          7,
          1);
    b.start(7, QueueKind::None);
    const Timeline timeline = b.timeline();
    EXPECT_EQ(timeline.queues_at(5).procs[0].runnext, 0U);
    EXPECT_EQ(timeline.queues_at(5).procs[1].running, 7U);
    EXPECT_EQ(timeline.violations(), 0U);
}

TEST(QueueTest, AStealOfRunnextThatIsToldLateIsNoContradiction) {
    EventBuilder b;
    b.run().procs(2).create(7, QueueKind::Runnext).at(5).create(8, QueueKind::Runnext).at(6).on(1);
    b.raw(EventType::Move,
          std::uint32_t{trace::pack({QueueKind::Runnext, 0})} << 16,
          static_cast<std::uint8_t>(MoveReason::Steal),
          7,
          1);
    b.start(7, QueueKind::None);
    const Timeline timeline = b.timeline();
    EXPECT_EQ(timeline.queues_at(6).procs[0].runnext, 8U);
    EXPECT_EQ(timeline.violations(), 0U);
}

TEST(QueueTest, ARemovedPsRingGoesToTheFrontOfTheGlobalQueue) {
    EventBuilder b;
    b.run()
        .procs(2)
        .create(1, QueueKind::Global)
        .create(2, QueueKind::Global)
        .on(1)
        .create(3)
        .create(4)
        .on(0);
    b.at(5)
        .move(MoveReason::ProcRemoved, ring(1), kGlobal, 2)
        .procs(1, 2)
        .at(6)
        .start(3, QueueKind::Global)
        .at(7)
        .create(5, QueueKind::Global);
    const Timeline timeline = b.timeline();
    EXPECT_EQ(timeline.queues_at(5).global, (Contents{3, 4, 1, 2}));
    EXPECT_EQ(timeline.queues_at(5).procs.size(), 1U);
    EXPECT_EQ(timeline.queues_at(7).global, (Contents{4, 1, 2, 5}));
    EXPECT_EQ(timeline.violations(), 0U);
}

TEST(QueueTest, ARemovedPsRunnextGoesBeforeItsRing) {
    EventBuilder b;
    b.run()
        .procs(2)
        .create(1, QueueKind::Global)
        .on(1)
        .create(2)
        .create(3, QueueKind::Runnext)
        .on(0)
        .at(5);
    b.move(MoveReason::ProcRemoved, ring(1), kGlobal, 1);
    b.raw(EventType::Move,
          (std::uint32_t{trace::pack({QueueKind::Runnext, 1})} << 16) | trace::pack(kGlobal),
          static_cast<std::uint8_t>(MoveReason::ProcRemoved),
          trace::pack_pair(3, 3),
          1);
    const Timeline timeline = b.procs(1, 2).timeline();
    EXPECT_EQ(timeline.queues_at(5).global, (Contents{3, 2, 1}));
    EXPECT_EQ(timeline.violations(), 0U);
}

TEST(QueueTest, AnIndexThatContradictsTheReplayIsAViolationWithItsNumbers) {
    EventBuilder b;
    b.run().procs(1).create(1);
    b.raw(EventType::GoCreate, 2, static_cast<std::uint8_t>(QueueKind::Ring), 5);
    const Timeline timeline = b.timeline();
    ASSERT_EQ(timeline.violations(), 1U);
    EXPECT_EQ(timeline.violation_texts()[0], "goroutine 2 is put: P 0's ring, index 5, expected 1");
}

TEST(QueueTest, ATakeOfSomebodyElseIsAViolation) {
    EventBuilder b;
    b.run().procs(1).create(1).create(2).start(2);
    const Timeline timeline = b.timeline();
    ASSERT_EQ(timeline.violations(), 1U);
    EXPECT_EQ(timeline.violation_texts()[0],
              "goroutine 2 is taken: P 0's ring, but the one there is goroutine 1");
}

TEST(QueueTest, LengthsOfARingCountItsRunnext) {
    EventBuilder b;
    b.run()
        .procs(1)
        .at(1)
        .create(1)
        .at(2)
        .create(2, QueueKind::Runnext)
        .at(5)
        .start(2, QueueKind::Runnext)
        .at(9)
        .end_run();
    const auto steps = b.timeline().queue_lengths(ring(0), 2, 9);
    ASSERT_EQ(steps.size(), 3U);
    EXPECT_EQ(steps[0].time, 1) << "the one in force comes first";
    EXPECT_EQ(steps[0].length, 1U);
    EXPECT_EQ(steps[1].length, 2U);
    EXPECT_EQ(steps[2].time, 5);
    EXPECT_EQ(steps[2].length, 1U);
}

TEST(QueueTest, AllQueuesAreEmptyAfterTheRun) {
    EventBuilder b;
    b.run()
        .procs(1)
        .create(1)
        .create(2, QueueKind::Global)
        .at(5)
        .end_run()
        .at(6)
        .raw(EventType::Log, 0);
    const Timeline timeline = b.timeline();
    EXPECT_TRUE(timeline.queues_at(5).global.empty());
    EXPECT_TRUE(timeline.queues_at(5).procs[0].ring.empty());
    EXPECT_EQ(timeline.queue_lengths(kGlobal, 5, 7).back().length, 0U);
}

TEST(QueueTest, AfterALossTheQueuesFindTheirIndicesAgain) {
    EventBuilder b;
    b.run().procs(1).create(1).create(2).create(3).at(5).raw(EventType::Loss, 0, 0, 1, 4);
    b.raw(EventType::GoStart, 3, static_cast<std::uint8_t>(QueueKind::Ring), 2).at(6);
    b.raw(EventType::GoCreate, 9, static_cast<std::uint8_t>(QueueKind::Ring), 8);
    const Timeline timeline = b.timeline();
    EXPECT_EQ(timeline.violations(), 0U);
    EXPECT_EQ(timeline.queues_at(6).procs[0].ring, Contents{9});
}

TEST(QueueTest, PsNobodyCountedExistFromTheirFirstUse) {
    EventBuilder b;
    b.run().create(1).at(5).on(2).create(2).at(9).end_run();
    EXPECT_EQ(b.timeline().queues_at(4).procs.size(), 1U);
    ASSERT_EQ(b.timeline().queues_at(5).procs.size(), 3U);
    EXPECT_EQ(b.timeline().queues_at(5).procs[2].ring, Contents{2});
}

TEST(QueueTest, BeforeTheTimelineNothingIsKnown) {
    EventBuilder b;
    b.at(100).run().procs(1);
    EXPECT_TRUE(b.timeline().queues_at(50).procs.empty());
    EXPECT_TRUE(Timeline().queues_at(0).procs.empty());
}

}  // namespace
}  // namespace golanes::model::test
