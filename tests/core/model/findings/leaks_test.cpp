#include <gtest/gtest.h>

#include "tests/core/model/findings/program.h"

namespace golanes::model::test {
namespace {

using trace::WaitReason;

Program& over(Program& program, trace::RunStatus status = trace::RunStatus::Ok) {
    program.events().after(1).end(1).kill(2);
    return program.end(status);
}

TEST(LeaksTest, WhoWaitsForNobodyAtTheEndIsALeak) {
    Program program;
    program.go(2).block(2, WaitReason::ChanReceive, kChannel);
    const auto found = over(program).all();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].kind, FindingKind::Leak);
    EXPECT_EQ(found[0].goroutines, std::vector<GoroutineId>{2});
    EXPECT_EQ(found[0].object, kChannel);
}

TEST(LeaksTest, WhoSleepsOrCouldStillRunIsNone) {
    Program sleeps;
    sleeps.go(2).block(2, WaitReason::Sleep, 0);
    EXPECT_EQ(over(sleeps).findings(), "");
    Program runnable;
    EXPECT_EQ(over(runnable.go(2)).findings(), "");
}

TEST(LeaksTest, WhoCouldBeWokenByOneThatSleepsIsNone) {
    Program program;
    program.go(2).go(3).block(2, WaitReason::ChanReceive, kChannel);
    program.block(3, WaitReason::Sleep, 0);
    program.events().after(1).end(1).kill(2).kill(3);
    EXPECT_EQ(program.end().findings(), "");
}

TEST(LeaksTest, ARunThatWasStoppedLeaksNothing) {
    Program program;
    program.go(2).block(2, WaitReason::ChanReceive, kChannel);
    EXPECT_EQ(over(program, trace::RunStatus::Stopped).findings(), "");
}

TEST(LeaksTest, ThoseAtOnePlaceAreOneFinding) {
    Program program;
    program.go(2).go(3).block(2, WaitReason::ChanSend, kChannel);
    program.block(3, WaitReason::ChanSend, kChannel);
    program.events().after(1).end(1).kill(2).kill(3);
    const auto found = program.end().all();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].goroutines.size(), 2U);
}

}  // namespace
}  // namespace golanes::model::test
