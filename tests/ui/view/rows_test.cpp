#include "ui/view/rows.h"

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"

namespace golanes::view {
namespace {

/// main, "worker 1" to "worker 3" (G2 to G4) on two Ps, for 100.
model::Timeline workers() {
    EventScript script;
    script.begin_run(2).start_proc(0).start_proc(1).create(1, 0, "main");
    script.at(5).start(1, 0);
    for (GoroutineId g = 2; g <= 4; ++g)
        script.create(g, 0, "worker " + std::to_string(g - 1));
    return script.at(100).end(1, 0).end_run().timeline();
}

std::vector<std::string> names(const RowChoice& choice, std::size_t most = 500) {
    RowStyle style;
    style.choice = choice;
    style.max_goroutines = most;
    std::vector<Row> rows;
    const model::Timeline timeline = workers();
    const float height = build_rows(timeline, {0, 100}, style, rows);
    EXPECT_FLOAT_EQ(height, rows.back().bottom());
    std::vector<std::string> found;
    for (Row& row : rows) {
        name_row(timeline, {0, 100}, row);
        if (row.kind == RowKind::Goroutine)
            found.push_back(row.pinned ? row.name + "!" : row.name);
        else if (row.kind == RowKind::Proc)
            found.push_back("P" + std::to_string(row.number));
        else if (row.kind == RowKind::More)
            found.push_back("+" + std::to_string(row.number));
    }
    return found;
}

using Names = std::vector<std::string>;

TEST(RowsTest, EverybodyIsThereAtFirst) {
    EXPECT_EQ(names({}), (Names{"P0", "P1", "main", "worker 1", "worker 2", "worker 3"}));
}

TEST(RowsTest, AFilterMeansAPartOfTheName) {
    EXPECT_EQ(names({"WORK", {}, {}}), (Names{"P0", "P1", "worker 1", "worker 2", "worker 3"}));
}

TEST(RowsTest, AFilterMeansANumber) {
    EXPECT_EQ(names({"G3", {}, {}}), (Names{"P0", "P1", "worker 2"}));
}

TEST(RowsTest, WhatDoesNotFitIsCountedOfThoseThatPassTheFilter) {
    EXPECT_EQ(names({"worker", {}, {}}, 2), (Names{"P0", "P1", "worker 1", "worker 2", "+1"}));
    EXPECT_EQ(names({}, 1), (Names{"P0", "P1", "main", "+3"}));
}

TEST(RowsTest, AFoldedGroupHasItsHeadingOnly) {
    EXPECT_EQ(names({{}, {RowKind::ProcHeading}, {}}),
              (Names{"main", "worker 1", "worker 2", "worker 3"}));
    EXPECT_EQ(names({{}, {RowKind::GoroutineHeading}, {}}), (Names{"P0", "P1"}));
}

TEST(RowsTest, PinnedRowsComeFirstAndOnce) {
    EXPECT_EQ(names({{}, {}, {4, 2}}),
              (Names{"worker 3!", "worker 1!", "P0", "P1", "main", "worker 2"}));
}

TEST(RowsTest, APinnedRowIsFoundByItsNumberLikeAnyOther) {
    RowStyle style;
    style.choice.pinned = {4, 2};
    std::vector<Row> rows;
    build_rows(workers(), {0, 100}, style, rows);
    EXPECT_EQ(row_of(rows, RowKind::Goroutine, 4), 0U);
    EXPECT_EQ(row_of(rows, RowKind::Goroutine, 2), 1U);
    for (std::uint32_t i = 0; i < rows.size(); ++i)
        EXPECT_EQ(row_of(rows, rows[i].kind, rows[i].number), i);
    EXPECT_EQ(row_of(rows, RowKind::Goroutine, 9), kNone);
}

TEST(RowsTest, PinnedRowsStayWhateverIsFilteredOrFolded) {
    EXPECT_EQ(names({"main", {RowKind::GoroutineHeading}, {4}}), (Names{"worker 3!", "P0", "P1"}));
}

TEST(RowsTest, WhoIsNotInViewIsNotPinned) {
    EXPECT_EQ(names({"main", {}, {99}}), (Names{"P0", "P1", "main"}));
}

TEST(RowChoiceTest, TogglingTwiceChangesNothing) {
    RowChoice choice;
    choice.toggle_pinned(7);
    EXPECT_TRUE(choice.is_pinned(7));
    choice.toggle_folded(RowKind::CpuHeading);
    choice.toggle_pinned(7);
    choice.toggle_folded(RowKind::CpuHeading);
    EXPECT_EQ(choice, RowChoice{});
}

}  // namespace
}  // namespace golanes::view
