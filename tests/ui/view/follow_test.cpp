#include "ui/view/follow.h"

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"

namespace golanes::view {
namespace {

using Runs = std::vector<model::RunInfo>;

model::RunInfo run(std::uint32_t number, TimeNs begin, TimeNs end) {
    model::RunInfo info;
    info.number = number;
    info.begin = begin;
    info.end = end;
    return info;
}

bool shows(TimeRange view, const model::RunInfo& run) {
    return view.start <= run.begin && view.end >= run.end &&
           view.length() < 2 * (run.end - run.begin);
}

TEST(FollowTest, AShortFinishedRunIsShownWhole) {
    const Runs runs{run(1, 0, 10'000), run(2, 1'000'000, 1'010'000), run(3, 2'000'000, -1)};
    Follow follow;
    EXPECT_TRUE(shows(follow.range(runs, 2'003'000, 0), runs[1]));
}

TEST(FollowTest, AShortRunStaysForHalfASecond) {
    Runs runs{run(1, 0, 10'000)};
    Follow follow;
    const TimeRange first = follow.range(runs, 10'000, 5.0);
    runs.push_back(run(2, 1'000'000, 1'010'000));
    EXPECT_EQ(follow.range(runs, 1'010'000, 5.4), first);
    EXPECT_TRUE(shows(follow.range(runs, 1'010'000, 5.6), runs[1]));
}

TEST(FollowTest, ThousandsOfRunsASecondChangeTheViewTwiceASecond) {
    Runs runs;
    Follow follow;
    int changes = 0;
    TimeRange last;
    for (int frame = 0; frame < 120; ++frame) {
        runs.push_back(
            run(static_cast<std::uint32_t>(frame + 1), frame * 20'000, frame * 20'000 + 10'000));
        const TimeRange now = follow.range(runs, runs.back().end, frame / 60.0);
        changes += now == last ? 0 : 1;
        last = now;
    }
    EXPECT_GE(changes, 3);
    EXPECT_LE(changes, 5);
}

TEST(FollowTest, AfterALongRunTheNewestStandsAtTheRightEdge) {
    const Runs runs{run(1, 0, 3 * kSecond), run(2, 4 * kSecond, -1)};
    Follow follow;
    const TimeRange view = follow.range(runs, 6 * kSecond, 0);
    EXPECT_EQ(view.length(), kFollowWindowNs);
    EXPECT_GE(view.end, 6 * kSecond);
    EXPECT_LT(view.end, 6 * kSecond + kFollowWindowNs / 10);
}

TEST(FollowTest, TheLongViewMovesWithTheNewestEvent) {
    const Runs runs{run(1, 0, -1)};
    Follow follow;
    const TimeRange before = follow.range(runs, 2 * kSecond, 0);
    const TimeRange after = follow.range(runs, 2 * kSecond + 16 * kMillisecond, 0.016);
    EXPECT_EQ(after.start - before.start, 16 * kMillisecond);
    EXPECT_EQ(after.length(), before.length());
}

TEST(FollowTest, TheFirstRunFillsAFixedWindowFromTheLeft) {
    const Runs runs{run(1, 0, -1)};
    Follow follow;
    EXPECT_EQ(follow.range(runs, 10 * kMillisecond, 0),
              follow.range(runs, 300 * kMillisecond, 0.3));
}

TEST(FollowTest, ALongRunUnderWayReplacesAShortFinishedOne) {
    const Runs runs{run(1, 0, 10'000), run(2, 20'000, -1)};
    Follow follow;
    EXPECT_TRUE(shows(follow.range(runs, 25 * kMillisecond, 0), runs[0]));
    EXPECT_GT(follow.range(runs, 3 * kSecond, 1).end, 3 * kSecond - 1);
}

TEST(FollowTest, ARunCutShortByACrashIsShownToItsEnd) {
    const Runs runs{run(1, 0, 10'000), run(2, kSecond, -1)};
    const TimeRange view = end_of_last_run(runs, kSecond + 40 * kMillisecond);
    EXPECT_LE(view.start, kSecond);
    EXPECT_GT(view.start, kSecond - 40 * kMillisecond);
    EXPECT_GE(view.end, kSecond + 40 * kMillisecond);
}

TEST(FollowTest, LongRunsStandSideBySideWhileTheyScroll) {
    const Runs runs{run(1, 0, 200 * kMillisecond), run(2, 450 * kMillisecond, -1)};
    Follow follow;
    const TimeRange view = follow.range(runs, 600 * kMillisecond, 0);
    EXPECT_LE(view.start, 0);
    EXPECT_GE(view.end, 600 * kMillisecond);
}

TEST(FollowTest, ResetShowsTheNewestAtOnce) {
    Runs runs{run(1, 0, 10'000)};
    Follow follow;
    follow.range(runs, 10'000, 5.0);
    runs.push_back(run(2, 1'000'000, 1'010'000));
    follow.reset();
    EXPECT_TRUE(shows(follow.range(runs, 1'010'000, 5.1), runs[1]));
}

TEST(FollowTest, AnOpenedRecordingStartsWithItsLastFinishedRun) {
    EventScript script;
    for (int i = 0; i < 3; ++i) {
        script.at(i * kMillisecond).begin_run(1).start_proc(0).create(1, 0).start(1, 0);
        script.at(i * kMillisecond + 100'000).end(1, 0).end_run();
    }
    const model::Timeline timeline = script.timeline();
    ASSERT_EQ(timeline.runs().size(), 3U);
    EXPECT_TRUE(shows(initial_range(timeline), timeline.runs()[2]));
}

}  // namespace
}  // namespace golanes::view
