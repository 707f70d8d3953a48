// The selection of a stretch of time in the picture.
#include "ui/panels/range_mark.h"

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"
#include "tests/ui/view/panel_window.h"

namespace golanes::ui {
namespace {

constexpr DurationNs kSlice = kMillisecond;

/// Ten slices of two goroutines on P0; the view shows all of it.
class RangeMarkTest : public testing::Test {
 protected:
    RangeMarkTest() : window_(view::alternating(10, kSlice)) {
        TimelinePanel::fit(window_.input.timeline, window_.view);
        window_.settle();
    }

    [[nodiscard]] ImVec2 on_p0(TimeNs t) const { return window_.at_time("timeline.P0", t); }

    /// The same time in the ruler.
    [[nodiscard]] ImVec2 on_ruler(TimeNs t) const {
        return {on_p0(t).x, find_item("timeline")->min.y + 10};
    }

    void drag(ImVec2 from, ImVec2 to) {
        window_.move_to(from);
        window_.press_button(true);
        window_.move_to(to);
        window_.press_button(false);
    }

    void shift_drag(TimeNs from, TimeNs to) {
        window_.hold_key(key::kLeftShift, kModShift, true);
        drag(on_p0(from), on_p0(to));
        window_.hold_key(key::kLeftShift, 0, false);
    }

    void expect_range(TimeNs from, TimeNs to) const {
        ASSERT_TRUE(window_.view.range.has_value());
        const auto near = static_cast<double>(window_.view_length()) / 300;
        EXPECT_NEAR(
            static_cast<double>(window_.view.range->start), static_cast<double>(from), near);
        EXPECT_NEAR(static_cast<double>(window_.view.range->end), static_cast<double>(to), near);
    }

    PanelWindow window_;
};

TEST_F(RangeMarkTest, ADragWithShiftSelectsARangeAndMovesNothing) {
    const TimeNs start = window_.view.view_start;
    shift_drag(2 * kSlice, 5 * kSlice);
    expect_range(2 * kSlice, 5 * kSlice);
    EXPECT_EQ(window_.view.view_start, start);
    EXPECT_EQ(window_.view.selected, 0U);
}

TEST_F(RangeMarkTest, ADragToTheLeftIsTheSameRange) {
    shift_drag(5 * kSlice, 2 * kSlice);
    expect_range(2 * kSlice, 5 * kSlice);
}

TEST_F(RangeMarkTest, ADragInTheRulerSelectsWithoutShift) {
    drag(on_ruler(3 * kSlice), on_ruler(4 * kSlice));
    expect_range(3 * kSlice, 4 * kSlice);
}

TEST_F(RangeMarkTest, ADragBeyondThePictureEndsWithTheRecording) {
    const ImVec2 from = on_ruler(8 * kSlice);
    drag(from, {from.x + 2'000, from.y});
    expect_range(8 * kSlice, window_.input.timeline.end());
}

TEST_F(RangeMarkTest, AClickInTheRulerSetsTheCursorAndSelectsNoRange) {
    window_.click(on_ruler(3 * kSlice));
    EXPECT_FALSE(window_.view.range.has_value());
    EXPECT_NEAR(static_cast<double>(window_.view.cursor), 3.0 * kSlice, 0.05 * kSlice);
}

TEST_F(RangeMarkTest, AnOrdinaryDragSelectsNoRange) {
    drag(on_p0(2 * kSlice), on_p0(5 * kSlice));
    EXPECT_FALSE(window_.view.range.has_value());
}

TEST_F(RangeMarkTest, BandAndLineStandInThePictureAndTheLineInTheRuler) {
    shift_drag(2 * kSlice, 5 * kSlice);
    const auto band = find_item("timeline.range");
    const auto words = find_item("timeline.range.words");
    const auto picture = find_item("timeline");
    ASSERT_TRUE(band && words && picture);
    EXPECT_LE(words->max.y, band->min.y);
    EXPECT_GE(words->min.x, picture->min.x);
    EXPECT_LE(words->max.x, picture->max.x);
}

TEST_F(RangeMarkTest, EscapeClearsIt) {
    shift_drag(2 * kSlice, 5 * kSlice);
    window_.key(key::kEscape);
    EXPECT_FALSE(window_.view.range.has_value());
    EXPECT_FALSE(find_item("timeline.range").has_value());
}

TEST_F(RangeMarkTest, ZZoomsToItAndWithoutOneDoesNothing) {
    const TimeNs start = window_.view.view_start;
    window_.key('Z');
    EXPECT_EQ(window_.view.view_start, start);
    shift_drag(2 * kSlice, 5 * kSlice);
    window_.key('Z');
    EXPECT_LE(window_.view.view_start, window_.view.range->start);
    EXPECT_GE(window_.view.view_end, window_.view.range->end);
    EXPECT_LT(window_.view_length(), 4 * kSlice);
}

TEST_F(RangeMarkTest, OutOfViewItIsNotDrawn) {
    window_.view.range = view::TimeRange{8 * kSlice, 9 * kSlice};
    window_.view.view_start = 0;
    window_.view.view_end = kSlice;
    window_.settle();
    EXPECT_FALSE(find_item("timeline.range").has_value());
}

}  // namespace
}  // namespace golanes::ui
