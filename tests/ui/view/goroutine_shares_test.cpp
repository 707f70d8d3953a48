#include "ui/view/goroutine_shares.h"

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"

namespace golanes::view {
namespace {

TEST(GoroutineSharesTest, CountsEachStateWithinTheRangeOnly) {
    EventScript script;
    script.begin_run(1).start_proc(0).create(1, 0).create(2, 0);
    script.at(10).start(1, 0);
    script.at(40).block(1, 0, trace::WaitReason::ChanReceive).start(2, 0);
    script.at(100).end(2, 0).end_run();
    const auto shares = goroutine_shares(script.timeline(), {20, 70});
    ASSERT_EQ(shares.size(), 2U);
    EXPECT_EQ(shares[0].running, 20);
    EXPECT_EQ(shares[0].waiting, 30);
    EXPECT_EQ(shares[0].runnable, 0);
    EXPECT_EQ(shares[0].slices, 1U);
    EXPECT_EQ(shares[1].runnable, 20);
    EXPECT_EQ(shares[1].running, 30);
    EXPECT_EQ(shares[1].total(), 50);
}

TEST(GoroutineSharesTest, NamesNoMoreThanAsked) {
    EXPECT_EQ(goroutine_shares(alternating(4, 10), {0, 40}, 1).size(), 1U);
}

}  // namespace
}  // namespace golanes::view
