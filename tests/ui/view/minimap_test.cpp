#include "ui/view/minimap.h"

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"

namespace golanes::view {
namespace {

TEST(MinimapTest, TheBusiestColumnIsFullAndQuietOnesAreEmpty) {
    EventScript script;
    script.begin_run(1).start_proc(0).create(1, 0);
    script.at(10).start(1, 0);
    for (TimeNs t = 500; t < 600; t += 2)
        script.at(t).stop(1, 0).start(1, 0);
    script.at(1'000).end(1, 0).end_run();
    const Minimap map = build_minimap(script.timeline(), 10);
    ASSERT_EQ(map.activity.size(), 10U);
    EXPECT_FLOAT_EQ(map.activity[5], 1);
    EXPECT_FLOAT_EQ(map.activity[3], 0);
    EXPECT_GT(map.activity[0], 0);
    EXPECT_EQ(map.range, (TimeRange{0, 1'000}));
}

TEST(MinimapTest, FailedRunsAreNotedAndGoodOnesAreNot) {
    EventScript script;
    script.begin_run(1).start_proc(0).create(1, 0);
    script.at(10).start(1, 0).end(1, 0).end_run();
    script.at(20).begin_run(1).create(1, 0);
    script.at(30).start(1, 0);
    script.at(40).block(1, 0, trace::WaitReason::ChanReceive);
    script.at(50).kill(1).end_run(trace::RunStatus::Deadlock);
    const Minimap map = build_minimap(script.timeline(), 50);
    ASSERT_EQ(map.notes.size(), 1U);
    EXPECT_EQ(map.notes[0].kind, NoteKind::Failed);
    EXPECT_EQ(map.notes[0].time, 50);
}

TEST(MinimapTest, FailuresInOneColumnAreOneNote) {
    EventScript script;
    for (TimeNs t = 0; t < 100; t += 2)
        script.at(t).begin_run(1).at(t + 1).end_run(trace::RunStatus::Panic);
    EXPECT_EQ(build_minimap(script.timeline(), 5).notes.size(), 5U);
}

TEST(CenteredTest, TheViewKeepsItsLengthAndStaysInside) {
    EXPECT_EQ(centered({0, 100}, 500, {0, 1'000}), (TimeRange{450, 550}));
    EXPECT_EQ(centered({0, 100}, 990, {0, 1'000}).end, 1'000);
}

TEST(MinimapTest, FindingsAreNotedInOrderAndOnceAColumn) {
    Minimap map;
    map.range = {0, 1'000};
    map.activity.resize(10);
    std::vector<model::Finding> findings(3);
    findings[0].from = 720;
    findings[1].from = 210;
    findings[2].from = 211;
    const auto notes = finding_notes(map, findings);
    ASSERT_EQ(notes.size(), 2U);
    EXPECT_EQ(notes[0].time, 210);
    EXPECT_EQ(notes[1].time, 720);
    EXPECT_EQ(notes[1].kind, NoteKind::Finding);
}

}  // namespace
}  // namespace golanes::view
