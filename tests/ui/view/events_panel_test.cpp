#include "ui/panels/events_panel.h"

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"
#include "tests/ui/view/view_window.h"

namespace golanes::ui {
namespace {

using Window = ViewWindow<EventsPanel>;

std::string row(std::uint64_t number) {
    return "events.row." + std::to_string(number);
}

TEST(EventsPanelTest, ListsEveryEventWithTimeAndWords) {
    Window window(view::alternating(2, kMillisecond));
    const std::string text = window.text();
    EXPECT_NE(text.find("10 of 10 events"), std::string::npos) << text;
    EXPECT_NE(text.find("worker"), std::string::npos) << text;
    EXPECT_NE(text.find("1.00 ms"), std::string::npos) << text;
    EXPECT_TRUE(Window::has(row(0)));
}

TEST(EventsPanelTest, AClickTakesTheCursorThereAndSelectsTheGoroutine) {
    Window window(view::alternating(2, kMillisecond));
    std::uint64_t number = 0;
    while (window.input.timeline.recording().event(number).type != trace::EventType::GoStart ||
           window.input.timeline.recording().event(number).a != 2)
        ++number;
    window.click(row(number));
    EXPECT_EQ(window.view.event, number);
    EXPECT_EQ(window.view.cursor, kMillisecond);
    EXPECT_EQ(window.view.selected, 2U);
}

TEST(EventsPanelTest, WhatIsTypedFiltersTheRows) {
    Window window(view::alternating(2, kMillisecond));
    window.click("events.text");
    window.type("go_start");
    const std::string text = window.text();
    EXPECT_NE(text.find("2 of 10 events"), std::string::npos) << text;
    window.type("xyz");
    EXPECT_NE(window.text().find("No event fits"), std::string::npos);
}

TEST(EventsPanelTest, TheKindFiltersTheRows) {
    Window window(view::alternating(2, kMillisecond));
    window.click("events.kind");
    window.click("events.kind.2");  // a goroutine starts
    EXPECT_NE(window.text().find("2 of 10 events"), std::string::npos) << window.text();
}

TEST(EventsPanelTest, TheCursorsEventComesIntoSight) {
    Window window(view::alternating(3'000, kMicrosecond));
    const std::uint64_t last = window.input.timeline.recording().end_index() - 1;
    EXPECT_FALSE(Window::has(row(last - 5)));
    window.view.event = last - 5;
    window.view.cursor =
        static_cast<TimeNs>(window.input.timeline.recording().event(last - 5).time);
    window.settle();
    EXPECT_TRUE(Window::has(row(last - 5)));
}

}  // namespace
}  // namespace golanes::ui
