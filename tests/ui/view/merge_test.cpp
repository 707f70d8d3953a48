#include "ui/view/merge.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace golanes::view {
namespace {

using enum model::State;

/// A row 20 pixels high and a view of 1000 ns over 100 pixels: 10 ns a pixel.
class MergeTest : public testing::Test {
 protected:
    MergeTest() {
        gantt_.viewport = {{0, 1'000}, 0, 100};
        Row row;
        row.height = 24;
        row.bar_height = 20;
        gantt_.rows.push_back(row);
    }

    static model::Span span(TimeNs start, TimeNs end, model::State state, GoroutineId g) {
        model::Span made;
        made.start = start;
        made.end = end;
        made.state = state;
        made.g = g;
        return made;
    }

    const std::vector<Item>& merge(const std::vector<model::Span>& spans) {
        SpanMerger merger(gantt_.viewport, {}, 0, gantt_);
        for (const model::Span& one : spans)
            merger.add(one);
        merger.finish();
        return gantt_.items;
    }

    Gantt gantt_;
};

TEST_F(MergeTest, AWideSpanIsDrawnAsItself) {
    const auto& items = merge({span(100, 300, Running, 7)});
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].kind, ItemKind::Span);
    EXPECT_FLOAT_EQ(items[0].x0, 10);
    EXPECT_FLOAT_EQ(items[0].x1, 30);
    EXPECT_EQ(gantt_.spans[items[0].span].g, 7U);
}

TEST_F(MergeTest, ALonelyInstantIsOnePixelWideAndStillItself) {
    const auto& items = merge({span(503, 504, Running, 3)});
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].kind, ItemKind::Span);
    EXPECT_GE(items[0].width(), 1);
    EXPECT_EQ(items[0].time, (TimeRange{503, 504}));
}

TEST_F(MergeTest, ASpanWithoutLengthDoesNotVanish) {
    EXPECT_EQ(merge({span(503, 503, Running, 3)}).size(), 1U);
}

TEST_F(MergeTest, NarrowSpansAlikeBecomeOneItemThatCountsThem) {
    std::vector<model::Span> spans;
    for (TimeNs t = 200; t < 400; t += 2)
        spans.push_back(span(t, t + 2, Running, 5));
    const auto& items = merge(spans);
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].kind, ItemKind::Merged);
    EXPECT_EQ(items[0].count, 100U);
    EXPECT_EQ(items[0].eighths, 8);
    EXPECT_EQ(items[0].time, (TimeRange{200, 400}));
}

TEST_F(MergeTest, TheSharesOfAColumnAreStackedByTime) {
    const auto& items =
        merge({span(200, 202, Running, 1), span(202, 207, Running, 2), span(207, 210, Running, 3)});
    ASSERT_EQ(items.size(), 3U);
    EXPECT_EQ(items[0].eighths, 2);
    EXPECT_EQ(items[1].eighths, 4);
    EXPECT_EQ(items[2].eighths, 2);
    for (const Item& item : items)
        EXPECT_FLOAT_EQ(item.x0, items[0].x0);
    EXPECT_FLOAT_EQ(items[0].y1, 20);
    EXPECT_FLOAT_EQ(items[0].y0, items[1].y1);
    EXPECT_FLOAT_EQ(items[2].y0, 0);
}

TEST_F(MergeTest, TakingTurnsFasterThanAPixelIsTwoEvenLayersNotStripes) {
    std::vector<model::Span> spans;
    for (TimeNs t = 0; t < 1'000; ++t)
        spans.push_back(span(t, t + 1, Running, 1 + static_cast<GoroutineId>(t % 2)));
    const auto& items = merge(spans);
    ASSERT_EQ(items.size(), 2U);
    EXPECT_NEAR(items[0].eighths, 4, 1);
    EXPECT_NEAR(items[1].eighths, 4, 1);
    EXPECT_EQ(items[0].count + items[1].count, 1'000U);
}

TEST_F(MergeTest, WhatNobodyUsedStaysBare) {
    const auto& items =
        merge({span(200, 201, Running, 1), span(201, 209, Idle, 0), span(209, 210, Running, 1)});
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].eighths, 2);
    EXPECT_FLOAT_EQ(items[0].y1 - items[0].y0, 5);
}

TEST_F(MergeTest, ACrowdInOneColumnHasALayerForTheRest) {
    std::vector<model::Span> spans;
    for (GoroutineId g = 1; g <= 10; ++g)
        spans.push_back(span(200 + g - 1, 200 + g, Running, g));
    std::uint32_t told = 0;
    bool rest = false;
    int eighths = 0;
    for (const Item& item : merge(spans)) {
        told += item.count;
        rest = rest || item.g == 0;
        eighths += item.eighths;
    }
    EXPECT_EQ(told, 10U);
    EXPECT_TRUE(rest);
    EXPECT_EQ(eighths, 8);
}

TEST_F(MergeTest, LossShowsHoweverShort) {
    std::vector<model::Span> spans;
    for (GoroutineId g = 1; g <= 9; ++g)
        spans.push_back(span(200 + g - 1, 200 + g, Running, g));
    spans.push_back(span(209, 210, Lost, 0));
    const auto& items = merge(spans);
    EXPECT_TRUE(std::any_of(
        items.begin(), items.end(), [](const Item& item) { return item.state == Lost; }));
}

TEST_F(MergeTest, HalvesCutAtASegmentBorderAreOneSpan) {
    model::Span left = span(100, 105, Running, 4);
    left.flags = model::Span::kContinuesAfter;
    model::Span right = span(105, 130, Running, 4);
    right.flags = model::Span::kContinuesBefore;
    const auto& items = merge({left, right});
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].time, (TimeRange{100, 130}));
}

TEST_F(MergeTest, ItemsOfARowNeverOverlapAndEveryBusyColumnIsDrawn) {
    const unsigned seed = 77;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 200; ++round) {
        gantt_.items.clear();
        gantt_.spans.clear();
        std::vector<model::Span> spans;
        std::vector<bool> busy(100);
        std::uint32_t count = 0;
        for (TimeNs t = 0; t < 1'000;) {
            const TimeNs end = std::min<TimeNs>(
                1'000, t + 1 + static_cast<TimeNs>(random() % (random() % 4 == 0 ? 90U : 7U)));
            const bool idle = random() % 3 == 0;
            spans.push_back(span(t, end, idle ? Idle : Running, idle ? 0 : 1 + random() % 4));
            busy[static_cast<std::size_t>(t / 10)] =
                busy[static_cast<std::size_t>(t / 10)] || !idle;
            count += idle ? 0 : 1;
            t = end;
        }
        std::uint32_t told = 0;
        float right = 0;
        std::vector<bool> drawn(102);
        for (const Item& item : merge(spans)) {
            const bool same_stack = item.kind == ItemKind::Merged && item.x1 == right;
            EXPECT_TRUE(same_stack || item.x0 >= right - 0.001F) << item.x0;
            EXPECT_GE(item.width(), 0.999F);
            right = item.x1;
            if (is_bare(item.state))
                continue;
            told += item.count;
            for (auto px = static_cast<std::size_t>(item.x0);
                 static_cast<float>(px) < item.x1 && px < drawn.size();
                 ++px)
                drawn[px] = true;
        }
        EXPECT_EQ(told, count);
        for (std::size_t px = 0; px < 100; ++px)
            EXPECT_TRUE(!busy[px] || drawn[px] || drawn[px + 1])
                << "pixel " << px << " round " << round;
    }
}

TEST_F(MergeTest, ThinStatesAreThinnerThanRunningOnes) {
    const auto& items = merge(
        {span(100, 300, Running, 1), span(300, 500, Runnable, 1), span(500, 700, Waiting, 1)});
    ASSERT_EQ(items.size(), 3U);
    EXPECT_GT(items[0].y1 - items[0].y0, items[1].y1 - items[1].y0);
    EXPECT_GT(items[1].y1 - items[1].y0, items[2].y1 - items[2].y0);
    EXPECT_GE(items[2].y1 - items[2].y0, 1);
}

}  // namespace
}  // namespace golanes::view
