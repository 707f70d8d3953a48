// The clock of one run: wall time, or the work done.
#include "ui/view/run_clock.h"

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"
#include "ui/view/gantt_layout.h"

namespace golanes::view {
namespace {

/// From 1000 to 5000: one goroutine runs in the first quarter, none in the second, two in the
/// other half.
model::Timeline uneven() {
    EventScript script;
    script.at(1000).begin_run(2).start_proc(0).start_proc(1);
    script.create(1, 0).create(2, 0).create(3, 0).start(1, 0);
    script.at(2000).end(1, 0);
    script.at(3000).start(2, 0).steal(3, 0, 1);
    script.at(5000).end(2, 0).end(3, 1).end_run();
    return script.timeline();
}

TEST(RunClockTest, WallTimeCountsFromTheRunsBegin) {
    const model::Timeline timeline = uneven();
    const RunClock clock(timeline, timeline.runs()[0], ClockKind::Wall);
    EXPECT_EQ(clock.reading_at(1000), 0);
    EXPECT_EQ(clock.reading_at(2500), 1500);
    EXPECT_EQ(clock.time_of(1500), 2500);
    EXPECT_EQ(clock.length(), 4000);
}

TEST(RunClockTest, WorkIsTheCpuTimeOfAllGoroutinesTogether) {
    const model::Timeline timeline = uneven();
    const RunClock clock(timeline, timeline.runs()[0], ClockKind::Work);
    EXPECT_EQ(clock.reading_at(1000), 0);
    EXPECT_EQ(clock.reading_at(2000), 1000);
    EXPECT_EQ(clock.reading_at(4000), 3000) << "two run at once";
    EXPECT_EQ(clock.length(), 5000);
}

TEST(RunClockTest, WorkStandsWhileNobodyRuns) {
    const model::Timeline timeline = uneven();
    const RunClock clock(timeline, timeline.runs()[0], ClockKind::Work);
    EXPECT_EQ(clock.reading_at(2200), 1000);
    EXPECT_EQ(clock.reading_at(2900), 1000);
}

TEST(RunClockTest, TheTimeOfAReadingHasThatReading) {
    const model::Timeline timeline = uneven();
    for (const ClockKind kind : {ClockKind::Wall, ClockKind::Work}) {
        const RunClock clock(timeline, timeline.runs()[0], kind);
        for (DurationNs reading = -300; reading <= clock.length() + 300; reading += 100)
            EXPECT_EQ(clock.reading_at(clock.time_of(reading)), reading);
    }
}

TEST(RunClockTest, OutsideTheRunItGoesOnAsWallTime) {
    const model::Timeline timeline = uneven();
    const RunClock clock(timeline, timeline.runs()[0], ClockKind::Work);
    EXPECT_EQ(clock.reading_at(900), -100);
    EXPECT_EQ(clock.reading_at(5100), clock.length() + 100);
}

TEST(RunClockTest, ItemsLieWhereTheClockHasTheirTimes) {
    const model::Timeline timeline = uneven();
    const RunClock clock(timeline, timeline.runs()[0], ClockKind::Work);
    Gantt gantt;
    build_gantt(timeline, {clock.run(), 0, 4000}, {}, gantt);
    place_by_clock(clock, {{0, clock.length()}, 0, 500}, gantt);
    std::size_t seen = 0;
    for (const Item& item : gantt.items) {
        if (item.kind != ItemKind::Span || item.state != model::State::Running || item.g != 2)
            continue;
        EXPECT_FLOAT_EQ(item.x0, 100);
        EXPECT_FLOAT_EQ(item.x1, 500);
        ++seen;
    }
    EXPECT_EQ(seen, 2U) << "on its P and on its own row";
}

}  // namespace
}  // namespace golanes::view
