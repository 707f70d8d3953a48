#include "ui/view/hit_test.h"

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"
#include "ui/view/gantt_layout.h"

namespace golanes::view {
namespace {

/// One P and two rows, made by hand: a wide span, a narrow merged run, a queue bar, a mark.
Gantt made_up() {
    Gantt gantt;
    Row proc;
    proc.height = 40;
    proc.bar_height = 24;
    proc.stripe_top = 24;
    proc.stripe_height = 12;
    gantt.rows.push_back(proc);
    Row goroutine;
    goroutine.kind = RowKind::Goroutine;
    goroutine.number = 9;
    goroutine.top = 40;
    goroutine.height = 20;
    goroutine.bar_height = 16;
    gantt.rows.push_back(goroutine);
    const auto add = [&](ItemKind kind, float x0, float x1, float y0, float y1) {
        Item item;
        item.kind = kind;
        item.x0 = x0;
        item.x1 = x1;
        item.y0 = y0;
        item.y1 = y1;
        gantt.items.push_back(item);
    };
    add(ItemKind::Lane, 0, 500, 0, 24);
    add(ItemKind::Span, 100, 200, 0, 24);
    add(ItemKind::Merged, 300, 301, 0, 24);
    add(ItemKind::Queue, 100, 200, 30, 36);
    gantt.marks.push_back({150, 0, 1, {}});
    return gantt;
}

TEST(HitTest, ASpanIsFoundUnderThePointer) {
    const auto hit = hit_test(made_up(), 160, 10);
    ASSERT_TRUE(hit);
    EXPECT_EQ(hit->row, 0U);
    EXPECT_EQ(hit->item, 1U);
    EXPECT_EQ(hit->mark, kNone);
}

TEST(HitTest, ABareLaneHasARowButNoItem) {
    const auto hit = hit_test(made_up(), 250, 10);
    ASSERT_TRUE(hit);
    EXPECT_EQ(hit->item, kNone);
}

TEST(HitTest, APixelWideRunIsFoundFromNearby) {
    EXPECT_EQ(hit_test(made_up(), 302.5F, 10)->item, 2U);
    EXPECT_EQ(hit_test(made_up(), 305, 10)->item, kNone);
}

TEST(HitTest, AWideSpanEndsWhereItEnds) {
    EXPECT_EQ(hit_test(made_up(), 201, 10)->item, kNone);
}

TEST(HitTest, TheStripeIsApartFromTheBar) {
    EXPECT_EQ(hit_test(made_up(), 160, 32)->item, 3U);
    EXPECT_EQ(hit_test(made_up(), 250, 32)->item, kNone);
}

TEST(HitTest, AMarkIsFoundWithinReach) {
    EXPECT_EQ(hit_test(made_up(), 151, 10)->mark, 0U);
    EXPECT_EQ(hit_test(made_up(), 151, 50)->mark, kNone);
}

TEST(HitTest, BelowTheLastRowThereIsNothing) {
    EXPECT_FALSE(hit_test(made_up(), 100, 70));
    EXPECT_FALSE(hit_test(made_up(), 100, -3));
}

TEST(HitTest, EverySpanOfARealLayoutIsFoundAtItsMiddle) {
    Gantt gantt;
    build_gantt(alternating(20, kMillisecond), {{0, 20 * kMillisecond}, 0, 1'000}, {}, gantt);
    int checked = 0;
    for (std::uint32_t i = 0; i < gantt.items.size(); ++i) {
        const Item& item = gantt.items[i];
        if (item.kind != ItemKind::Span)
            continue;
        const auto hit = hit_test(gantt, (item.x0 + item.x1) / 2, (item.y0 + item.y1) / 2);
        ASSERT_TRUE(hit);
        EXPECT_EQ(hit->item, i);
        ++checked;
    }
    EXPECT_GE(checked, 60);
}

}  // namespace
}  // namespace golanes::view
