#include "ui/panels/statistics_panel.h"

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"
#include "tests/ui/view/view_window.h"

namespace golanes::ui {
namespace {

using Window = ViewWindow<StatisticsPanel>;

TEST(StatisticsPanelTest, TellsTheStretchInViewBesideTheWholeRun) {
    Window window(view::alternating(10, kMillisecond));
    window.view.view_start = kMillisecond;
    window.view.view_end = 3 * kMillisecond;
    ImGui::GetIO().DeltaTime = 1;  // what is counted is counted again after half a second
    const std::string text = window.text();
    EXPECT_NE(text.find("| CPU time | 2.00 ms | 10.0 ms"), std::string::npos) << text;
    EXPECT_NE(text.find("| switches | 2 | 10 "), std::string::npos) << text;
}

TEST(StatisticsPanelTest, TellsHowEachGoroutineSpentTheTime) {
    Window window(view::alternating(10, kMillisecond));
    const std::string text = window.text();
    EXPECT_NE(text.find("| worker | 5.00 ms | 5.00 ms"), std::string::npos) << text;
}

TEST(StatisticsPanelTest, AClickSelectsTheGoroutine) {
    Window window(view::alternating(10, kMillisecond));
    window.click("statistics.G2");
    EXPECT_EQ(window.view.selected, 2U);
    EXPECT_EQ(window.view.selected_run, 1U);
}

TEST(StatisticsPanelTest, ASelectedRangeIsCountedInsteadOfTheView) {
    Window window(view::alternating(10, kMillisecond));
    window.view.range = view::TimeRange{2 * kMillisecond, 5 * kMillisecond};
    window.settle();
    const std::string text = window.text();
    EXPECT_NE(text.find("selected"), std::string::npos) << text;
    EXPECT_NE(text.find("3.00 ms"), std::string::npos) << text;
    window.view.range.reset();
    window.settle();
    EXPECT_EQ(window.text().find("selected"), std::string::npos);
}

}  // namespace
}  // namespace golanes::ui
