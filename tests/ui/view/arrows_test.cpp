#include "ui/view/arrows.h"

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"

namespace golanes::view {
namespace {

/// G1 makes G2, which waits and is woken by G1; P1 steals G3 from P0.
EventScript story() {
    EventScript script;
    script.begin_run(2).start_proc(0).start_proc(1).create(1, 0);
    script.at(5).start(1, 0).create(2, 0);
    script.at(10).stop(1, 0).start(2, 0);
    script.at(20).block(2, 0, trace::WaitReason::ChanReceive).start(1, 0);
    script.at(30).unblock(2, 0, 1);
    script.at(35).steal(2, 0, 1);
    script.at(40).end(1, 0);
    script.at(50).end(2, 1).end_run();
    return script;
}

TEST(ArrowsTest, SpawnWakeAndStealOfTheChosenGoroutine) {
    const auto arrows = arrows_of(story().timeline(), {0, 100}, 2);
    ASSERT_EQ(arrows.size(), 3U);
    EXPECT_EQ(arrows[0].kind, ArrowKind::Spawn);
    EXPECT_EQ(arrows[0].from, 1U);
    EXPECT_EQ(arrows[0].to, 2U);
    EXPECT_EQ(arrows[1].kind, ArrowKind::Wake);
    EXPECT_EQ(arrows[1].time, 30);
    EXPECT_EQ(arrows[2].kind, ArrowKind::Steal);
    EXPECT_EQ(arrows[2].from, 0U) << "P0 had it";
    EXPECT_EQ(arrows[2].to, 1U) << "P1 took it";
}

TEST(ArrowsTest, WhoWakesHasThemToo) {
    const auto arrows = arrows_of(story().timeline(), {0, 100}, 1);
    ASSERT_EQ(arrows.size(), 2U) << "it made and woke G2; the runtime made it";
    EXPECT_EQ(arrows[1].to, 2U);
}

TEST(ArrowsTest, OnlyThoseInViewAndNoMoreThanAsked) {
    EXPECT_EQ(arrows_of(story().timeline(), {25, 32}, 2).size(), 1U);
    EXPECT_EQ(arrows_of(story().timeline(), {0, 100}, 2, 2).size(), 2U);
    EXPECT_TRUE(arrows_of(story().timeline(), {0, 100}, 0).empty()) << "nobody is chosen";
}

}  // namespace
}  // namespace golanes::view
