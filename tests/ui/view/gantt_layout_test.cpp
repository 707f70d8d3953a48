#include "ui/view/gantt_layout.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"

namespace golanes::view {
namespace {

Gantt laid_out(const model::Timeline& timeline,
               TimeRange range,
               float width = 1'000,
               GanttStyle style = {}) {
    Gantt gantt;
    build_gantt(timeline, {range, 0, width}, style, gantt);
    return gantt;
}

std::vector<Item> items_of(const Gantt& gantt,
                           RowKind kind,
                           std::uint32_t number,
                           ItemKind item_kind) {
    const std::uint32_t row = row_of(gantt.rows, kind, number);
    std::vector<Item> found;
    std::copy_if(
        gantt.items.begin(), gantt.items.end(), std::back_inserter(found), [&](const Item& item) {
            return item.row == row && item.kind == item_kind;
        });
    return found;
}

std::size_t rows_of(const Gantt& gantt, RowKind kind) {
    return static_cast<std::size_t>(std::count_if(
        gantt.rows.begin(), gantt.rows.end(), [&](const Row& row) { return row.kind == kind; }));
}

TEST(GanttTest, RowsAreThePsThenTheGlobalQueueThenTheGoroutines) {
    const Gantt gantt = laid_out(alternating(10, kMillisecond), {0, 10 * kMillisecond});
    std::vector<RowKind> kinds;
    for (const Row& row : gantt.rows)
        kinds.push_back(row.kind);
    EXPECT_EQ(kinds,
              (std::vector<RowKind>{RowKind::ProcHeading,
                                    RowKind::Proc,
                                    RowKind::GlobalQueue,
                                    RowKind::GoroutineHeading,
                                    RowKind::Goroutine,
                                    RowKind::Goroutine}));
    EXPECT_EQ(gantt.rows[4].name, "main");
    EXPECT_EQ(gantt.rows[5].name, "worker");
}

TEST(GanttTest, RowsTouchAndDoNotOverlap) {
    const Gantt gantt = laid_out(alternating(10, kMillisecond), {0, 10 * kMillisecond});
    float y = 0;
    for (const Row& row : gantt.rows) {
        EXPECT_FLOAT_EQ(row.top, y);
        y = row.bottom();
    }
    EXPECT_FLOAT_EQ(gantt.height, y);
}

TEST(GanttTest, TakingTurnsOnOnePAlternatesTheGoroutinesOfItsLane) {
    const Gantt gantt = laid_out(alternating(10, kMillisecond), {0, 10 * kMillisecond});
    std::vector<GoroutineId> order;
    for (const Item& item : items_of(gantt, RowKind::Proc, 0, ItemKind::Span)) {
        if (item.state == model::State::Running)
            order.push_back(item.g);
    }
    EXPECT_EQ(order, (std::vector<GoroutineId>{1, 2, 1, 2, 1, 2, 1, 2, 1, 2}));
}

TEST(GanttTest, AGoroutineRunsWhileTheOtherIsRunnable) {
    const Gantt gantt = laid_out(alternating(4, kMillisecond), {0, 4 * kMillisecond});
    const auto items = items_of(gantt, RowKind::Goroutine, 2, ItemKind::Span);
    ASSERT_GE(items.size(), 4U);
    EXPECT_EQ(items[0].state, model::State::Runnable);
    EXPECT_EQ(items[1].state, model::State::Running);
    EXPECT_NEAR(items[1].x0, 250, 1);
    EXPECT_NEAR(items[1].x1, 500, 1);
}

TEST(GanttTest, WideSlicesCarryTheirGoroutinesName) {
    const Gantt gantt = laid_out(alternating(4, kMillisecond), {0, 4 * kMillisecond});
    const auto items = items_of(gantt, RowKind::Proc, 0, ItemKind::Span);
    ASSERT_GE(items.size(), 2U);
    ASSERT_NE(items[1].label, kNone);
    EXPECT_EQ(gantt.labels[items[1].label], "worker");
    const auto own = items_of(gantt, RowKind::Goroutine, 2, ItemKind::Span);
    EXPECT_EQ(gantt.labels[own[1].label], "P0");
}

TEST(GanttTest, NarrowSlicesCarryNoText) {
    const Gantt gantt = laid_out(alternating(100, kMillisecond), {0, 100 * kMillisecond});
    for (const Item& item : gantt.items)
        EXPECT_EQ(item.label, kNone);
}

TEST(GanttTest, ManySlicesStayUnderTheCapAndNoneVanishes) {
    const int slices = 40'000;
    const model::Timeline timeline = alternating(slices, kMicrosecond);
    const Gantt gantt = laid_out(timeline, {0, slices * kMicrosecond}, 1'600);
    EXPECT_LE(gantt.items.size(), kMaxItems);
    std::uint32_t told = 0;
    for (const ItemKind kind : {ItemKind::Span, ItemKind::Merged}) {
        for (const Item& item : items_of(gantt, RowKind::Proc, 0, kind))
            told += item.count;
    }
    EXPECT_EQ(told, static_cast<std::uint32_t>(slices));
}

TEST(GanttTest, ATightCapWidensTheColumnsInsteadOfDroppingItems) {
    const model::Timeline timeline = alternating(5'000, kMicrosecond);
    GanttStyle style;
    style.max_items = 300;
    const Gantt gantt = laid_out(timeline, {0, 5 * kMillisecond}, 1'000, style);
    EXPECT_LE(gantt.items.size(), 300U);
    EXPECT_GT(gantt.column_px, 1);
    std::uint32_t told = 0;
    for (const Item& item : items_of(gantt, RowKind::Proc, 0, ItemKind::Merged))
        told += item.count;
    EXPECT_EQ(told, 5'000U);
}

TEST(GanttTest, RowsOutOfSightGetNoItems) {
    GanttStyle style;
    style.visible_bottom = 10;
    const Gantt gantt =
        laid_out(alternating(10, kMillisecond), {0, 10 * kMillisecond}, 1'000, style);
    EXPECT_TRUE(items_of(gantt, RowKind::Goroutine, 1, ItemKind::Span).empty());
    EXPECT_EQ(rows_of(gantt, RowKind::Goroutine), 2U);
}

EventScript crowd(GoroutineId goroutines) {
    EventScript script;
    script.begin_run(1).start_proc(0);
    for (GoroutineId g = 1; g <= goroutines; ++g)
        script.create(g, 0);
    for (GoroutineId g = 1; g <= goroutines; ++g)
        script.at(g * 100).start(g, 0).at(g * 100 + 100).end(g, 0);
    script.end_run();
    return script;
}

TEST(GanttTest, GoroutinesBeyondTheLimitAreCountedNotDropped) {
    GanttStyle style;
    style.rows.max_goroutines = 20;
    const Gantt gantt = laid_out(crowd(50).timeline(), {0, 6'000}, 1'000, style);
    EXPECT_EQ(rows_of(gantt, RowKind::Goroutine), 20U);
    ASSERT_EQ(gantt.rows.back().kind, RowKind::More);
    EXPECT_EQ(gantt.rows.back().number, 30U);
}

TEST(GanttTest, TheStripeOfAPShowsHowManyGoroutinesWait) {
    const Gantt gantt = laid_out(crowd(6).timeline(), {0, 700});
    const auto bars = items_of(gantt, RowKind::Proc, 0, ItemKind::Queue);
    ASSERT_FALSE(bars.empty());
    EXPECT_EQ(bars.front().count, 6U);
    EXPECT_EQ(bars.back().count, 1U);
    EXPECT_EQ(gantt.queue_scale, 6U);
}

TEST(GanttTest, TheGlobalQueueHasAStripeOfItsOwn) {
    EventScript script;
    script.begin_run(1).start_proc(0).create(1, 0).start(1, 0);
    script.at(100).create_globally(2, 0);
    script.at(500).block(1, 0, trace::WaitReason::WaitGroupWait).start_from_global(2, 0);
    script.at(900).end(2, 0).end_run(trace::RunStatus::Deadlock);
    const Gantt gantt = laid_out(script.timeline(), {0, 1'000});
    const auto bars = items_of(gantt, RowKind::GlobalQueue, 0, ItemKind::Queue);
    ASSERT_EQ(bars.size(), 1U);
    EXPECT_NEAR(bars[0].x0, 100, 1);
    EXPECT_NEAR(bars[0].x1, 500, 1);
}

EventScript shrinking() {
    EventScript script;
    script.begin_run(2).start_proc(0).start_proc(1).create(1, 0).start(1, 0);
    script.at(400).stop_proc(1, trace::ProcStopReason::Removed).set_procs(1);
    script.at(1'000).end(1, 0).end_run();
    return script;
}

TEST(GanttTest, ARemovedPsLaneEndsAtThatMoment) {
    const Gantt gantt = laid_out(shrinking().timeline(), {0, 1'000});
    const auto stayed = items_of(gantt, RowKind::Proc, 0, ItemKind::Lane);
    const auto removed = items_of(gantt, RowKind::Proc, 1, ItemKind::Lane);
    ASSERT_EQ(stayed.size(), 1U);
    ASSERT_EQ(removed.size(), 1U);
    EXPECT_NEAR(stayed[0].x1, 1'000, 1);
    EXPECT_NEAR(removed[0].x1, 400, 1);
}

TEST(GanttTest, AChangeOfPIsALineThatNamesTheNewCount) {
    const Gantt gantt = laid_out(shrinking().timeline(), {100, 1'000});
    const auto line =
        std::find_if(gantt.marks.begin(), gantt.marks.end(), [](const MarkItem& item) {
            return item.mark.kind == model::MarkKind::ProcCount;
        });
    ASSERT_NE(line, gantt.marks.end());
    EXPECT_EQ(line->row, kNone);
    EXPECT_EQ(line->mark.value, 1U);
}

TEST(GanttTest, APThatIsNotThereInViewHasNoRow) {
    const Gantt gantt = laid_out(shrinking().timeline(), {600, 1'000});
    EXPECT_EQ(rows_of(gantt, RowKind::Proc), 1U);
}

TEST(GanttTest, BetweenTwoRunsThereIsNoLane) {
    EventScript script;
    for (int i = 0; i < 2; ++i) {
        script.at(i * 600).begin_run(1).start_proc(0).create(1, 0).start(1, 0);
        script.at(i * 600 + 400).end(1, 0).end_run();
    }
    const Gantt gantt = laid_out(script.timeline(), {0, 1'000});
    const auto lanes = items_of(gantt, RowKind::Proc, 0, ItemKind::Lane);
    ASSERT_EQ(lanes.size(), 2U);
    EXPECT_NEAR(lanes[0].x1, 400, 1);
    EXPECT_NEAR(lanes[1].x0, 600, 1);
    EXPECT_EQ(gantt.runs.size(), 2U);
}

TEST(GanttTest, OffCpuTimeIsASpanOfItsOwnWithItsGoroutine) {
    EventScript script;
    script.begin_run(1).start_proc(0).create(1, 0).start(1, 0);
    script.at(700).off_cpu(1, 0, 300);
    script.at(1'000).end(1, 0).end_run();
    const Gantt gantt = laid_out(script.timeline(), {0, 1'000});
    const auto items = items_of(gantt, RowKind::Proc, 0, ItemKind::Span);
    const auto off = std::find_if(items.begin(), items.end(), [](const Item& item) {
        return item.state == model::State::OffCpu;
    });
    ASSERT_NE(off, items.end());
    EXPECT_EQ(off->g, 1U);
    EXPECT_NEAR(off->x0, 400, 1);
    EXPECT_NEAR(off->x1, 700, 1);
}

TEST(GanttTest, LossIsAMarkOverThePicture) {
    EventScript script;
    script.begin_run(1).start_proc(0).create(1, 0).start(1, 0);
    script.at(500).lose(0, 12, 200);
    script.at(1'000).end(1, 0).end_run();
    const Gantt gantt = laid_out(script.timeline(), {0, 1'000});
    EXPECT_TRUE(std::any_of(gantt.marks.begin(), gantt.marks.end(), [](const MarkItem& item) {
        return item.mark.kind == model::MarkKind::Loss;
    }));
}

TEST(GanttTest, PreemptionsCloseTogetherAreOneTickThatCounts) {
    EventScript script;
    script.begin_run(1).start_proc(0).create(1, 0);
    for (int i = 0; i < 50; ++i)
        script.at(i * 2).start(1, 0).at(i * 2 + 1).stop(1, 0, trace::StopReason::Preempted);
    script.at(100'000).end_run();
    const Gantt gantt = laid_out(script.timeline(), {0, 100'000});
    const auto ticks =
        std::count_if(gantt.marks.begin(), gantt.marks.end(), [](const MarkItem& item) {
            return item.mark.kind == model::MarkKind::Preempted;
        });
    ASSERT_EQ(ticks, 1);
    const auto tick =
        std::find_if(gantt.marks.begin(), gantt.marks.end(), [](const MarkItem& item) {
            return item.mark.kind == model::MarkKind::Preempted;
        });
    EXPECT_EQ(tick->count, 50U);
    EXPECT_EQ(tick->row, row_of(gantt.rows, RowKind::Proc, 0));
}

TEST(GanttTest, LayingOutTwiceGivesTheSamePicture) {
    const model::Timeline timeline = alternating(50, kMillisecond);
    Gantt gantt;
    build_gantt(timeline, {{0, 10 * kMillisecond}, 0, 500}, {}, gantt);
    build_gantt(timeline, {{0, 50 * kMillisecond}, 0, 1'000}, {}, gantt);
    const Gantt fresh = laid_out(timeline, {0, 50 * kMillisecond});
    EXPECT_EQ(gantt.items.size(), fresh.items.size());
    EXPECT_EQ(gantt.labels, fresh.labels);
    EXPECT_EQ(gantt.marks.size(), fresh.marks.size());
}

TEST(GanttTest, AnEmptyTimelineHasNoItems) {
    const Gantt gantt = laid_out(model::Timeline(), {0, 1'000});
    EXPECT_TRUE(gantt.items.empty());
    EXPECT_TRUE(gantt.marks.empty());
}

}  // namespace
}  // namespace golanes::view
