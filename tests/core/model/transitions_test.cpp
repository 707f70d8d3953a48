#include "core/model/transitions.h"

#include <gtest/gtest.h>

namespace golanes::model {
namespace {

using trace::EventType;

TEST(TransitionsTest, EveryGoroutineEventHasARow) {
    for (int i = 0; i < trace::kEventTypeCount; ++i) {
        const auto type = static_cast<EventType>(i);
        EXPECT_EQ(changes_life(type),
                  trace::is_goroutine_event(type) || type == EventType::BlockingBegin ||
                      type == EventType::BlockingEnd)
            << trace::info_of(type).name;
    }
}

TEST(TransitionsTest, AWaitingGoroutineMustBeUnblockedBeforeItStarts) {
    EXPECT_FALSE(is_legal(Life::Waiting, EventType::GoStart));
    EXPECT_TRUE(is_legal(Life::Waiting, EventType::GoUnblock));
    EXPECT_EQ(life_after(EventType::GoUnblock), Life::Runnable);
}

TEST(TransitionsTest, NothingLegalFollowsTheEnd) {
    for (int i = 0; i < trace::kEventTypeCount; ++i)
        EXPECT_FALSE(is_legal(Life::Ended, static_cast<EventType>(i)));
}

TEST(TransitionsTest, TwoRowsForOneEventAgreeOnWhereItLeads) {
    for (const Transition& row : transitions())
        EXPECT_EQ(row.to, life_after(row.event));
}

TEST(TransitionsTest, StepsFromABlockingCallSayWhyTheyAreAllowed) {
    for (const Transition& row : transitions()) {
        if (row.from == Life::Blocking && row.event != EventType::GoKilled) {
            EXPECT_FALSE(row.odd.empty()) << trace::info_of(row.event).name;
        }
    }
}

}  // namespace
}  // namespace golanes::model
