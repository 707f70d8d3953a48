#include <gtest/gtest.h>

#include "tests/core/model/event_builder.h"

namespace golanes::model::test {
namespace {

TEST(RunTest, ARunKnowsItsSeedStatusMessageAndOutcome) {
    trace::Names names;
    names.strings = {"", "all asleep"};
    EventBuilder b;
    b.names(names).at(5).run(3, 42).create(1).start(1).raw(
        EventType::Outcome, 1, 0, static_cast<std::uint64_t>(-7));
    b.at(9).end_run(trace::RunStatus::Deadlock, 3, 1);
    const Timeline timeline = b.timeline();
    ASSERT_EQ(timeline.runs().size(), 1U);
    const RunInfo& run = timeline.runs()[0];
    EXPECT_EQ(run.number, 3U);
    EXPECT_EQ(run.seed, 42U);
    EXPECT_EQ(run.begin, 5);
    EXPECT_EQ(run.end, 9);
    EXPECT_EQ(run.status, trace::RunStatus::Deadlock);
    EXPECT_EQ(run.message, "all asleep");
    EXPECT_EQ(run.outcome, "-7");
    ASSERT_EQ(timeline.marks(9, 10).size(), 1U);
    EXPECT_EQ(timeline.marks(9, 10)[0].kind, MarkKind::Deadlock);
}

TEST(RunTest, GoroutinesAndObjectsStartAgainWithEachRun) {
    trace::Names names;
    names.places.push_back({"scenarios/a.cpp", 3, "f", "worker 1"});
    EventBuilder b;
    b.names(names)
        .run(1)
        .create(1)
        .place(1)
        .create(2)
        .raw(EventType::ObjectMake, 1, 1, trace::pack_pair(1, 10))
        .at(5)
        .end_run(trace::RunStatus::Ok, 1);
    b.place(0).at(7).run(2).create(1).create(2).at(9).end_run(trace::RunStatus::Ok, 2);
    const Timeline timeline = b.timeline();
    EXPECT_EQ(timeline.goroutine_name(1, 2), "worker 1");
    EXPECT_EQ(timeline.goroutine_name(2, 2), "G2");
    EXPECT_EQ(timeline.goroutine_name(2, 1), "main");
    EXPECT_EQ(timeline.goroutines(2).size(), 2U);
    ASSERT_TRUE(timeline.object(1, 1));
    EXPECT_EQ(timeline.object(1, 1)->capacity, 10U);
    EXPECT_FALSE(timeline.object(2, 1));
    EXPECT_EQ(lane_text(timeline, goroutine_lane(2)), "runnable 0-5, runnable 7-9");
    EXPECT_EQ(timeline.violations(), 0U);
}

TEST(RunTest, TheRunAtATimeIsTheLastThatBegan) {
    EventBuilder b;
    b.at(10).run(1).at(20).end_run(trace::RunStatus::Ok, 1).at(30).run(2).at(40).create(1);
    const Timeline timeline = b.timeline();
    EXPECT_EQ(timeline.run_at(5), nullptr);
    EXPECT_EQ(timeline.run_at(10)->number, 1U);
    EXPECT_EQ(timeline.run_at(25)->number, 1U);
    EXPECT_EQ(timeline.run_at(40)->number, 2U);
    EXPECT_EQ(timeline.run_at(40)->end, -1);
    EXPECT_EQ(timeline.runs().size(), 2U);
}

TEST(RunTest, TheEndOfARunClosesAllThatIsOpen) {
    EventBuilder b;
    b.run()
        .raw(EventType::ProcStart, 1)
        .on(0, 2)
        .create(1)
        .create(2)
        .start(1)
        .at(5)
        .end_run()
        .at(9)
        .raw(EventType::MachinePark, 1);
    const Timeline timeline = b.timeline();
    EXPECT_EQ(lane_text(timeline, goroutine_lane(1)), "running 0-5");
    EXPECT_EQ(lane_text(timeline, goroutine_lane(2)), "runnable 0-5");
    EXPECT_EQ(lane_text(timeline, proc_lane(0)), "running g1 0-5");
    EXPECT_EQ(lane_text(timeline, machine_lane(1)), "running g1 0-5")
        << "what an M does between runs belongs to none";
    EXPECT_EQ(lane_text(timeline, cpu_lane(2)), "running g1 0-5");
}

TEST(RunTest, EventsWithoutARunBeginMakeARunOfTheirOwn) {
    EventBuilder b;
    b.at(4).create(1).at(6).start(1);
    const Timeline timeline = b.timeline();
    ASSERT_EQ(timeline.runs().size(), 1U);
    EXPECT_EQ(timeline.runs()[0].number, 0U);
    EXPECT_EQ(timeline.runs()[0].begin, 4);
}

TEST(RunTest, InRepeatModeAThousandRunsAreAllKept) {
    EventBuilder b;
    for (std::uint32_t run = 1; run <= 1000; ++run) {
        b.after(10).run(run).procs(2).create(1).after(1).start(1).create(2).after(3).block(
            1, trace::WaitReason::WaitGroupWait);
        b.start(2)
            .after(2)
            .unblock(1, QueueKind::Ring, 2)
            .end(2)
            .start(1)
            .raw(EventType::Outcome, 1, 0, run)
            .end(1)
            .end_run(trace::RunStatus::Ok, run);
    }
    const Timeline timeline = b.timeline();
    EXPECT_EQ(timeline.violations(), 0U);
    ASSERT_EQ(timeline.runs().size(), 1000U);
    EXPECT_EQ(timeline.runs()[499].outcome, "500");
    EXPECT_EQ(timeline.goroutine(700, 2)->run_ns, 2);
    EXPECT_EQ(timeline.lanes(LaneKind::Goroutine).size(), 2U);
    std::size_t spans = 0;
    timeline.for_each_span(goroutine_lane(2), 0, timeline.end() + 1, [&](const Span& span) {
        spans += span.state == State::Running ? 1 : 0;
        EXPECT_EQ(span.run, timeline.run_at(span.start)->number);
    });
    EXPECT_EQ(spans, 1000U);
    EXPECT_EQ(timeline.proc_counts().size(), 1U) << "the same number again is no step";
}

}  // namespace
}  // namespace golanes::model::test
