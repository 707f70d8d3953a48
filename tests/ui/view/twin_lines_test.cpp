// Which line of the Go twin says what a line of the scenario says.
#include "ui/view/twin_lines.h"

#include <gtest/gtest.h>

namespace golanes::view {
namespace {

constexpr std::string_view kCpp = R"(const catalog::Scenario kScenario{
    .summary = "go(now) and wait(",
};

void program() {
    WaitGroup wg("tasks");
    wg.add(2);  // not wg.wait()
    go("task 1", [&] {
        work(length);
        wg.done();
    });
    wg.wait();
}
)";

constexpr std::string_view kGo = R"(package main

func program() {
	var wg sync.WaitGroup
	wg.Add(2)
	go func() {
		twin.Work(length) // or time.Sleep(length)
		wg.Done()
	}()
	wg.Wait()
}
)";

TEST(TwinLinesTest, TheNthCallOfOneIsTheNthOfTheOther) {
    const std::vector<TwinLine> expected{{7, 5}, {8, 6}, {9, 7}, {10, 8}, {12, 10}};
    EXPECT_EQ(twin_lines(kCpp, kGo), expected);
}

TEST(TwinLinesTest, TextsWhoseCallsDifferHaveNoTwins) {
    EXPECT_TRUE(twin_lines(kCpp, "wg.Add(2)\nwg.Wait()\n").empty());
}

TEST(TwinLinesTest, ACallInsideALongerNameIsNone) {
    EXPECT_TRUE(twin_lines("cargo(1); homework(2); my_sleep(3); async_panic(4);", "").empty());
    EXPECT_EQ(twin_lines("panic(4);", "panic(4)").size(), 1U);
}

TEST(TwinLinesTest, SendingAndReceivingAreToldApart) {
    EXPECT_EQ(twin_lines("ch.send(1);\nch.recv();", "ch <- 1\nv := <-ch").size(), 2U);
    EXPECT_TRUE(twin_lines("ch.recv();", "ch <- 1").empty());
}

TEST(TwinLinesTest, ALineWithoutACallBelongsToTheCallBefore) {
    const auto lines = twin_lines(kCpp, kGo);
    EXPECT_EQ(go_line_of(lines, 11), 8U);
    EXPECT_EQ(go_line_of(lines, 7), 5U);
    EXPECT_EQ(go_line_of(lines, 6), 0U);
}

}  // namespace
}  // namespace golanes::view
