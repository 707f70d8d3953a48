#include "ui/panels/source_panel.h"

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"
#include "tests/ui/view/view_window.h"

namespace golanes::ui {
namespace {

using Window = ViewWindow<SourcePanel>;

std::string_view sources(std::string_view path) {
    return path == "scenarios/a.cpp" ? "int one;\nint two;\nint three;\n" : "";
}

model::Timeline two_lines() {
    view::EventScript script;
    script.begin_run(1).start_proc(0).create(1, 0).create(2, 0);
    script.at(10).start(1, 0).print(1, 0, "scenarios/a.cpp", 1);
    script.at(20).stop(1, 0).start(2, 0).print(2, 0, "scenarios/a.cpp", 3);
    script.at(40).end(2, 0);
    return script.timeline();
}

TEST(SourcePanelTest, EachGoroutineStandsAtItsLine) {
    Window window(two_lines());
    window.input.source = sources;
    window.view.cursor = 30;
    const std::string text = window.text();
    EXPECT_NE(text.find("scenarios/a.cpp at 30"), std::string::npos) << text;
    EXPECT_NE(text.find("int two;"), std::string::npos) << text;
    EXPECT_TRUE(Window::has("source.line.1"));
    EXPECT_FALSE(Window::has("source.line.2"));
    EXPECT_TRUE(Window::has("source.line.3"));
    window.view.cursor = 15;
    window.settle();
    EXPECT_FALSE(Window::has("source.line.3")) << "G2 has not run yet";
}

TEST(SourcePanelTest, AClickOnATokenSelectsItsGoroutine) {
    Window window(two_lines());
    window.input.source = sources;
    window.view.cursor = 30;
    window.settle();
    window.click("source.G2");
    EXPECT_EQ(window.view.selected, 2U);
}

TEST(SourcePanelTest, AFileThatIsNotOursIsToldSo) {
    view::EventScript script;
    script.begin_run(1).start_proc(0).create(1, 0);
    script.at(10).start(1, 0).print(1, 0, "elsewhere.cpp", 1);
    script.at(20).end(1, 0).end_run();
    Window window(script.timeline());
    window.input.source = sources;
    EXPECT_NE(window.text().find("not part of the program"), std::string::npos);
}

std::string_view with_twin(std::string_view path) {
    if (path == "scenarios/a.cpp")
        return "wg.add(2);\nint two;\nwg.wait();\n";
    return path == "assets/go/a/main.go" ? "package main\nwg.Add(2)\n\nwg.Wait()\n" : "";
}

TEST(SourcePanelTest, TheTwinInGoIsASwitchAwayWhereThereIsRoomForOne) {
    Window window(two_lines());
    window.input.source = with_twin;
    window.view.cursor = 30;
    EXPECT_NE(window.text().find("assets/go/a/main.go"), std::string::npos);
    EXPECT_FALSE(Window::has("source.go"));
    window.click("source.in_go");
    EXPECT_NE(window.text().find("wg.Wait()"), std::string::npos);
    EXPECT_FALSE(Window::has("source.line.1"));
    window.click("source.cpp");
    EXPECT_TRUE(Window::has("source.line.1"));
}

TEST(SourcePanelTest, WhereSomebodyStandsTheSameCallInGoIsLit) {
    Window window(two_lines());
    window.input.source = with_twin;
    window.view.cursor = 30;
    window.settle();
    window.click("source.in_go");
    EXPECT_TRUE(Window::has("source.go.2"));
    EXPECT_TRUE(Window::has("source.go.4"));
    EXPECT_FALSE(Window::has("source.go.1"));
}

TEST(SourcePanelTest, AFileWithoutATwinHasNoSwitch) {
    Window window(two_lines());
    window.input.source = sources;
    window.view.cursor = 30;
    window.settle();
    EXPECT_FALSE(Window::has("source.in_go"));
}

}  // namespace
}  // namespace golanes::ui
