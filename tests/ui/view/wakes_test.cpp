#include "ui/view/wakes.h"

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"

namespace golanes::view {
namespace {

/// G1 makes G2; G2 waits from 20 on, is woken by G1 at 30 and runs again from 40 on.
EventScript two() {
    EventScript script;
    script.begin_run(1).start_proc(0).create(1, 0);
    script.at(5).start(1, 0).create(2, 0);
    script.at(10).stop(1, 0).start(2, 0);
    script.at(20).block(2, 0, trace::WaitReason::ChanReceive).start(1, 0);
    script.at(30).unblock(2, 0, 1);
    script.at(40).end(1, 0).start(2, 0);
    script.at(50).end(2, 0).end_run();
    return script;
}

TEST(WakeTest, WhoeverMadeItRunnableLastIsNamed) {
    const model::Timeline timeline = two().timeline();
    const auto woken = last_wake(timeline, 2, 45);
    ASSERT_TRUE(woken.has_value());
    EXPECT_EQ(woken->kind, WakeKind::Woken);
    EXPECT_EQ(woken->by, 1U);
    EXPECT_EQ(woken->time, 30);
    EXPECT_EQ(timeline.recording().event(woken->event).type, trace::EventType::GoUnblock);
}

TEST(WakeTest, ABeginnerWasMadeByItsCreator) {
    const auto made = last_wake(two().timeline(), 2, 15);
    ASSERT_TRUE(made.has_value());
    EXPECT_EQ(made->kind, WakeKind::Created);
    EXPECT_EQ(made->by, 1U);
    EXPECT_EQ(made->time, 5);
}

TEST(WakeTest, WhoYieldedStayedRunnable) {
    const auto yielded = last_wake(two().timeline(), 1, 25);
    ASSERT_TRUE(yielded.has_value());
    EXPECT_EQ(yielded->kind, WakeKind::Yielded);
    EXPECT_EQ(yielded->time, 10);
}

TEST(WakeTest, WhoWaitsWasNotWokenYet) {
    EXPECT_FALSE(last_wake(two().timeline(), 2, 25).has_value());
    EXPECT_FALSE(last_wake(two().timeline(), 9, 25).has_value()) << "there is no G9";
}

}  // namespace
}  // namespace golanes::view
