#include "core/model/critical_path.h"

#include <deque>

#include <gtest/gtest.h>

#include "core/base/random.h"
#include "tests/core/model/event_builder.h"

namespace golanes::model::test {
namespace {

// "G1 runs 0-10, G2 waits 10-15".
std::string text(const CriticalPath& path) {
    static constexpr const char* kKinds[] = {"runs", "queues", "sleeps", "blocks"};
    std::string text;
    for (const PathStep& step : path.steps) {
        text += text.empty() ? "" : ", ";
        text += "G" + std::to_string(step.goroutine) + " ";
        text += kKinds[static_cast<std::size_t>(step.kind)];
        text += " " + std::to_string(step.start) + "-" + std::to_string(step.end);
    }
    return text;
}

std::uint64_t last_event(const Timeline& timeline) {
    return timeline.recording().end_index() - 1;
}

TEST(CriticalPathTest, GoesOverToWhoeverWokeTheGoroutine) {
    EventBuilder b;
    b.run().procs(2).create(1).start(1);
    b.at(10).create(2, QueueKind::Global, 1).at(12).block(1);
    b.on(1).at(15).start(2, QueueKind::Global).at(20).unblock(1, QueueKind::Ring, 2);
    b.at(25).end(2).at(30).start(1).at(40).end(1).end_run();
    const Timeline timeline = b.timeline();
    const CriticalPath path = critical_path(timeline, last_event(timeline));
    EXPECT_EQ(text(path),
              "G1 runs 0-10, G2 queues 10-15, G2 runs 15-20, G1 queues 20-30, G1 runs 30-40");
    EXPECT_TRUE(path.is_whole);
    EXPECT_EQ(path.time(PathKind::Runs), 25);
    EXPECT_EQ(path.time(PathKind::WaitsForP), 15);
}

TEST(CriticalPathTest, ASleepIsOnThePathAndAPreemptionToo) {
    EventBuilder b;
    b.run().procs(1).create(1).start(1).at(5).block(1, trace::WaitReason::Sleep);
    b.at(20).unblock(1).at(21).start(1).at(30).stop(1).at(33).start(1, QueueKind::Global);
    b.at(40).end(1).end_run();
    const Timeline timeline = b.timeline();
    EXPECT_EQ(text(critical_path(timeline, last_event(timeline))),
              "G1 runs 0-5, G1 sleeps 5-20, G1 queues 20-21, G1 runs 21-30, G1 queues 30-33, "
              "G1 runs 33-40");
}

TEST(CriticalPathTest, ABlockingCallStaysWithItsGoroutine) {
    EventBuilder b;
    b.run().procs(1).create(1).start(1).at(5).raw(EventType::BlockingBegin, 1);
    b.at(15).raw(EventType::BlockingEnd, 1).unblock(1, QueueKind::Ring, 1).at(16).start(1);
    b.at(20).end(1).end_run();
    const Timeline timeline = b.timeline();
    EXPECT_EQ(text(critical_path(timeline, last_event(timeline))),
              "G1 runs 0-5, G1 blocks 5-15, G1 queues 15-16, G1 runs 16-20");
}

TEST(CriticalPathTest, DoesNotLeadIntoTheRunBefore) {
    EventBuilder b;
    b.run(1).procs(1).create(1).start(1).at(5).end(1).end_run();
    b.at(10).run(2).create(1).at(12).start(1).at(15).end(1).end_run(trace::RunStatus::Ok, 2);
    const Timeline timeline = b.timeline();
    const CriticalPath path = critical_path(timeline, last_event(timeline));
    EXPECT_EQ(text(path), "G1 queues 10-12, G1 runs 12-15");
    EXPECT_EQ(path.run, 2U);
    EXPECT_TRUE(critical_path(timeline, last_event(timeline) + 1).steps.empty());
}

// The steps of a path join without a gap, whatever the schedule: a ring of goroutines each of which
// wakes one that waits, drawn at random.
TEST(CriticalPathTest, CoversTheWholeTimeWithoutAGap) {
    const std::uint64_t seed = 20'261'121;
    Random random(seed, Stream::Scenario);
    EventBuilder b;
    b.run().procs(1).create(1).start(1);
    GoroutineId running = 1;
    GoroutineId made = 1;
    std::vector<GoroutineId> waiting;
    std::deque<GoroutineId> ring;
    for (int i = 0; i < 2'000; ++i) {
        b.after(1 + static_cast<DurationNs>(random.uniform(5)));
        if (waiting.size() < 3 && made < 50) {
            b.create(++made, QueueKind::Ring, running);
            ring.push_back(made);
        } else {
            const auto at = static_cast<std::ptrdiff_t>(random.uniform(waiting.size()));
            ring.push_back(waiting[static_cast<std::size_t>(at)]);
            b.unblock(ring.back(), QueueKind::Ring, running);
            waiting.erase(waiting.begin() + at);
        }
        b.after(1).block(running);
        waiting.push_back(running);
        running = ring.front();
        ring.pop_front();
        b.after(1).start(running);
    }
    const Timeline timeline = b.timeline();
    const CriticalPath path = critical_path(timeline, last_event(timeline));
    ASSERT_TRUE(path.is_whole) << "seed " << seed;
    TimeNs at = 0;
    for (const PathStep& step : path.steps) {
        ASSERT_EQ(step.start, at) << "seed " << seed;
        at = step.end;
    }
    EXPECT_EQ(at, timeline.end());
}

}  // namespace
}  // namespace golanes::model::test
