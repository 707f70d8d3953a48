#include "core/model/wait_chain.h"

#include <gtest/gtest.h>

#include "tests/core/model/event_builder.h"

namespace golanes::model::test {
namespace {

using trace::WaitReason;

EventBuilder& take(EventBuilder& b, GoroutineId g, ObjectId lock, std::uint8_t flags = 0) {
    return b.raw(EventType::LockAcquire, g, flags, trace::pack_pair(lock, 0));
}

// Each of n goroutines takes the lock of its number, then wants the next one's.
EventBuilder& philosophers(EventBuilder& b, GoroutineId n) {
    b.run().procs(static_cast<std::uint32_t>(n));
    for (GoroutineId g = 1; g <= n; ++g)
        take(b.on(static_cast<ProcId>(g - 1)).create(g).start(g), g, g);
    for (GoroutineId g = 1; g <= n; ++g)
        b.after(1).on(static_cast<ProcId>(g - 1)).block(g, WaitReason::MutexLock, g % n + 1);
    return b.after(5);
}

std::string text(const std::vector<WaitEdge>& edges) {
    std::string text;
    for (const WaitEdge& edge : edges) {
        text += text.empty() ? "" : ", ";
        text += std::to_string(edge.waiter) + ">" + std::to_string(edge.on);
    }
    return text;
}

TEST(WaitChainTest, ARingOfLocksIsADeadlockCycle) {
    EventBuilder b;
    philosophers(b, 3).end_run(trace::RunStatus::Deadlock);
    const Timeline timeline = b.timeline();
    const auto cycles = deadlock_cycles(timeline, timeline.end());
    ASSERT_EQ(cycles.size(), 1U);
    EXPECT_EQ(text(cycles[0]), "1>2, 2>3, 3>1");
    EXPECT_EQ(cycles[0][1].object, 3U);
    const WaitChain chain = wait_chain(timeline, timeline.end(), 2);
    EXPECT_TRUE(chain.is_cycle);
    EXPECT_EQ(text(chain.edges), "2>3, 3>1, 1>2");
}

TEST(WaitChainTest, AChainThatEndsAtOneThatRunsIsNoCycle) {
    EventBuilder b;
    b.run().procs(2);
    take(b.create(1).start(1), 1, 7);
    b.on(1).create(2).start(2).at(3).block(2, WaitReason::MutexLock, 7).at(10);
    b.on(0).create(3, QueueKind::Ring, 1);
    const Timeline timeline = b.timeline();
    EXPECT_TRUE(deadlock_cycles(timeline, 5).empty());
    const WaitChain chain = wait_chain(timeline, 5, 2);
    EXPECT_EQ(text(chain.edges), "2>1");
    EXPECT_EQ(chain.last, 1U);
    EXPECT_FALSE(chain.is_cycle);
    EXPECT_EQ(chain.edges[0].cause, WaitCause::Holds);
}

TEST(WaitChainTest, TheWaitForAChannelIsForWhoeverEndedIt) {
    EventBuilder b;
    b.run().procs(1).create(1).start(1).at(3).block(1, WaitReason::ChanReceive, 4);
    b.create(2).start(2).at(9).unblock(1, QueueKind::Ring, 2).at(10).end(2);
    const WaitChain chain = wait_chain(b.timeline(), 5, 1);
    ASSERT_EQ(text(chain.edges), "1>2");
    EXPECT_EQ(chain.edges[0].cause, WaitCause::WokeIt);
}

TEST(WaitChainTest, WhomATimerWakesWaitsForNobody) {
    EventBuilder b;
    b.run().procs(1).create(1).start(1).at(3).block(1, WaitReason::Sleep).at(9).unblock(1);
    EXPECT_TRUE(wait_chain(b.timeline(), 5, 1).edges.empty());
}

TEST(WaitChainTest, AReaderThatReadsAgainWaitsForTheWriterThatWaitsForIt) {
    EventBuilder b;
    b.run().procs(2);
    take(b.create(1).start(1), 1, 7, trace::lock_flag::kRead);
    b.on(1).create(2).start(2).at(3).block(2, WaitReason::RWMutexLock, 7);
    b.on(0).at(5).block(1, WaitReason::RWMutexRLock, 7).at(9);
    b.end_run(trace::RunStatus::Deadlock);
    const Timeline timeline = b.timeline();
    const auto cycles = deadlock_cycles(timeline, timeline.end());
    ASSERT_EQ(cycles.size(), 1U);
    EXPECT_EQ(text(cycles[0]), "1>2, 2>1");
    EXPECT_EQ(cycles[0][0].cause, WaitCause::WaitsAhead);
}

TEST(WaitChainTest, WhoLocksTwiceWaitsForItself) {
    EventBuilder b;
    b.run().procs(1);
    take(b.create(1).start(1), 1, 7);
    b.at(3).block(1, WaitReason::MutexLock, 7).at(4).end_run(trace::RunStatus::Deadlock);
    const Timeline timeline = b.timeline();
    const auto cycles = deadlock_cycles(timeline, timeline.end());
    ASSERT_EQ(cycles.size(), 1U);
    EXPECT_EQ(text(cycles[0]), "1>1");
}

}  // namespace
}  // namespace golanes::model::test
