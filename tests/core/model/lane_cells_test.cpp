// Pieces of random schedules against the spans they stand for.
#include "core/model/lane_cells.h"

#include <map>
#include <random>

#include <gtest/gtest.h>

#include "core/model/timeline_data.h"
#include "tests/core/model/random_scheduler.h"

namespace golanes::model::test {
namespace {

Span span_at(TimeNs start, TimeNs end, GoroutineId g, State state = State::Running) {
    Span span;
    span.start = start;
    span.end = end;
    span.g = g;
    span.state = state;
    return span;
}

std::vector<Span> run_of_spans(std::size_t count) {
    std::vector<Span> spans;
    for (std::size_t i = 0; i < count; ++i)
        spans.push_back(span_at(static_cast<TimeNs>(10 * i),
                                static_cast<TimeNs>(10 * i + 10),
                                static_cast<GoroutineId>(i % 5 + 1)));
    return spans;
}

TEST(LaneCellsTest, FewSpansHaveNone) {
    std::vector<LaneCell> cells;
    EXPECT_EQ(add_cells(run_of_spans(kCellSpans), cells).spans, 0U);
    EXPECT_TRUE(cells.empty());
}

TEST(LaneCellsTest, ACellTellsTheGreatestPartsAndCountsTheRest) {
    std::vector<LaneCell> cells;
    add_cells(run_of_spans(2 * kCellSpans), cells);
    ASSERT_EQ(cells.size(), 3U) << "two, and one over both";
    EXPECT_EQ(cells[0].start, 0);
    EXPECT_EQ(cells[0].end, 160);
    EXPECT_EQ(cells[0].parts[0].g, 1U);
    EXPECT_EQ(cells[0].parts[0].count, 4U);
    EXPECT_EQ(cells[0].others.count, 6U);
    EXPECT_EQ(cells[0].others.ns, 60.0F);
}

TEST(LaneCellsTest, LossComesFirstHoweverShort) {
    std::vector<Span> spans = run_of_spans(2 * kCellSpans);
    spans[3] = span_at(30, 31, 0, State::Lost);
    std::vector<LaneCell> cells;
    add_cells(spans, cells);
    EXPECT_EQ(cells[0].parts[0].state, State::Lost);
}

TEST(LaneCellsTest, TheLargestCellThatFitsIsTold) {
    const std::vector<Span> spans = run_of_spans(300);
    std::vector<LaneCell> cells;
    add_cells(spans, cells);
    std::vector<std::size_t> told;
    const auto walk = [&](DurationNs blur) {
        told.clear();
        walk_cells(
            spans,
            cells,
            0,
            INT64_MAX,
            blur,
            [&](const Span&) { return told.push_back(1), true; },
            [&](const LaneCell& cell) {
                told.push_back(static_cast<std::size_t>(cell.end - cell.start) / 10);
                return true;
            });
        return told;
    };
    EXPECT_EQ(walk(9).size(), 300U);
    EXPECT_EQ(walk(160).front(), 16U);
    EXPECT_EQ(walk(160).size(), 300U / 16 + 1);
    EXPECT_EQ(walk(160).back(), 300U % 16);
    EXPECT_EQ(walk(1'280), (std::vector<std::size_t>{128, 128, 300 - 256}));
    EXPECT_EQ(walk(100'000), (std::vector<std::size_t>{300}));
}

struct Sums {
    std::uint64_t count = 0;
    double ns = 0;
    TimeNs last = INT64_MIN;
    bool in_order = true;

    void pass(TimeNs start, TimeNs end) {
        in_order = in_order && start >= last;
        last = end;
    }
};

Sums sums_of_pieces(const Timeline& timeline, LaneId lane, TimeNs t0, TimeNs t1, DurationNs blur) {
    Sums sums;
    timeline.for_each_piece(
        lane,
        t0,
        t1,
        blur,
        [&](const Span& span) {
            sums.pass(span.start, span.end);
            if (span.state == State::Idle)
                return;
            ++sums.count;
            sums.ns += static_cast<double>(span.length());
        },
        [&](const LaneCell& cell) {
            sums.pass(cell.start, cell.end);
            for (const CellPart& part : cell.parts) {
                sums.count += part.count;
                sums.ns += static_cast<double>(part.ns);
            }
            sums.count += cell.others.count;
            sums.ns += static_cast<double>(cell.others.ns);
        });
    return sums;
}

TEST(LaneCellsTest, NoSpanVanishesAtAnyBlur) {
    const std::uint64_t seed = std::random_device()();
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomScheduler scheduler(seed);
    for (int i = 0; i < 150'000; ++i)
        scheduler.step();
    const Timeline timeline = scheduler.b.timeline();
    for (std::uint32_t p = 0; p < kProcs; ++p) {
        const Sums exact = sums_of_pieces(timeline, proc_lane(p), 0, timeline.end(), -1);
        for (const DurationNs blur : {10, 100, 1'000, 100'000}) {
            const Sums told = sums_of_pieces(timeline, proc_lane(p), 0, timeline.end(), blur);
            EXPECT_EQ(told.count, exact.count) << "blur " << blur;
            EXPECT_NEAR(told.ns, exact.ns, exact.ns / 1e5) << "blur " << blur;
            EXPECT_TRUE(told.in_order);
        }
    }
}

// What is told together begins, ends and is as long as what it stands for.
TEST(LaneCellsTest, QueueStretchesToldTogetherAreAsLongAsTheyEverWere) {
    const std::uint64_t seed = std::random_device()();
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomScheduler scheduler(seed);
    for (int i = 0; i < 150'000; ++i)
        scheduler.step();
    const Timeline timeline = scheduler.b.timeline();
    const TimeNs t0 = timeline.end() / 7;
    const TimeNs t1 = timeline.end() - timeline.end() / 5;
    const auto stretches = [&](std::span<const TimeNs> borders) {
        std::vector<QueueStretch> told;
        timeline.for_each_queue_stretch(
            {QueueKind::Ring, 1}, t0, t1, borders, [&](const auto& one) { told.push_back(one); });
        return told;
    };
    const auto exact = stretches({});
    for (const DurationNs column : {20, 200, 2'000, 20'000}) {
        std::vector<TimeNs> borders;
        for (TimeNs t = t0 + column / 3; t < t1; t += column)
            borders.push_back(t);
        const auto told = stretches(borders);
        EXPECT_LE(told.size(), exact.size());
        EXPECT_LE(told.size(), 2 * (borders.size() + timeline.data().sealed.size() + 2));
        auto next = exact.begin();
        for (const QueueStretch& one : told) {
            ASSERT_NE(next, exact.end());
            EXPECT_EQ(one.start, next->start);
            std::uint32_t longest = 0;
            TimeNs end = one.start;
            for (; next != exact.end() && next->start < one.end; ++next) {
                longest = std::max(longest, next->length);
                end = next->end;
            }
            ASSERT_EQ(one.end, end);
            ASSERT_EQ(one.length, longest) << "at " << one.start;
        }
        EXPECT_EQ(next, exact.end());
    }
}

TEST(LaneCellsTest, TheLongestQueueIsThatOfItsSteps) {
    const std::uint64_t seed = std::random_device()();
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomScheduler scheduler(seed);
    for (int i = 0; i < 150'000; ++i)
        scheduler.step();
    const Timeline timeline = scheduler.b.timeline();
    Random random(seed, Stream::Scenario);
    const auto moment = [&] {
        return static_cast<TimeNs>(random.uniform(static_cast<std::uint64_t>(timeline.end())));
    };
    for (int i = 0; i < 100; ++i) {
        const TimeNs t0 = moment();
        const TimeNs t1 = t0 + 1 + moment() / (1 + i);
        const trace::QueueId queue{i % 2 == 0 ? QueueKind::Global : QueueKind::Ring, 0};
        std::uint32_t longest = 0;
        for (const QueueLengthStep& step : timeline.queue_lengths(queue, t0, t1))
            longest = std::max(longest, step.length);
        ASSERT_EQ(timeline.longest_queue(queue, t0, t1), longest) << t0 << " to " << t1;
    }
}

}  // namespace
}  // namespace golanes::model::test
