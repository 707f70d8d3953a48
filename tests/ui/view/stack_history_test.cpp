#include "ui/view/stack_history.h"

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"

namespace golanes::view {
namespace {

constexpr std::uint32_t kKilobyte = 1024;

/// G1 grows twice, G2 never, G3 lives from 30 on.
model::Timeline growing() {
    EventScript script;
    script.begin_run(1).start_proc(0).create(1, 0).create(2, 0);
    script.at(10).start(1, 0).grow_stack(1, 0, 4 * kKilobyte, 8 * kKilobyte);
    script.at(20).grow_stack(1, 0, 8 * kKilobyte, 64 * kKilobyte);
    script.at(30).create(3, 0);
    script.at(50).end(1, 0).end_run();
    return script.timeline();
}

StackHistory history_of(const model::Timeline& timeline) {
    StackHistory history;
    history.advance(timeline, timeline.runs().back());
    return history;
}

TEST(StackHistoryTest, AStackHasItsSizeFromEachStepOn) {
    const StackHistory history = history_of(growing());
    EXPECT_EQ(history.bytes_at(1, 9), 4 * kKilobyte);
    EXPECT_EQ(history.bytes_at(1, 10), 8 * kKilobyte);
    EXPECT_EQ(history.bytes_at(1, 19), 8 * kKilobyte);
    EXPECT_EQ(history.bytes_at(1, 40), 64 * kKilobyte);
    EXPECT_EQ(history.bytes_at(2, 40), kFirstStackBytes);
    EXPECT_EQ(history.most(), 64 * kKilobyte);
}

TEST(StackHistoryTest, OnlyTheRunAskedForIsRead) {
    EventScript script;
    script.begin_run(1).start_proc(0).create(1, 0);
    script.at(10).start(1, 0).grow_stack(1, 0, 4 * kKilobyte, 8 * kKilobyte).end(1, 0).end_run();
    script.at(20).begin_run(1).create(1, 0);
    script.at(30).start(1, 0).end(1, 0).end_run();
    const model::Timeline timeline = script.timeline();
    StackHistory history;
    history.advance(timeline, timeline.runs()[0]);
    EXPECT_EQ(history.stacks().size(), 1U);
    history.advance(timeline, timeline.runs()[1]);
    EXPECT_TRUE(history.stacks().empty());
}

TEST(StackHistogramTest, CountsThoseWhoLiveByPowersOfTwo) {
    const model::Timeline timeline = growing();
    const StackHistory history = history_of(timeline);
    const auto goroutines = timeline.goroutines(1);
    const auto early = stack_histogram(history, goroutines, 25);
    ASSERT_EQ(early.size(), 5U) << "4, 8, 16, 32, 64 KB";
    EXPECT_EQ(early[0].count, 1U);
    EXPECT_EQ(early[4].bytes, 64 * kKilobyte);
    EXPECT_EQ(early[4].count, 1U);
    EXPECT_EQ(stack_histogram(history, goroutines, 35)[0].count, 2U) << "G3 has come";
}

}  // namespace
}  // namespace golanes::view
