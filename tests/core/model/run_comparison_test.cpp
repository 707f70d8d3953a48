// What two runs took, and the speed-up of the second.
#include "core/model/run_comparison.h"

#include <gtest/gtest.h>

#include "tests/core/model/event_builder.h"

namespace golanes::model {
namespace {

using test::EventBuilder;

RunCost whole(DurationNs wall_ns) {
    return {.wall_ns = wall_ns, .cpu_ns = wall_ns, .max_running = 1, .is_whole = true};
}

/// One goroutine that runs from 100 to 400 in a run that lasts until `end`.
Timeline one_run(TimeNs end, trace::RunStatus status = trace::RunStatus::Ok) {
    EventBuilder events;
    events.at(0).run().procs(1).on(0).raw(trace::EventType::ProcStart, 1);
    events.at(50).create(1).at(100).start(1).at(400).end(1);
    return events.at(end).end_run(status).timeline();
}

TEST(RunComparisonTest, TheSpeedUpIsTheFirstWallTimeByTheSecond) {
    EXPECT_DOUBLE_EQ(speed_up(whole(400), whole(200)).value(), 2);
    EXPECT_DOUBLE_EQ(speed_up(whole(200), whole(400)).value(), 0.5);
}

TEST(RunComparisonTest, CpuTimeIsNoPartOfTheSpeedUp) {
    RunCost busy = whole(200);
    busy.cpu_ns = 800;
    EXPECT_DOUBLE_EQ(speed_up(whole(400), busy).value(), 2);
}

TEST(RunComparisonTest, ARunThatDidNotFinishHasNoSpeedUp) {
    RunCost cut = whole(100);
    cut.is_whole = false;
    EXPECT_FALSE(speed_up(cut, whole(200)).has_value());
    EXPECT_FALSE(speed_up(whole(200), cut).has_value());
}

TEST(RunComparisonTest, ARunOfNoLengthHasNoSpeedUp) {
    EXPECT_FALSE(speed_up(whole(100), whole(0)).has_value());
}

TEST(RunComparisonTest, ACostIsTheRunsWallTimeAndItsGoroutinesCpuTime) {
    const Timeline timeline = one_run(600);
    const RunCost cost = cost_of(timeline, timeline.runs()[0]);
    EXPECT_EQ(cost.wall_ns, 600);
    EXPECT_EQ(cost.cpu_ns, 300);
    EXPECT_EQ(cost.max_running, 1);
    EXPECT_TRUE(cost.is_whole);
}

TEST(RunComparisonTest, ADeadlockOrAStoppedRunIsNotWhole) {
    for (const auto status : {trace::RunStatus::Deadlock, trace::RunStatus::Stopped}) {
        const Timeline timeline = one_run(600, status);
        EXPECT_FALSE(cost_of(timeline, timeline.runs()[0]).is_whole);
    }
}

TEST(RunComparisonTest, AStoppedRunIsNotTheLastThatEnded) {
    EXPECT_EQ(last_ended_run(one_run(600, trace::RunStatus::Stopped)), nullptr);
    const Timeline stuck = one_run(600, trace::RunStatus::Deadlock);
    ASSERT_NE(last_ended_run(stuck), nullptr);
    EXPECT_EQ(last_ended_run(stuck)->number, 1U);
}

TEST(RunComparisonTest, ARunIsFoundByItsNumber) {
    const Timeline timeline = one_run(600);
    ASSERT_NE(run_numbered(timeline, 1), nullptr);
    EXPECT_EQ(run_numbered(timeline, 2), nullptr);
}

}  // namespace
}  // namespace golanes::model
