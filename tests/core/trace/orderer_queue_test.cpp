// Queue indices order what no goroutine's own count can: who came first at a queue. In each test
// the stamps are inverted against the indices.
#include <initializer_list>

#include <gtest/gtest.h>

#include "core/trace/orderer.h"
#include "tests/core/trace/helpers.h"

namespace golanes::trace::test {
namespace {

using enum EventType;

constexpr QueueId kGlobal{QueueKind::Global, 0};

QueueId ring(ProcId p) {
    return {QueueKind::Ring, p};
}

class OrdererQueueTest : public testing::Test {
 protected:
    // Goroutines `first`.. stand in P p's ring from index 0 on.
    void fill_ring(ProcId p, GoroutineId first, std::uint32_t count) {
        for (std::uint32_t i = 0; i < count; ++i)
            add(0, at(of_goroutine(GoCreate, ++time_, first + i, 1, p), QueueKind::Ring, i));
    }

    void fill_global(GoroutineId first, std::uint32_t count) {
        for (std::uint32_t i = 0; i < count; ++i)
            add(0, at(of_goroutine(GoCreate, ++time_, first + i, 1), QueueKind::Global, i));
    }

    void fill_runnext(ProcId p, GoroutineId g) {
        add(0, at(of_goroutine(GoCreate, ++time_, g, 1, p), QueueKind::Runnext, 0));
    }

    void add(std::size_t source, const Event& event) { orderer_.add(source, &event, 1); }

    // What comes out after the events that filled the queues, all in the order told.
    void expect_order(std::initializer_list<Event> expected) {
        std::vector<Event> out;
        orderer_.release(10'000, out);
        ASSERT_EQ(out.size(), time_ + expected.size());
        std::size_t i = time_;
        for (const Event& event : expected) {
            EXPECT_EQ(out[i].type, event.type) << i;
            EXPECT_EQ(out[i].a, event.a) << i;
            ++i;
        }
        EXPECT_EQ(orderer_.unordered(), 0U);
    }

    // Each on a thread of its own, with stamps against their order.
    void expect_sorted(std::initializer_list<Event> events) {
        std::uint64_t stamp = 900;
        std::size_t source = 1;
        for (Event event : events) {
            event.time = stamp -= 10;
            add(source++, event);
        }
        expect_order(events);
    }

    Orderer orderer_{100'000};
    std::uint64_t time_ = 0;  // also the number of events that filled the queues
};

TEST_F(OrdererQueueTest, PutsComeInTheOrderOfTheTail) {
    expect_sorted({at(of_goroutine(GoCreate, 0, 1, 1), QueueKind::Global, 0),
                   at(of_goroutine(GoCreate, 0, 2, 1), QueueKind::Global, 1),
                   at(of_goroutine(GoCreate, 0, 3, 1), QueueKind::Global, 2)});
}

TEST_F(OrdererQueueTest, TakesComeInTheOrderOfTheHead) {
    fill_global(1, 3);
    expect_sorted({at(of_goroutine(GoStart, 0, 1, 2, 0), QueueKind::Global, 0),
                   at(of_goroutine(GoStart, 0, 2, 2, 1), QueueKind::Global, 1),
                   at(of_goroutine(GoStart, 0, 3, 2, 2), QueueKind::Global, 2)});
}

TEST_F(OrdererQueueTest, RingsOfTwoPsDoNotWaitForEachOther) {
    fill_ring(0, 1, 1);
    add(1, at(of_goroutine(GoCreate, 50, 9, 1, 1), QueueKind::Ring, 0));
    add(2, at(of_goroutine(GoStart, 60, 1, 2, 0), QueueKind::Ring, 0));
    expect_order({of_goroutine(GoCreate, 0, 9, 1), of_goroutine(GoStart, 0, 1, 2)});
}

TEST_F(OrdererQueueTest, ADisplacedRunnextTakesItsPlaceInTheRing) {
    fill_ring(0, 1, 2);
    fill_runnext(0, 9);
    expect_sorted(
        {at(of_goroutine(GoCreate, 0, 3, 1), QueueKind::Runnext, 2, put_flag::kDisplacedToRing),
         at(of_goroutine(GoCreate, 0, 4, 1), QueueKind::Ring, 3)});
}

TEST_F(OrdererQueueTest, ADisplacedRunnextTakesItsPlaceInTheGlobalQueue) {
    fill_global(1, 1);
    fill_runnext(0, 9);
    expect_sorted(
        {at(of_goroutine(GoCreate, 0, 3, 1), QueueKind::Runnext, 1, put_flag::kDisplacedToGlobal),
         at(of_goroutine(GoCreate, 0, 4, 1), QueueKind::Global, 2)});
}

TEST_F(OrdererQueueTest, APutIntoAnEmptyRunnextWaitsForNothing) {
    expect_sorted({at(of_goroutine(GoCreate, 0, 3, 1), QueueKind::Runnext, 77)});
}

TEST_F(OrdererQueueTest, AStealComesBetweenTheTakesOfTheVictim) {
    fill_ring(0, 1, 5);
    expect_sorted({at(of_goroutine(GoStart, 0, 1, 2, 0), QueueKind::Ring, 0),
                   move(0, MoveReason::Steal, 2, {ring(0), 1}, {ring(1), 0}),
                   at(of_goroutine(GoStart, 0, 4, 2, 0), QueueKind::Ring, 3)});
}

TEST_F(OrdererQueueTest, AStealLeavesOneLessThanItTookInTheThiefsRing) {
    fill_ring(0, 1, 4);
    expect_sorted({move(0, MoveReason::Steal, 3, {ring(0), 0}, {ring(1), 0}),
                   at(of_goroutine(GoCreate, 0, 9, 1, 1), QueueKind::Ring, 2)});
}

// The two puts are of one thread, as they are in truth: a slot has no indices to order them by.
TEST_F(OrdererQueueTest, AStealFromRunnextComesBetweenItsPutAndTheNext) {
    for (const std::uint64_t stolen : {90U, 110U, 130U}) {
        orderer_ = Orderer(100'000);
        const Event put = at(of_goroutine(GoCreate, 100, 8, 1), QueueKind::Runnext, 0);
        const Event next = at(of_goroutine(GoCreate, 120, 9, 1), QueueKind::Runnext, 0);
        const Event steal =
            move(stolen, MoveReason::Steal, 1, {{QueueKind::Runnext, 0}, 0}, {ring(1), 8});
        add(1, put);
        add(1, next);
        add(2, steal);
        expect_order({put, steal, next});
    }
}

TEST_F(OrdererQueueTest, AStealFromRunnextMovesNoIndex) {
    fill_ring(0, 1, 1);
    fill_runnext(0, 8);
    const Event steal = move(50, MoveReason::Steal, 1, {{QueueKind::Runnext, 0}, 0}, {ring(1), 8});
    const Event put = at(of_goroutine(GoCreate, 60, 9, 1, 0), QueueKind::Ring, 1);
    const Event take = at(of_goroutine(GoStart, 70, 1, 2, 0), QueueKind::Ring, 0);
    add(1, steal);
    add(0, put);
    add(2, take);
    expect_order({steal, put, take});
}

TEST_F(OrdererQueueTest, AGlobalBatchComesBetweenTakesOfTheGlobalQueue) {
    fill_global(1, 4);
    expect_sorted({at(of_goroutine(GoStart, 0, 1, 2, 0), QueueKind::Global, 0),
                   move(0, MoveReason::GlobalBatch, 2, {kGlobal, 1}, {ring(1), 0}),
                   at(of_goroutine(GoStart, 0, 4, 2, 2), QueueKind::Global, 3)});
}

TEST_F(OrdererQueueTest, AnOverflowComesBetweenPutsOfTheGlobalQueue) {
    fill_ring(0, 1, 4);
    expect_sorted({at(of_goroutine(GoCreate, 0, 8, 1), QueueKind::Global, 0),
                   move(0, MoveReason::Overflow, 3, {ring(0), 0}, {kGlobal, 1}),
                   at(of_goroutine(GoCreate, 0, 9, 1), QueueKind::Global, 4)});
}

TEST_F(OrdererQueueTest, AMoveWaitsUntilAllItTakesIsThere) {
    expect_sorted({at(of_goroutine(GoCreate, 0, 1, 1, 0), QueueKind::Ring, 0),
                   at(of_goroutine(GoCreate, 0, 2, 1, 0), QueueKind::Ring, 1),
                   move(0, MoveReason::Steal, 2, {ring(0), 0}, {ring(1), 0})});
}

// One waits in the global queue at index 0; the two of the removed P go before it, at 1 and 2, and
// it becomes index 3.
TEST_F(OrdererQueueTest, ARemovedPGoesToTheFrontOfTheGlobalQueue) {
    add(0, at(of_goroutine(GoCreate, ++time_, 1, 1), QueueKind::Global, 0));
    fill_ring(1, 2, 2);
    expect_sorted({move(0, MoveReason::ProcRemoved, 2, {ring(1), 0}, {kGlobal, 1}),
                   at(of_goroutine(GoStart, 0, 2, 2), QueueKind::Global, 1),
                   at(of_goroutine(GoStart, 0, 3, 2), QueueKind::Global, 2),
                   at(of_goroutine(GoStart, 0, 1, 2), QueueKind::Global, 3)});
}

TEST_F(OrdererQueueTest, PutsGoOnBehindWhatARemovedPBrought) {
    add(0, at(of_goroutine(GoCreate, ++time_, 1, 1), QueueKind::Global, 0));
    fill_ring(1, 2, 2);
    expect_sorted({move(0, MoveReason::ProcRemoved, 2, {ring(1), 0}, {kGlobal, 1}),
                   at(of_goroutine(GoCreate, 0, 9, 1), QueueKind::Global, 4)});
}

}  // namespace
}  // namespace golanes::trace::test
