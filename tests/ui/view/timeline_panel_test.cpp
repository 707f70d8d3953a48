#include "ui/panels/timeline_panel.h"

#include <random>

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"
#include "tests/ui/view/panel_window.h"
#include "ui/view/follow.h"

namespace golanes::ui {
namespace {

constexpr DurationNs kSlice = kMillisecond;

/// Ten slices of two goroutines on P0; the view shows all of it.
class TimelinePanelTest : public testing::Test {
 protected:
    TimelinePanelTest() : window_(view::alternating(10, kSlice)) {
        TimelinePanel::fit(window_.input.timeline, window_.view);
        window_.settle();
    }

    /// Screen position of a time on P0's lane.
    [[nodiscard]] ImVec2 on_p0(TimeNs t) const { return window_.at_time("timeline.P0", t); }

    PanelWindow window_;
};

TEST_F(TimelinePanelTest, TheWheelZoomsAndKeepsTheTimeUnderThePointer) {
    const TimeNs anchor = 3 * kSlice;
    const ImVec2 pointer = on_p0(anchor);
    const DurationNs before = window_.view_length();
    window_.move_to(pointer);
    window_.wheel(2);
    EXPECT_LT(window_.view_length(), before);
    EXPECT_NEAR(on_p0(anchor).x, pointer.x, 2);
}

TEST_F(TimelinePanelTest, ShiftAndWheelPanWithoutZoom) {
    window_.move_to(on_p0(5 * kSlice));
    window_.wheel(4);
    const DurationNs length = window_.view_length();
    const TimeNs start = window_.view.view_start;
    window_.hold_key(key::kLeftShift, kModShift, true);
    window_.wheel(-1);
    window_.hold_key(key::kLeftShift, 0, false);
    EXPECT_EQ(window_.view_length(), length);
    EXPECT_GT(window_.view.view_start, start);
}

TEST_F(TimelinePanelTest, ADragMovesThePictureWithTheMouseAndSelectsNothing) {
    window_.move_to(on_p0(5 * kSlice));
    window_.wheel(4);
    const ImVec2 from = on_p0(5 * kSlice);
    window_.move_to(from);
    window_.press_button(true);
    window_.move_to({from.x - 60, from.y});
    window_.press_button(false);
    EXPECT_NEAR(on_p0(5 * kSlice).x, from.x - 60, 2);
    EXPECT_EQ(window_.view.selected, 0U);
}

TEST_F(TimelinePanelTest, AClickOnASliceSelectsItsGoroutineAndSetsTheCursor) {
    window_.click(on_p0(kSlice + kSlice / 2));
    EXPECT_EQ(window_.view.selected, 2U);
    EXPECT_EQ(window_.view.selected_run, 1U);
    EXPECT_NEAR(static_cast<double>(window_.view.cursor),
                1.5 * static_cast<double>(kSlice),
                0.05 * static_cast<double>(kSlice));
}

TEST_F(TimelinePanelTest, AClickOnAGoroutinesNameSelectsIt) {
    const ImVec2 row = PanelWindow::at("timeline.G2", 0);
    window_.click({row.x - 60, row.y});
    EXPECT_EQ(window_.view.selected, 2U);
}

TEST_F(TimelinePanelTest, EscapeClearsSelectionAndCursor) {
    window_.click(on_p0(kSlice / 2));
    ASSERT_EQ(window_.view.selected, 1U);
    window_.key(key::kEscape);
    EXPECT_EQ(window_.view.selected, 0U);
    EXPECT_EQ(window_.view.cursor, -1);
}

TEST_F(TimelinePanelTest, ADoubleClickZoomsToTheSlice) {
    const ImVec2 slice = on_p0(4 * kSlice + kSlice / 2);
    window_.click(slice);
    window_.click(slice);
    EXPECT_LT(window_.view_length(), 2 * kSlice);
    EXPECT_LE(window_.view.view_start, 4 * kSlice);
    EXPECT_GE(window_.view.view_end, 5 * kSlice);
}

TEST_F(TimelinePanelTest, KeysZoomPanAndFit) {
    const DurationNs whole = window_.view_length();
    window_.key('W');
    const DurationNs closer = window_.view_length();
    EXPECT_LT(closer, whole);
    const TimeNs start = window_.view.view_start;
    window_.key('D');
    EXPECT_GT(window_.view.view_start, start);
    window_.key('A');
    EXPECT_NEAR(static_cast<double>(window_.view.view_start), static_cast<double>(start), 2);
    window_.key('S');
    EXPECT_GT(window_.view_length(), closer);
    window_.key('W');
    window_.key('F');
    EXPECT_LE(window_.view.view_start, 0);
    EXPECT_GE(window_.view.view_end, 10 * kSlice);
}

TEST_F(TimelinePanelTest, ControlAndSIsNotAZoom) {
    window_.key('W');
    const DurationNs length = window_.view_length();
    window_.key('S', kModControl);
    EXPECT_EQ(window_.view_length(), length);
}

TEST_F(TimelinePanelTest, TheWheelOverTheNamesDoesNotZoom) {
    const DurationNs length = window_.view_length();
    const ImVec2 row = PanelWindow::at("timeline.P0", 0);
    window_.move_to({row.x - 60, row.y});
    window_.wheel(-3);
    EXPECT_EQ(window_.view_length(), length);
}

TEST_F(TimelinePanelTest, HoverNamesTheSpanUnderThePointer) {
    window_.move_to(on_p0(2 * kSlice + kSlice / 2));
    ASSERT_TRUE(window_.view.hovered.has_value());
    EXPECT_EQ(window_.view.hovered->g, 1U);
    EXPECT_EQ(window_.view.hovered->start, 2 * kSlice);
    window_.move_to({-10, -10});
    EXPECT_FALSE(window_.view.hovered.has_value());
}

TEST_F(TimelinePanelTest, WhileLiveTheViewFollowsUntilThePersonMovesIt) {
    window_.input.live = true;
    window_.view.follow = true;
    window_.settle();
    EXPECT_FALSE(find_item("timeline.back_to_live").has_value());
    window_.move_to(on_p0(5 * kSlice));
    window_.wheel(3);
    EXPECT_FALSE(window_.view.follow);
    EXPECT_TRUE(find_item("timeline.back_to_live").has_value());
}

TEST_F(TimelinePanelTest, BackToLiveFollowsAgain) {
    window_.input.live = true;
    window_.view.follow = false;
    window_.view.view_start = 2 * kSlice;
    window_.view.view_end = 3 * kSlice;
    window_.settle();
    window_.click(PanelWindow::at("timeline.back_to_live"));
    EXPECT_TRUE(window_.view.follow);
    EXPECT_FALSE(find_item("timeline.back_to_live").has_value());
    EXPECT_GE(window_.view_length(), 10 * kSlice);
}

TEST_F(TimelinePanelTest, MsAndCpusHaveRowsWhenAskedFor) {
    EXPECT_FALSE(find_item("timeline.M1").has_value());
    window_.view.shows_machines = true;
    window_.view.shows_cpus = true;
    window_.settle();
    EXPECT_TRUE(find_item("timeline.M1").has_value());
    EXPECT_TRUE(find_item("timeline.CPU0").has_value());
    window_.click(PanelWindow::at("timeline.M1", 0.25F));
    EXPECT_NE(window_.view.selected, 0U) << "what the thread runs can be clicked";
}

TEST_F(TimelinePanelTest, TheMinimapMovesTheView) {
    window_.key('W');
    window_.key('W');
    window_.click(PanelWindow::at("timeline.minimap", 0.9F));
    const DurationNs late = window_.view.view_start;
    window_.click(PanelWindow::at("timeline.minimap", 0.1F));
    EXPECT_LT(window_.view.view_start, late);
    EXPECT_FALSE(window_.view.follow);
}

TEST_F(TimelinePanelTest, AFrozenViewDrawsTheFrozenTimeline) {
    window_.input.live = true;
    window_.view.frozen_timeline = window_.input.timeline;
    window_.view.frozen = true;
    window_.input.timeline = model::Timeline();
    window_.settle();
    EXPECT_TRUE(find_item("timeline.P0").has_value());
}

TEST(TimelineMonkeyTest, WildMouseAndKeysNeverLeaveTheRecording) {
    const unsigned seed = 4'711;
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    PanelWindow window(view::alternating(3'000, 20 * kMicrosecond));
    const std::string keys = "WSADF";
    for (int i = 0; i < 400; ++i) {
        window.move_to({static_cast<float>(random() % 900), static_cast<float>(random() % 700)});
        switch (random() % 5) {
            case 0:
                window.wheel(static_cast<float>(random() % 9) - 4);
                break;
            case 1:
                window.key(keys[random() % keys.size()]);
                break;
            case 2:
                window.press_button(random() % 2 == 0);
                break;
            case 3:
                window.input.scale = random() % 2 == 0 ? 1.0F : 2.0F;
                break;
            default:
                window.key(key::kEscape);
                break;
        }
        ASSERT_GT(window.view.view_end, window.view.view_start);
        ASSERT_GE(window.view.view_end, 0);
        ASSERT_LE(window.view.view_start, window.input.timeline.end());
    }
}

TEST(InspectorTest, WithNothingSelectedItSumsUpTheRunAndSaysWhatToDo) {
    PanelWindow window(view::alternating(10, kSlice));
    const std::string text = window.inspector_text();
    EXPECT_NE(text.find("parallelism 1.00"), std::string::npos) << text;
    EXPECT_NE(text.find("Click a slice"), std::string::npos) << text;
}

TEST(InspectorTest, WithoutARecordingItSaysHowToStart) {
    PanelWindow window{model::Timeline()};
    EXPECT_NE(window.inspector_text().find("Choose a scenario"), std::string::npos);
}

TEST(InspectorTest, ADeadlockListsWhoWaitsForWhat) {
    view::EventScript script;
    script.begin_run(1).start_proc(0).create(1, 0).start(1, 0).create(2, 0, "worker");
    script.at(1'000).block(1, 0, trace::WaitReason::ChanSend).start(2, 0);
    script.at(2'000).block(2, 0, trace::WaitReason::ChanReceive);
    script.at(3'000).kill(1).kill(2).end_run(trace::RunStatus::Deadlock);
    PanelWindow window(script.timeline());
    const std::string text = window.inspector_text();
    EXPECT_NE(text.find("deadlock"), std::string::npos) << text;
    EXPECT_NE(text.find("main waits in chan send"), std::string::npos) << text;
    EXPECT_NE(text.find("worker waits in chan receive"), std::string::npos) << text;
}

TEST(InspectorTest, ASelectedGoroutineHasItsTotals) {
    PanelWindow window(view::alternating(10, kSlice));
    window.view.selected = 2;
    window.view.selected_run = 1;
    const std::string text = window.inspector_text();
    EXPECT_NE(text.find("worker  (G2)"), std::string::npos) << text;
    EXPECT_NE(text.find("running 5.00 ms"), std::string::npos) << text;
    EXPECT_NE(text.find("slices 5"), std::string::npos) << text;
}

TEST(InspectorTest, AStackThatGrewIsAFactOfItsGoroutine) {
    view::EventScript script;
    script.begin_run(1).start_proc(0).create(1, 0).start(1, 0);
    script.at(1'000).grow_stack(1, 0, 4'096, 12'288);
    script.at(2'000).end(1, 0).end_run();
    PanelWindow window(script.timeline());
    window.view.selected = 1;
    window.view.selected_run = 1;
    EXPECT_NE(window.inspector_text().find("stack 12 KB"), std::string::npos)
        << window.inspector_text();
}

TEST(InspectorTest, AGoroutineThatTheRunLacksIsSaidToBeMissing) {
    PanelWindow window(view::alternating(10, kSlice));
    window.view.selected = 99;
    EXPECT_NE(window.inspector_text().find("does not exist"), std::string::npos);
}

}  // namespace
}  // namespace golanes::ui
