#include <atomic>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "core/model/statistics.h"
#include "tests/core/model/event_builder.h"

namespace golanes::model::test {
namespace {

TEST(SnapshotTest, ATimelineNeverChangesAfterItWasTaken) {
    EventBuilder b;
    TimelineBuilder builder;
    b.run().procs(1).create(1).at(5).start(1).at(8).create(2);
    builder.advance(b.snapshot());
    const Timeline before = builder.timeline();
    const std::string lane = lane_text(before, goroutine_lane(1));
    b.at(9).end(1).start(2).at(12).end(2).end_run();
    builder.advance(b.snapshot());
    EXPECT_EQ(lane_text(before, goroutine_lane(1)), lane);
    EXPECT_EQ(before.end(), 8);
    EXPECT_EQ(before.goroutine(1, 1)->ended, -1);
    EXPECT_EQ(before.runs()[0].end, -1);
    EXPECT_EQ(builder.timeline().goroutine(1, 1)->ended, 9);
    EXPECT_EQ(builder.timeline().runs()[0].end, 12);
}

// All lanes are whole: spans in order, none beyond the end, and the last one reaches the end of the
// run.
void check_lanes(const Timeline& timeline) {
    for (const LaneKind kind : {LaneKind::Proc, LaneKind::Goroutine, LaneKind::Machine}) {
        for (const LaneId lane : timeline.lanes(kind)) {
            TimeNs end = INT64_MIN;
            timeline.for_each_span(lane, timeline.end() - 3000, INT64_MAX, [&](const Span& span) {
                ASSERT_GE(span.start, end);
                ASSERT_LE(span.end, timeline.end());
                end = span.end;
            });
        }
    }
}

// One thread reads events and hands out timelines, another looks at them: run under
// ThreadSanitizer.
TEST(SnapshotTest, AReaderSeesWholeTimelinesWhileTheBuilderGoesOn) {
    EventBuilder b({}, 2 * recording::kChunkEvents * sizeof(trace::Event));
    TimelineBuilder builder;
    std::mutex mutex;
    Timeline published;
    std::atomic<bool> done = false;
    std::thread reader([&] {
        while (!done.load()) {
            Timeline timeline;
            {
                const std::lock_guard guard(mutex);
                timeline = published;
            }
            check_lanes(timeline);
            static_cast<void>(timeline.queues_at(timeline.end()));
            static_cast<void>(timeline.marks(timeline.start(), timeline.end()));
            static_cast<void>(timeline.queue_lengths(
                {QueueKind::Ring, 0}, timeline.end() - 1000, timeline.end()));
            if (!timeline.runs().empty())
                static_cast<void>(timeline.goroutines(timeline.runs().back().number));
            static_cast<void>(statistics(timeline, timeline.end() - 2000, timeline.end()));
        }
    });
    for (std::uint32_t run = 1; run <= 60; ++run) {
        b.after(5).run(run).procs(2).raw(EventType::ProcStart, 1).create(1).after(1).start(1);
        for (GoroutineId g = 2; g < 400; ++g) {
            b.create(g)
                .after(1)
                .block(1)
                .start(g)
                .raw(EventType::Log, g)
                .after(2)
                .unblock(1, QueueKind::Ring, g);
            b.stop(g, QueueKind::Global, trace::StopReason::Preempted).start(1).after(1);
            if (g % 50 == 0) {
                builder.advance(b.snapshot());
                const std::lock_guard guard(mutex);
                published = builder.timeline();
            }
        }
        b.end_run(trace::RunStatus::Stopped, run);
    }
    done = true;
    reader.join();
    EXPECT_EQ(builder.timeline().violations(), 0U);
}

}  // namespace
}  // namespace golanes::model::test
