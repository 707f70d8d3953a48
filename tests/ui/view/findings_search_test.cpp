#include "ui/view/findings_search.h"

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"

namespace golanes::view {
namespace {

/// `waiting` goroutines are left behind by a run that ends well.
model::Timeline leaking(std::uint32_t waiting) {
    EventScript script;
    script.begin_run(1).start_proc(0).create(1, 0, "main");
    script.at(10).start(1, 0);
    for (GoroutineId g = 2; g < 2 + waiting; ++g)
        script.create(g, 0, "waiter");
    script.stop(1, 0);
    for (GoroutineId g = 2; g < 2 + waiting; ++g)
        script.at(10 * g).start(g, 0).block(g, 0, trace::WaitReason::ChanReceive);
    script.at(1'000).start(1, 0).at(1'010).end(1, 0);
    for (GoroutineId g = 2; g < 2 + waiting; ++g)
        script.kill(g);
    return script.end_run().timeline();
}

TEST(FindingsSearchTest, BeforeTheSearchIsDoneThereIsNoResult) {
    FindingsSearch search;
    search.follow(leaking(1));
    EXPECT_TRUE(search.searching());
    EXPECT_EQ(search.found(), nullptr);
}

TEST(FindingsSearchTest, WhatIsFoundIsTheRecordings) {
    FindingsSearch search;
    search.follow(leaking(1));
    search.wait();
    ASSERT_NE(search.found(), nullptr);
    ASSERT_EQ(search.found()->list.size(), 1U);
    EXPECT_EQ(search.found()->list[0].kind, model::FindingKind::Leak);
    EXPECT_FALSE(search.searching());
}

TEST(FindingsSearchTest, NothingFoundIsAResult) {
    FindingsSearch search;
    search.follow(alternating(4, 10));
    search.wait();
    ASSERT_NE(search.found(), nullptr);
    EXPECT_TRUE(search.found()->list.empty());
}

TEST(FindingsSearchTest, WhatWasSearchedIsNotSearchedAgain) {
    FindingsSearch search;
    const model::Timeline timeline = leaking(1);
    search.follow(timeline);
    search.wait();
    const auto first = search.found();
    search.follow(timeline);
    EXPECT_FALSE(search.searching());
    EXPECT_EQ(search.found(), first);
}

TEST(FindingsSearchTest, LaterMeansNotNow) {
    FindingsSearch search;
    search.follow(leaking(1), SearchWhen::Later);
    EXPECT_FALSE(search.searching());
}

TEST(FindingsSearchTest, AnotherRecordingForgetsTheFirst) {
    FindingsSearch search;
    search.follow(leaking(1));
    search.wait();
    const model::Timeline other = alternating(4, 10);
    search.follow(other);
    EXPECT_EQ(search.found(), nullptr);
    search.wait();
    ASSERT_NE(search.found(), nullptr);
    EXPECT_TRUE(search.found()->list.empty());
}

TEST(FindingsSearchTest, ASearchOvertakenByAnotherRecordingGivesNoResult) {
    FindingsSearch search;
    search.follow(leaking(30));
    const model::Timeline other = alternating(4, 10);
    search.follow(other, SearchWhen::Later);
    search.wait();
    EXPECT_EQ(search.found(), nullptr);
}

TEST(FindingsSearchTest, NoRecordingIsNotSearched) {
    FindingsSearch search;
    search.follow(model::Timeline());
    EXPECT_FALSE(search.searching());
}

}  // namespace
}  // namespace golanes::view
