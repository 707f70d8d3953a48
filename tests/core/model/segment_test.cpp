#include <gtest/gtest.h>

#include "tests/core/model/event_builder.h"

namespace golanes::model::test {
namespace {

constexpr std::size_t kChunk = recording::kChunkEvents;
constexpr std::size_t kChunkBytes = kChunk * sizeof(trace::Event);

// Goroutine 1 waits from time 0 on; goroutine 2 runs and stops, two events a nanosecond, until the
// recording holds `events` events.
void fill(EventBuilder& b, std::size_t events) {
    std::size_t written = 6;
    b.run().procs(1).create(1).start(1).block(1).create(2);
    for (; written + 2 <= events; written += 2)
        b.after(1).start(2).stop(2, QueueKind::Ring);
}

TEST(SegmentTest, ASpanThatCrossesABorderIsWholeOnBothSides) {
    EventBuilder b;
    fill(b, 2 * kChunk + 1000);
    b.after(1).unblock(1);
    const TimeNs woken = b.now();
    const Timeline timeline = b.after(1).end_run().timeline();
    for (const TimeNs t : {TimeNs{0}, woken / 2, woken - 1}) {
        const auto span = timeline.span_at(goroutine_lane(1), t);
        ASSERT_TRUE(span) << t;
        EXPECT_EQ(span->state, State::Waiting);
        EXPECT_EQ(span->start, 0);
        EXPECT_EQ(span->end, woken);
    }
    EXPECT_EQ(timeline.violations(), 0U);
}

TEST(SegmentTest, AllSpansOfALaneComeOnceAndInOrder) {
    EventBuilder b;
    fill(b, 2 * kChunk + 1000);
    const Timeline timeline = b.timeline();
    std::size_t running = 0;
    TimeNs end = 0;
    timeline.for_each_span(goroutine_lane(2), 0, timeline.end() + 1, [&](const Span& span) {
        EXPECT_GE(span.start, end);
        end = span.end;
        running += span.state == State::Running ? 1 : 0;
    });
    EXPECT_EQ(running, (2 * kChunk + 1000 - 6) / 2);
}

TEST(SegmentTest, AWindowYieldsOnlyWhatTouchesIt) {
    EventBuilder b;
    fill(b, 2 * kChunk);
    const Timeline timeline = b.timeline();
    const TimeNs middle = timeline.end() / 2;
    std::string text;
    timeline.for_each_span(goroutine_lane(2), middle, middle + 2, [&](const Span& span) {
        if (span.state == State::Runnable)
            text +=
                std::to_string(span.start - middle) + "-" + std::to_string(span.end - middle) + " ";
    });
    EXPECT_EQ(text, "0-1 1-2 ");
    EXPECT_EQ(timeline.lanes(LaneKind::Goroutine, middle, middle + 1).size(), 2U);
}

TEST(SegmentTest, QueueContentsAreExactInEverySegment) {
    EventBuilder b;
    fill(b, 3 * kChunk);
    const Timeline timeline = b.timeline();
    for (TimeNs t = 1; t < timeline.end(); t += timeline.end() / 37)
        EXPECT_EQ(timeline.queues_at(t).procs[0].ring, std::vector<GoroutineId>{2}) << t;
}

TEST(SegmentTest, QueueLengthsGoOnOverABorder) {
    EventBuilder b;
    fill(b, 2 * kChunk + 10);
    const Timeline timeline = b.timeline();
    const auto steps = timeline.queue_lengths({QueueKind::Ring, 0}, 1, timeline.end());
    for (std::size_t i = 1; i < steps.size(); ++i) {
        ASSERT_EQ(steps[i].length, 1U - steps[i - 1].length) << i;
        ASSERT_GE(steps[i].time, steps[i - 1].time);
    }
    EXPECT_GT(steps.size(), 2 * kChunk - 100);
}

TEST(SegmentTest, ReadingInSmallStepsGivesTheSameTimeline) {
    EventBuilder b;
    TimelineBuilder builder;
    b.run().procs(1).create(1).start(1).block(1).create(2);
    for (std::size_t i = 0; i < kChunk; ++i) {
        b.after(1).start(2).stop(2, QueueKind::Ring);
        if (i % 1001 == 0)
            builder.advance(b.snapshot());
    }
    builder.advance(b.snapshot());
    const Timeline grown = builder.timeline();
    const Timeline whole = b.timeline();
    EXPECT_EQ(lane_text(grown, goroutine_lane(2)), lane_text(whole, goroutine_lane(2)));
    EXPECT_EQ(lane_text(grown, proc_lane(0)), lane_text(whole, proc_lane(0)));
    EXPECT_EQ(grown.goroutine(1, 2)->run_slices, kChunk);
}

TEST(SegmentTest, ShedChunksTakeTheirSpansAndRunsWithThem) {
    EventBuilder b({}, 2 * kChunkBytes);
    TimelineBuilder builder;
    std::size_t runs = 0;
    for (std::size_t events = 0; events < 5 * kChunk; events += 6, ++runs) {
        b.after(5)
            .run(static_cast<std::uint32_t>(runs + 1))
            .procs(1)
            .create(1)
            .start(1)
            .after(2)
            .end(1)
            .end_run(trace::RunStatus::Ok, static_cast<std::uint32_t>(runs + 1));
        if (runs % 1000 == 0)
            builder.advance(b.snapshot());
    }
    builder.advance(b.snapshot());
    const Timeline timeline = builder.timeline();
    EXPECT_EQ(timeline.start(), timeline.recording().start_ns());
    EXPECT_GT(timeline.start(), 0);
    EXPECT_LE(timeline.runs().size(), 2 * kChunk / 6 + 1);
    EXPECT_EQ(timeline.runs().back().number, runs);
    EXPECT_FALSE(timeline.goroutine(1, 1));
    EXPECT_EQ(timeline.violations(), 0U);
    timeline.for_each_span(proc_lane(0), INT64_MIN, INT64_MAX, [&](const Span& span) {
        EXPECT_GE(span.start, timeline.start());
    });
}

TEST(SegmentTest, ASpanWhoseBeginningWasShedIsCutAtTheStart) {
    EventBuilder b({}, 2 * kChunkBytes);
    TimelineBuilder builder;
    b.run().procs(1).create(1).start(1).block(1).create(2);
    for (std::size_t i = 0; i < 2 * kChunk; ++i) {
        b.after(1).start(2).stop(2, QueueKind::Ring);
        if (i % 4096 == 0)
            builder.advance(b.snapshot());
    }
    builder.advance(b.snapshot());
    const Timeline timeline = builder.timeline();
    std::vector<Span> spans;
    timeline.for_each_span(
        goroutine_lane(1), 0, INT64_MAX, [&](const Span& span) { spans.push_back(span); });
    ASSERT_EQ(spans.size(), 1U);
    EXPECT_EQ(spans[0].start, timeline.start());
    EXPECT_EQ(spans[0].flags, Span::kContinuesBefore | Span::kOpen);
    EXPECT_EQ(timeline.span_at(goroutine_lane(1), timeline.start())->start, 0)
        << "the true start is still known";
}

TEST(SegmentTest, EventsShedUnreadAreMissingHistoryAndNoViolation) {
    EventBuilder b({}, 2 * kChunkBytes);
    TimelineBuilder builder;
    fill(b, 1000);
    builder.advance(b.snapshot());
    const TimeNs last_read = b.now();
    for (std::size_t i = 0; i < 2 * kChunk; ++i)
        b.after(1).start(2).stop(2, QueueKind::Ring);
    builder.advance(b.snapshot());
    const Timeline timeline = builder.timeline();
    EXPECT_EQ(timeline.violations(), 0U);
    EXPECT_GT(timeline.start(), last_read);
    EXPECT_EQ(timeline.queues_at(timeline.end()).procs[0].ring, std::vector<GoroutineId>{2});
}

TEST(SegmentTest, ARecordingThatBeginsInTheMiddleIsReadWithoutViolations) {
    EventBuilder b({}, 2 * kChunkBytes);
    fill(b, 4 * kChunk);
    const Timeline timeline = b.timeline();
    EXPECT_EQ(timeline.violations(), 0U);
    EXPECT_EQ(timeline.runs().size(), 1U);
    EXPECT_GT(timeline.goroutine(0, 2)->run_slices, kChunk / 2);
}

}  // namespace
}  // namespace golanes::model::test
