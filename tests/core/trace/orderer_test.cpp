#include "core/trace/orderer.h"

#include <initializer_list>

#include <gtest/gtest.h>

#include "tests/core/trace/helpers.h"

namespace golanes::trace::test {
namespace {

using enum EventType;

constexpr std::uint64_t kHorizon = 1'000;

class OrdererTest : public testing::Test {
 protected:
    void add(std::size_t source, std::initializer_list<Event> events) {
        for (const Event& event : events)
            orderer.add(source, &event, 1);
    }

    std::vector<EventType> released(std::uint64_t frontier) {
        out.clear();
        orderer.release(frontier, out);
        std::vector<EventType> types;
        for (const Event& event : out)
            types.push_back(event.type);
        return types;
    }

    Orderer orderer{kHorizon};
    std::vector<Event> out;
};

using Types = std::vector<EventType>;

TEST_F(OrdererTest, MergesByTime) {
    add(0, {note(10, 1), note(40, 4)});
    add(1, {note(20, 2), note(30, 3)});
    released(100);
    ASSERT_EQ(out.size(), 4U);
    for (std::uint32_t i = 0; i < 4; ++i)
        EXPECT_EQ(out[i].a, i + 1);
    EXPECT_EQ(orderer.clamped(), 0U);
}

TEST_F(OrdererTest, NothingBeyondTheFrontierIsReleased) {
    add(0, {note(10, 1), note(40, 4)});
    EXPECT_EQ(released(39).size(), 1U);
    EXPECT_EQ(released(40).size(), 1U);
}

TEST_F(OrdererTest, AStartComesAfterTheUnblockWithTheLaterStamp) {
    add(0, {of_goroutine(GoCreate, 10, 5, 1), of_goroutine(GoUnblock, 120, 5, 4)});
    add(1,
        {of_goroutine(GoStart, 20, 5, 2),
         of_goroutine(GoBlock, 30, 5, 3),
         of_goroutine(GoStart, 100, 5, 5)});
    EXPECT_EQ(released(500), (Types{GoCreate, GoStart, GoBlock, GoUnblock, GoStart}));
    EXPECT_EQ(orderer.unordered(), 0U);
}

TEST_F(OrdererTest, AStragglerIsClampedAfterItsCauseAndItsRawTimeKept) {
    add(0, {of_goroutine(GoCreate, 120, 5, 1)});
    add(1, {of_goroutine(GoStart, 100, 5, 2)});
    released(500);
    ASSERT_EQ(out.size(), 2U);
    EXPECT_EQ(out[1].type, GoStart);
    EXPECT_EQ(out[1].time, 120U);
    EXPECT_EQ(orderer.clamped(), 1U);
    ASSERT_EQ(orderer.clamped_events().size(), 1U);
    EXPECT_EQ(orderer.clamped_events()[0].index, 1U);
    EXPECT_EQ(orderer.clamped_events()[0].raw_time, 100U);
}

TEST_F(OrdererTest, ACauseThatIsStillInItsRingIsWaitedFor) {
    add(1, {of_goroutine(GoStart, 100, 5, 2)});
    EXPECT_TRUE(released(200).empty());
    add(0, {of_goroutine(GoCreate, 120, 5, 1)});
    EXPECT_EQ(released(200), (Types{GoCreate, GoStart}));
}

// While a start waited for a cause not yet drained, whatever else lay within the horizon was
// brought forward, far beyond the frontier: the cause then came late and was clamped to it.
TEST_F(OrdererTest, NothingOvertakesACauseThatIsStillInItsRing) {
    add(1, {of_goroutine(GoStart, 100, 5, 2)});
    add(2, {note(900, 1)});
    EXPECT_TRUE(released(110).empty());
    add(0, {of_goroutine(GoCreate, 120, 5, 1)});
    EXPECT_EQ(released(1'000), (Types{GoCreate, GoStart, Log}));
    EXPECT_EQ(out[1].time, 120U);
    EXPECT_EQ(orderer.clamped(), 1U);
}

TEST_F(OrdererTest, WhatWaitsForALostCauseIsReleasedAfterTheHorizonAndCounted) {
    add(0, {of_goroutine(GoStart, 100, 5, 7), of_goroutine(GoBlock, 110, 5, 8)});
    EXPECT_TRUE(released(100 + kHorizon - 1).empty());
    EXPECT_EQ(orderer.unordered(), 0U);
    EXPECT_EQ(released(100 + kHorizon), (Types{GoStart, GoBlock}));  // the second follows its cause
    EXPECT_EQ(orderer.unordered(), 1U);
}

TEST_F(OrdererTest, OfWhatWasReleasedWithoutItsCauseIsKeptWhatWasExpected) {
    add(0, {note(50, 1), at(of_goroutine(GoCreate, 100, 5, 7, 3), QueueKind::Global, 9)});
    add(2, {of_goroutine(ProcStart, 120, 1, 4, 2)});
    orderer.finish(out);
    ASSERT_EQ(orderer.overdue().size(), 2U);
    const Overdue& first = orderer.overdue().front();
    EXPECT_EQ(first.index, 1U);
    EXPECT_EQ(overdue_text(first),
              "event 1 was released without its cause. It, and what else was held back:\n"
              "  source 0 at 100: go_create P3 g=5 seq=7 [last 0] to global 9 [tail 0]\n"
              "  source 2 at 120: proc_start P2 seq=4 [last 0]");
}

// A run's end needs nothing, but it stands for all: released while something older waited, it told
// the readers that the goroutines were gone, and everything after it was a violation.
TEST_F(OrdererTest, TheEndOfARunIsNotBroughtForwardWhileSomethingOlderWaits) {
    Event end;
    end.type = RunEnd;
    end.time = 120;
    add(0, {of_goroutine(GoStart, 100, 5, 7)});
    add(1, {note(110, 1), end});
    EXPECT_EQ(released(500), (Types{Log}));
    EXPECT_EQ(released(100 + kHorizon), (Types{GoStart, RunEnd}));
    EXPECT_EQ(orderer.unordered(), 1U);
}

TEST_F(OrdererTest, FinishReleasesEverything) {
    add(0, {of_goroutine(GoStart, 100, 5, 7)});
    add(1, {note(50, 1)});
    orderer.finish(out);
    EXPECT_EQ(out.size(), 2U);
    EXPECT_EQ(orderer.unordered(), 1U);
}

TEST_F(OrdererTest, EventsOfAPAreCounted) {
    Event stop = of_goroutine(ProcStop, 120, 1, 2, 3);
    Event start = of_goroutine(ProcStart, 100, 2, 3, 3);
    add(0, {of_goroutine(ProcStart, 50, 1, 1, 3), stop});
    add(1, {start});
    EXPECT_EQ(released(500), (Types{ProcStart, ProcStop, ProcStart}));
}

TEST_F(OrdererTest, ANewRunCountsFromTheBeginning) {
    Event run;
    run.type = RunBegin;
    run.time = 100;
    const Event put = at(of_goroutine(GoCreate, 10, 1, 1), QueueKind::Global, 0);
    add(0, {put, of_goroutine(GoKilled, 20, 1, 2), run});
    Event again = put;
    again.time = 110;
    add(0, {again});
    EXPECT_EQ(released(500), (Types{GoCreate, GoKilled, RunBegin, GoCreate}));
    EXPECT_EQ(orderer.unordered(), 0U);
    EXPECT_EQ(orderer.clamped(), 0U);
}

}  // namespace
}  // namespace golanes::trace::test
