// A cure is tested by taking it away: without it each of these programs is a race.
#include "core/model/findings/data_race.h"

#include <gtest/gtest.h>

#include "tests/core/model/findings/program.h"

namespace golanes::model::test {
namespace {

using trace::WaitReason;

constexpr const char* kRace = "data_race";

TEST(DataRaceTest, TwoWritesWithNothingBetweenAreARace) {
    EXPECT_EQ(Program().go(2).write(1).write(2).findings(), kRace);
    EXPECT_EQ(Program().go(2).read(1).write(2).findings(), kRace);
    EXPECT_EQ(Program().go(2).write(2).read(1).findings(), kRace);
}

TEST(DataRaceTest, TwoReadsAreNone) {
    EXPECT_EQ(Program().go(2).read(1).read(2).findings(), "");
}

TEST(DataRaceTest, WhatIsDoneBeforeTheGoStatementIsOrdered) {
    EXPECT_EQ(Program().write(1).go(2).write(2).findings(), "");
}

TEST(DataRaceTest, ALockOrdersWhatIsDoneUnderIt) {
    EXPECT_EQ(Program().go(2).lock(1).write(1).unlock(1).lock(2).write(2).unlock(2).findings(), "");
    EXPECT_EQ(Program()
                  .go(2)
                  .lock(1)
                  .write(1)
                  .unlock(1)
                  .lock(2, kOtherLock)
                  .write(2)
                  .unlock(2, kOtherLock)
                  .findings(),
              kRace)
        << "not the same lock";
}

TEST(DataRaceTest, AReadersUnlockOrdersTheNextWriterButNoReader) {
    const std::uint8_t read = trace::lock_flag::kRead;
    const auto program = [&](std::uint8_t second) {
        return Program()
            .go(2)
            .say(EventType::LockAcquire, 1, kLock, 0, read)
            .write(1)  // under a reader's lock: wrong
            .say(EventType::LockRelease, 1, kLock, 0, read)
            .say(EventType::LockAcquire, 2, kLock, 0, second)
            .write(2)
            .findings();
    };
    EXPECT_EQ(program(0), "");
    EXPECT_EQ(program(read), kRace);
}

TEST(DataRaceTest, ASendOrdersItsReceive) {
    EXPECT_EQ(Program(1)
                  .go(2)
                  .write(1)
                  .say(EventType::ChanSend, 1, kChannel, 1)
                  .say(EventType::ChanRecv, 2, kChannel)
                  .write(2)
                  .findings(),
              "");
    EXPECT_EQ(Program(1)
                  .go(2)
                  .say(EventType::ChanSend, 1, kChannel, 1)
                  .write(1)
                  .say(EventType::ChanRecv, 2, kChannel)
                  .write(2)
                  .findings(),
              kRace)
        << "written after the send";
}

TEST(DataRaceTest, AReceiveOrdersTheSendThatNeededItsRoom) {
    const auto program = [](std::uint32_t capacity) {
        return Program(capacity)
            .go(2)
            .say(EventType::ChanSend, 2, kChannel, 1)
            .write(1)
            .say(EventType::ChanRecv, 1, kChannel)
            .say(EventType::ChanSend, 2, kChannel, 1)
            .write(2)
            .findings();
    };
    EXPECT_EQ(program(1), "");
    EXPECT_EQ(program(2), kRace) << "there was room without it";
}

TEST(DataRaceTest, WhoeverEndsAWaitIsOrderedBeforeIt) {
    EXPECT_EQ(Program()
                  .go(2)
                  .block(1, WaitReason::ChanReceive, kChannel)
                  .write(2)
                  .say(EventType::ChanSend, 2, kChannel, 0, 1)
                  .wake(1, 2)
                  .write(1)
                  .findings(),
              "");
}

TEST(DataRaceTest, ASleepOrdersNothing) {
    Program program;
    program.go(2).write(2).block(1, WaitReason::Sleep, 0).wake(1, 0).write(1);
    EXPECT_EQ(program.findings(), kRace);
}

TEST(DataRaceTest, EveryDoneIsOrderedBeforeTheEndOfTheWait) {
    Program program;
    program.go(2).go(3).block(1, WaitReason::WaitGroupWait, kGroup);
    program.write(2).say(EventType::WaitGroupAdd, 2, kGroup, 1, 1);
    program.say(EventType::WaitGroupAdd, 3, kGroup, 0, 1).wake(1, 3).write(1);
    EXPECT_EQ(program.findings(), "");
}

TEST(DataRaceTest, AWaitThatFindsZeroLeavesNoEventAndMayHaveOrdered) {
    Program program;
    program.go(2).write(2).say(EventType::WaitGroupAdd, 2, kGroup, 0, 1).write(1);
    EXPECT_EQ(program.findings(), "");
    Program never;
    never.go(2).write(2).say(EventType::WaitGroupAdd, 2, kGroup, 1, 1).write(1);
    EXPECT_EQ(never.findings(), kRace) << "not zero: nobody's wait is over";
}

TEST(DataRaceTest, TheLastAtABarrierHasWaitedForTheOthers) {
    Program program;
    program.go(2).write(1).block(1, WaitReason::Barrier, kBarrier);
    program.wake(1, 2).write(2);
    EXPECT_EQ(program.findings(), "");
}

TEST(DataRaceTest, AtomicStepsDoNotRaceWithEachOtherButWithPlainWrites) {
    EXPECT_EQ(Program().go(2).update(1).update(2).findings(), "");
    EXPECT_EQ(Program().go(2).update(1).write(2).findings(), kRace);
    EXPECT_EQ(Program().go(2).write(1).update(2).findings(), kRace);
}

TEST(DataRaceTest, AnAtomicVariableOrders) {
    EXPECT_EQ(Program()
                  .go(2)
                  .write(1)
                  .say(EventType::SharedWrite, 1, kAtomic, 1)
                  .say(EventType::SharedRead, 2, kAtomic, 1)
                  .write(2)
                  .findings(),
              "");
}

TEST(DataRaceTest, TheEndOfAOnceIsKnownToEverybody) {
    EXPECT_EQ(Program().go(2).lock(2, kOnce).write(2).unlock(2, kOnce).write(1).findings(), "");
}

TEST(DataRaceTest, WhereEventsAreLostNothingIsSaid) {
    EXPECT_EQ(Program().go(2).write(1).lose().write(2).findings(), "");
}

// On the real engine a send may be told after its receive.
TEST(DataRaceTest, AReceiveThatIsToldBeforeItsSendIsOrderedAllTheSame) {
    EventBuilder b;
    b.run().procs(2).create(1).start(1).raw(EventType::ObjectMake,
                                            1,
                                            static_cast<std::uint8_t>(trace::ObjectKind::Shared),
                                            trace::pack_pair(kVariable, 0));
    b.raw(EventType::ObjectMake,
          1,
          static_cast<std::uint8_t>(trace::ObjectKind::Chan),
          trace::pack_pair(kChannel, 1));
    b.after(1).create(2, QueueKind::Ring, 1);
    b.after(1).raw(EventType::SharedWrite, 1, 0, trace::pack_pair(kVariable, 0));
    b.after(1).raw(EventType::ChanRecv, 2, 0, trace::pack_pair(kChannel, 0));
    b.after(1).raw(EventType::SharedWrite, 2, 0, trace::pack_pair(kVariable, 0));
    b.after(1).raw(EventType::ChanSend, 1, 0, trace::pack_pair(kChannel, 1));
    EXPECT_TRUE(find_all(b.timeline()).empty());
}

TEST(DataRaceTest, EachPairOfPlacesIsToldOnceWithItsNumber) {
    Program program;
    program.go(2);
    for (int i = 0; i < 5; ++i) {
        program.events().place(7).raw(EventType::SharedWrite, 1, 0, trace::pack_pair(kVariable, 0));
        program.events().place(8).raw(EventType::SharedWrite, 2, 0, trace::pack_pair(kVariable, 0));
    }
    const Timeline timeline = program.events().timeline();
    const auto races = data_races(run_parts(timeline).at(0));
    ASSERT_EQ(races.size(), 1U);
    EXPECT_EQ(races[0].times, 9U);
    EXPECT_EQ(races[0].earlier.goroutine, 1U);
    EXPECT_EQ(races[0].earlier.where, 7U);
    EXPECT_EQ(races[0].later.where, 8U);
}

TEST(DataRaceTest, TheReportIsGosWithTheMissingEdge) {
    trace::Names names;
    names.places.push_back({"scenarios/race.cpp", 11, "main", "counter"});
    names.places.push_back({"scenarios/race.cpp", 12, "main", "adder"});
    names.places.push_back({"scenarios/race.cpp", 13, "add", ""});
    names.places.push_back({"scenarios/race.cpp", 14, "add", ""});
    names.places.push_back({"scenarios/race.cpp", 15, "add", ""});
    names.places.push_back({"scenarios/race.cpp", 16, "add", "finish"});
    EventBuilder b;
    b.raw(EventType::RunBegin, 1, 1).procs(1).create(1).start(1);
    b.place(1).raw(EventType::ObjectMake,
                   1,
                   static_cast<std::uint8_t>(trace::ObjectKind::Shared),
                   trace::pack_pair(kVariable, 0));
    b.place(6).raw(EventType::ObjectMake,
                   1,
                   static_cast<std::uint8_t>(trace::ObjectKind::WaitGroup),
                   trace::pack_pair(kGroup, 0));
    b.place(2).create(2, QueueKind::Ring, 1);
    b.place(3).raw(EventType::SharedRead, 1, 0, trace::pack_pair(kVariable, 0));
    b.place(5).raw(EventType::WaitGroupAdd, 1, 1, trace::pack_pair(kGroup, 1));
    b.place(4).raw(EventType::SharedWrite, 2, 0, trace::pack_pair(kVariable, 0));
    b.names(names);
    const auto found = find_all(b.timeline());
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].sentence,
              "Data race on counter: nothing orders the read by main (race.cpp:13) before the "
              "write by adder (race.cpp:14).");
    EXPECT_EQ(found[0].report,
              "WARNING: DATA RACE\n"
              "Write at counter by goroutine 2 (adder):\n"
              "  race.cpp:14\n"
              "Previous read at counter by goroutine 1 (main):\n"
              "  race.cpp:13\n"
              "Goroutine 2 was created by main at:\n"
              "  race.cpp:12\n"
              "Missing: an edge from main to adder.\n"
              "  After its access main next gave something on by wg_add on finish (race.cpp:15).\n"
              "  Before its access adder last learned something by go_create (race.cpp:12).\n");
}

}  // namespace
}  // namespace golanes::model::test
