#include "ui/view/wait_cycle.h"

#include <gtest/gtest.h>

namespace golanes::view {
namespace {

model::WaitFact waits(GoroutineId who, ObjectId lock, std::vector<GoroutineId> holders) {
    model::WaitFact fact;
    fact.id = who;
    fact.object_id = lock;
    fact.holder_ids = std::move(holders);
    return fact;
}

TEST(WaitCycleTest, ARingOfThreeIsFoundFromItsSmallestGoroutine) {
    const auto edges = wait_edges({waits(2, 10, {3}), waits(3, 11, {4}), waits(4, 12, {2})});
    const std::vector<WaitEdge> expected{{2, 3, 10}, {3, 4, 11}, {4, 2, 12}};
    EXPECT_EQ(find_wait_cycle(edges), expected);
}

TEST(WaitCycleTest, AChainIsNoRing) {
    EXPECT_TRUE(find_wait_cycle(wait_edges({waits(2, 10, {3}), waits(3, 11, {4})})).empty());
}

TEST(WaitCycleTest, WhoWaitsOutsideIsLeftOut) {
    const auto edges = wait_edges({waits(1, 10, {2}), waits(2, 11, {3}), waits(3, 10, {2})});
    const std::vector<WaitEdge> expected{{2, 3, 11}, {3, 2, 10}};
    EXPECT_EQ(find_wait_cycle(edges), expected);
}

TEST(WaitCycleTest, ALockOfOnesOwnIsTheSmallestRing) {
    const std::vector<WaitEdge> expected{{5, 5, 1}};
    EXPECT_EQ(find_wait_cycle(wait_edges({waits(5, 1, {5})})), expected);
}

TEST(WaitCycleTest, TheRingOfTheWantedGoroutineIsPreferred) {
    const auto edges =
        wait_edges({waits(2, 10, {3}), waits(3, 11, {2}), waits(7, 12, {8}), waits(8, 13, {7})});
    EXPECT_EQ(find_wait_cycle(edges, 8).front().from, 8U);
    EXPECT_EQ(find_wait_cycle(edges, 99).front().from, 2U);
}

TEST(WaitCycleTest, ManyReadersAreAllTried) {
    const auto edges = wait_edges({waits(2, 10, {3, 4}), waits(4, 11, {2})});
    const std::vector<WaitEdge> expected{{2, 4, 10}, {4, 2, 11}};
    EXPECT_EQ(find_wait_cycle(edges), expected);
}

TEST(RingPlacesTest, StayInTheBoxAndApart) {
    const auto places = ring_places(5, 200, 100);
    ASSERT_EQ(places.size(), 5U);
    EXPECT_NEAR(places[0].x, 0, 0.01) << "the first is at the left";
    for (const RingPlace& place : places) {
        EXPECT_GE(place.x, -0.01F);
        EXPECT_LE(place.x, 200.01F);
        EXPECT_GE(place.y, -0.01F);
        EXPECT_LE(place.y, 100.01F);
    }
}

}  // namespace
}  // namespace golanes::view
