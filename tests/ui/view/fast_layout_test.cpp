// The layout reads sums where the plain way reads every step: both draw the same, on random
// schedules.
#include <random>

#include <gtest/gtest.h>

#include "tests/core/model/random_scheduler.h"
#include "ui/view/gantt_layout.h"
#include "ui/view/queue_stripes.h"

namespace golanes::view {
namespace {

class FastLayoutTest : public testing::Test {
 protected:
    FastLayoutTest() : scheduler_(seed_) {
        for (int i = 0; i < 100'000; ++i)
            scheduler_.step();
        timeline_ = scheduler_.b.timeline();
    }

    TimeRange part(TimeNs of_eighths_from, TimeNs to) const {
        return {timeline_.end() * of_eighths_from / 8, timeline_.end() * to / 8};
    }

    std::uint64_t seed_ = std::random_device()();
    testing::ScopedTrace trace_{__FILE__, __LINE__, "seed " + std::to_string(seed_)};
    model::test::RandomScheduler scheduler_;
    model::Timeline timeline_;
};

void expect_same(const std::vector<Item>& fast, const std::vector<Item>& plain) {
    ASSERT_EQ(fast.size(), plain.size());
    for (std::size_t i = 0; i < plain.size(); ++i) {
        ASSERT_EQ(fast[i].x0, plain[i].x0) << "item " << i;
        ASSERT_EQ(fast[i].x1, plain[i].x1) << "item " << i;
        ASSERT_EQ(fast[i].y0, plain[i].y0) << "item " << i;
        ASSERT_EQ(fast[i].count, plain[i].count) << "item " << i;
        ASSERT_EQ(fast[i].time, plain[i].time) << "item " << i;
    }
}

TEST_F(FastLayoutTest, StripesAreThoseOfEverySingleStep) {
    for (const TimeRange range : {part(0, 8), part(1, 6), part(3, 4), {1'000, 9'000}}) {
        Gantt plain;
        plain.viewport = {range, 0, 700};
        build_rows(timeline_, range, {}, plain.rows);
        Gantt fast = plain;
        const std::uint32_t row = row_of(plain.rows, RowKind::Proc, 1);
        StripeWriter writer(row, plain);
        timeline_.for_each_queue_stretch({trace::QueueKind::Ring, 1},
                                         range.start,
                                         range.end,
                                         {},
                                         [&](const model::QueueStretch& one) {
                                             writer.add({one.start, one.end}, one.length);
                                         });
        writer.finish();
        add_queue_items(timeline_, column_borders(fast.viewport), row, fast);
        ASSERT_FALSE(plain.items.empty());
        expect_same(fast.items, plain.items);
    }
}

TEST_F(FastLayoutTest, ColumnsBeginWithTheFirstTimeThatLiesInThem) {
    for (const float left : {0.0F, 230.0F}) {
        const Viewport viewport{part(1, 6), left, 500};
        const auto borders = column_borders(viewport);
        ASSERT_EQ(borders.size(), 499U);
        for (std::size_t i = 0; i < borders.size(); ++i) {
            const float edge = left + static_cast<float>(i) + 1;
            EXPECT_GE(viewport.px_from_time(borders[i]), edge);
            EXPECT_LT(viewport.px_from_time(borders[i] - 1), edge);
        }
    }
}

TEST_F(FastLayoutTest, ColumnsAreAsNarrowAsTheNumberOfItemsAllows) {
    const Viewport viewport{part(0, 8), 0, 1'000};
    Gantt gantt;
    GanttStyle style;
    for (const std::size_t most : {4'000U, 8'000U}) {
        style.max_items = most;
        build_gantt(timeline_, viewport, style, gantt);
        ASSERT_LE(gantt.items.size(), most);
        const float column_px = gantt.column_px;
        ASSERT_LT(column_px, viewport.width_px / 2);
        const std::size_t items = gantt.items.size();
        style.max_items = items;
        build_gantt(timeline_, viewport, style, gantt);
        EXPECT_EQ(gantt.column_px, column_px) << "what fits exactly, fits";
        EXPECT_EQ(gantt.items.size(), items);
        style.max_items = items - 1;
        build_gantt(timeline_, viewport, style, gantt);
        EXPECT_EQ(gantt.column_px, 2 * column_px) << "the next width, not a wider one";
    }
}

}  // namespace
}  // namespace golanes::view
