// Filter, folding and pins at the names of the timeline's rows.
#include "ui/panels/row_tools.h"

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"
#include "tests/ui/view/panel_window.h"

namespace golanes::ui {
namespace {

std::string heading(view::RowKind kind) {
    return "timeline.heading." + std::to_string(static_cast<int>(kind));
}

/// 60 goroutines: more rows than fit.
model::Timeline many() {
    view::EventScript script;
    script.begin_run(1).start_proc(0).create(1, 0, "main");
    script.at(5).start(1, 0);
    for (GoroutineId g = 2; g <= 60; ++g)
        script.create(g, 0, "worker " + std::to_string(g));
    return script.at(kMillisecond).end(1, 0).end_run().timeline();
}

class RowToolsTest : public testing::Test {
 protected:
    RowToolsTest() : window_(many()) {
        TimelinePanel::fit(window_.input.timeline, window_.view);
        window_.settle();
    }

    [[nodiscard]] static float top_of(const char* item) {
        const auto rect = find_item(item);
        EXPECT_TRUE(rect.has_value()) << item;
        return rect ? rect->min.y : -1;
    }

    PanelWindow window_;
};

TEST_F(RowToolsTest, AClickOnAHeadingFoldsItsGroupAndAnotherOpensIt) {
    const std::string name = heading(view::RowKind::ProcHeading);
    window_.click(PanelWindow::at(name.c_str()));
    EXPECT_FALSE(find_item("timeline.P0").has_value());
    window_.click(PanelWindow::at(name.c_str()));
    EXPECT_TRUE(find_item("timeline.P0").has_value());
}

TEST_F(RowToolsTest, AClickOnThePinBringsTheRowToTheTop) {
    window_.click(PanelWindow::at("timeline.pin.G4"));
    EXPECT_EQ(window_.view.rows.pinned, (std::vector<GoroutineId>{4}));
    EXPECT_EQ(window_.view.selected, 0U);
    EXPECT_LT(top_of("timeline.G4"), top_of("timeline.P0"));
}

TEST_F(RowToolsTest, APinnedRowStaysWhereTheOthersScroll) {
    window_.view.rows.pinned = {4};
    window_.settle();
    const float pinned = top_of("timeline.G4");
    const float other = top_of("timeline.G5");
    window_.move_to(PanelWindow::at(heading(view::RowKind::GoroutineHeading).c_str()));
    window_.wheel(-2);
    EXPECT_EQ(top_of("timeline.G4"), pinned);
    EXPECT_LT(top_of("timeline.G5"), other);
}

TEST_F(RowToolsTest, AClickOnAPinnedRowMeansItsGoroutineHoweverTheOthersAreScrolled) {
    window_.view.rows.pinned = {4};
    window_.settle();
    window_.move_to(PanelWindow::at(heading(view::RowKind::GoroutineHeading).c_str()));
    window_.wheel(-2);
    window_.click(PanelWindow::at("timeline.G4"));
    EXPECT_EQ(window_.view.selected, 4U);
}

TEST_F(RowToolsTest, PPinsTheSelectedGoroutineAndLetsItGo) {
    window_.key('P');
    EXPECT_TRUE(window_.view.rows.pinned.empty());
    window_.view.selected = 7;
    window_.key('P');
    EXPECT_TRUE(window_.view.rows.is_pinned(7));
    window_.key('P');
    EXPECT_FALSE(window_.view.rows.is_pinned(7));
}

TEST_F(RowToolsTest, TheFieldFiltersAndAFilterClearedElsewhereClearsTheField) {
    window_.view.rows.filter = "G9";
    window_.settle();
    EXPECT_TRUE(find_item("timeline.G9").has_value());
    EXPECT_FALSE(find_item("timeline.G8").has_value());
    window_.view.rows.filter.clear();
    window_.settle();
    EXPECT_TRUE(find_item("timeline.G8").has_value());
}

TEST_F(RowToolsTest, TheFieldStandsLeftOfTheRuler) {
    const auto field = find_item("timeline.filter");
    ASSERT_TRUE(field.has_value());
    EXPECT_LT(field->max.x, find_item("timeline.lanes")->min.x);
    EXPECT_LE(field->max.y, find_item("timeline.lanes")->min.y);
}

}  // namespace
}  // namespace golanes::ui
