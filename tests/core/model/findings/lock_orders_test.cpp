#include <gtest/gtest.h>

#include "tests/core/model/findings/program.h"

namespace golanes::model::test {
namespace {

constexpr const char* kInversion = "lock_order";

Program& both(Program& program, GoroutineId g, ObjectId first, ObjectId second) {
    return program.lock(g, first).lock(g, second).unlock(g, second).unlock(g, first);
}

TEST(LockOrdersTest, TwoLocksInTwoOrdersAreFoundInARunThatWentWell) {
    Program program;
    program.go(2);
    both(program, 1, kLock, kOtherLock);
    both(program, 2, kOtherLock, kLock).end();
    const auto found = program.all();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(finding_name(found[0].kind), kInversion);
    EXPECT_EQ(found[0].goroutines.size(), 2U);
}

TEST(LockOrdersTest, TheSameOrderIsNoFault) {
    Program program;
    program.go(2);
    both(program, 1, kLock, kOtherLock);
    EXPECT_EQ(both(program, 2, kLock, kOtherLock).end().findings(), "");
}

TEST(LockOrdersTest, OneGoroutineAloneCannotMeetItself) {
    Program program;
    both(program, 1, kLock, kOtherLock);
    EXPECT_EQ(both(program, 1, kOtherLock, kLock).end().findings(), "");
}

TEST(LockOrdersTest, AThirdLockAroundBothIsAGate) {
    Program program;
    program.go(2);
    both(program.lock(1, kGate), 1, kLock, kOtherLock).unlock(1, kGate);
    both(program.lock(2, kGate), 2, kOtherLock, kLock).unlock(2, kGate);
    EXPECT_EQ(program.end().findings(), "");
}

TEST(LockOrdersTest, WhatIsOverBeforeTheOtherIsMadeCannotMeetIt) {
    Program program;
    both(program, 1, kLock, kOtherLock).go(2);
    EXPECT_EQ(both(program, 2, kOtherLock, kLock).end().findings(), "");
}

TEST(LockOrdersTest, ARingOfThreeIsFoundOnce) {
    Program program;
    program.go(2).go(3);
    both(program, 1, kLock, kOtherLock);
    both(program, 2, kOtherLock, kGate);
    both(program, 3, kGate, kLock);
    EXPECT_EQ(program.end().findings(), kInversion);
}

TEST(LockOrdersTest, ALockThatWasWantedAndNeverHadCountsToo) {
    Program program;
    program.go(2).lock(1).lock(2, kOtherLock);
    program.say(EventType::LockContend, 1, kOtherLock).say(EventType::LockContend, 2, kLock);
    program.block(1, trace::WaitReason::MutexLock, kOtherLock);
    program.block(2, trace::WaitReason::MutexLock, kLock);
    EXPECT_EQ(program.end(trace::RunStatus::Deadlock).findings(), "deadlock lock_order");
}

TEST(LockOrdersTest, ReadersDoNotShutEachOtherOut) {
    const std::uint8_t read = trace::lock_flag::kRead;
    Program program;
    program.go(2);
    for (const auto& [g, first, second] :
         {std::tuple(1U, kLock, kOtherLock), std::tuple(2U, kOtherLock, kLock)}) {
        for (const ObjectId lock : {first, second})
            program.say(EventType::LockAcquire, g, lock, 0, read);
        for (const ObjectId lock : {second, first})
            program.say(EventType::LockRelease, g, lock, 0, read);
    }
    EXPECT_EQ(program.end().findings(), "");
}

}  // namespace
}  // namespace golanes::model::test
