#include "ui/panels/stacks_panel.h"

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"
#include "tests/ui/view/view_window.h"

namespace golanes::ui {
namespace {

using Window = ViewWindow<StacksPanel>;

view::EventScript growing() {
    view::EventScript script;
    script.begin_run(1).start_proc(0).create(1, 0).create(2, 0, "deep");
    script.at(10).start(1, 0).block(1, 0, trace::WaitReason::Sleep).start(2, 0);
    script.at(20).grow_stack(2, 0, 4'096, 65'536);
    script.at(100).end(2, 0);
    return script;
}

TEST(StacksPanelTest, TellsEachSizeAtTheCursorAndWhatThreadsWouldReserve) {
    Window window(growing().timeline());
    window.view.cursor = 50;
    const std::string text = window.text();
    EXPECT_NE(text.find("2 goroutines have 68 KB of stacks"), std::string::npos) << text;
    EXPECT_NE(text.find("would reserve 16 MB"), std::string::npos) << text;
    EXPECT_NE(text.find("64 KB"), std::string::npos) << text;
    window.view.cursor = 15;
    EXPECT_NE(window.text().find("2 goroutines have 8 KB"), std::string::npos) << window.text();
}

TEST(StacksPanelTest, AClickOnALineSelectsItsGoroutineAndSetsTheCursor) {
    Window window(growing().timeline());
    window.view.cursor = 50;
    window.settle();
    window.click("stacks.G2");
    EXPECT_EQ(window.view.selected, 2U);
    const TimeNs before = window.view.cursor;
    window.click("stacks.chart");
    EXPECT_NE(window.view.cursor, before);
}

TEST(StacksPanelTest, WhereNothingGrewItSaysSo) {
    Window window(view::alternating(4, kMillisecond));
    EXPECT_NE(window.text().find("No stack has grown"), std::string::npos);
}

TEST(StacksPanelTest, ManyAreCountedBySize) {
    view::EventScript script = growing();
    for (GoroutineId g = 3; g < 260; ++g)
        script.create(g, 0);
    script.at(200).start(3, 0).grow_stack(3, 0, 4'096, 8'192);
    script.at(300).end(3, 0);
    Window window(script.timeline());
    window.settle();
    EXPECT_TRUE(Window::has("stacks.bin.8192"));
    EXPECT_FALSE(Window::has("stacks.chart"));
    window.view.selected = 3;
    window.view.selected_run = 1;
    window.settle();
    EXPECT_TRUE(Window::has("stacks.chart")) << "one is selected: its own line";
}

}  // namespace
}  // namespace golanes::ui
