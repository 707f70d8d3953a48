// From where in a recording a run can be gone on with differently.
#include "ui/view/branch.h"

#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "core/model/builder.h"

namespace golanes::view {
namespace {

using enum trace::EventType;

// Two runs. In the second one P changes at 300: its token grows.
model::Timeline two_runs() {
    auto names = std::make_shared<trace::Names>();
    for (const char* text : {"first", "second", "second.p4"})
        names->strings.emplace_back(text);
    recording::Recording recording({});
    recording.set_names(names);
    const std::vector<trace::Event> events{
        {.time = 100, .a = 1, .type = RunBegin, .flags = 1},
        {.time = 100, .a = 1, .type = ReplayToken, .arg = 1},
        {.time = 150, .a = 1, .type = RunEnd, .flags = 1},
        {.time = 200, .a = 2, .type = RunBegin, .flags = 1},
        {.time = 200, .a = 2, .type = ProcCount},
        {.time = 200, .a = 2, .type = ReplayToken, .arg = 2},
        {.time = 250, .a = 1, .type = Log},
        {.time = 300, .a = 2, .type = ReplayToken, .arg = 3},
        {.time = 300, .a = 4, .type = ProcCount},
        {.time = 400, .a = 2, .type = Log},
    };
    recording.append(events);
    recording.publish();
    return model::build_timeline(recording.snapshot());
}

TEST(BranchPointTest, AnEventIsNumberedFromTheBeginningOfItsRun) {
    const auto point = branch_point(two_runs(), 250, 6);
    ASSERT_TRUE(point.has_value());
    EXPECT_EQ(point->event_number, 4U);
    EXPECT_EQ(point->time, 50);
}

// How far stacks grow differs between builds: a branch at an event behind a growth has to arrive
// there all the same.
TEST(BranchPointTest, TheGrowthOfAStackIsNotNumbered) {
    auto names = std::make_shared<trace::Names>();
    names->strings.emplace_back("token");
    recording::Recording recording({});
    recording.set_names(names);
    recording.append(std::vector<trace::Event>{
        {.time = 100, .a = 1, .type = RunBegin, .flags = 1},
        {.time = 150, .a = 1, .type = StackSize},
        {.time = 200, .a = 1, .type = Log},
        {.time = 300, .a = 1, .type = ReplayToken, .arg = 1},
    });
    recording.publish();
    const auto point = branch_point(model::build_timeline(recording.snapshot()), 200, 2);
    ASSERT_TRUE(point.has_value());
    EXPECT_EQ(point->event_number, 2U);
}

TEST(BranchPointTest, TheTokenCarriesTheChangesUpToThere) {
    EXPECT_EQ(branch_point(two_runs(), 250, 6)->token, "second");
    EXPECT_EQ(branch_point(two_runs(), 300, 8)->token, "second.p4");
    EXPECT_EQ(branch_point(two_runs(), 299, std::nullopt)->token, "second");
    EXPECT_EQ(branch_point(two_runs(), 350, std::nullopt)->token, "second.p4");
    EXPECT_EQ(branch_point(two_runs(), 120, std::nullopt)->token, "first");
}

TEST(BranchPointTest, BeforeItsFirstTokenARunHasIt) {
    EXPECT_EQ(branch_point(two_runs(), 200, 3)->token, "second");
    EXPECT_EQ(branch_point(two_runs(), 200, 3)->event_number, 1U);
}

TEST(BranchPointTest, ATimeIsNamedByItself) {
    const auto point = branch_point(two_runs(), 275, std::nullopt);
    ASSERT_TRUE(point.has_value());
    EXPECT_EQ(point->event_number, 0U);
    EXPECT_EQ(point->time, 75);
}

TEST(BranchPointTest, BetweenRunsThereIsNone) {
    EXPECT_FALSE(branch_point(two_runs(), 50, std::nullopt).has_value());
    EXPECT_FALSE(branch_point(two_runs(), 175, std::nullopt).has_value());
}

}  // namespace
}  // namespace golanes::view
