#include "ui/view/queue_board.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"

namespace golanes::view {
namespace {

model::Queues two_procs(std::size_t in_ring) {
    model::Queues queues;
    queues.global = {9};
    queues.procs.push_back({0, 5, 1, 6, {}});
    queues.procs.push_back({1, 0, 0, 0, {}});
    for (std::size_t i = 0; i < in_ring; ++i)
        queues.procs[1].ring.push_back(static_cast<GoroutineId>(20 + i));
    return queues;
}

QueueBoard board_of(const model::Queues& queues, const BoardStyle& style = {}) {
    QueueBoard board;
    build_queue_board(queues, style, board);
    return board;
}

TEST(QueueBoardTest, EveryGoroutineStandsInItsColumn) {
    const QueueBoard board = board_of(two_procs(2));
    ASSERT_EQ(board.rows.size(), 3U);
    EXPECT_EQ(board.rows[0].p, kNoProc) << "the global queue comes first";
    ASSERT_EQ(board.tokens.size(), 5U);
    EXPECT_EQ(board.tokens[0].g, 9U);
    EXPECT_EQ(board.tokens[0].x0, board.queue_x);
    EXPECT_EQ(board.tokens[1].slot, Slot::Running);
    EXPECT_EQ(board.tokens[1].x0, board.running_x);
    EXPECT_EQ(board.tokens[2].slot, Slot::Runnext);
    EXPECT_EQ(board.tokens[2].x0, board.runnext_x);
    EXPECT_EQ(board.tokens[3].place, 0U);
    EXPECT_LT(board.tokens[3].x0, board.tokens[4].x0) << "the head is at the left";
}

TEST(QueueBoardTest, TokensStayInsideTheirRowsAndTheWidth) {
    BoardStyle style;
    style.height = 160;
    const QueueBoard board = board_of(two_procs(256), style);
    for (const Token& token : board.tokens) {
        const auto row = std::find_if(board.rows.begin(), board.rows.end(), [&](const BoardRow& r) {
            return r.p == token.p;
        });
        ASSERT_NE(row, board.rows.end());
        EXPECT_GE(token.y0, row->top);
        EXPECT_LE(token.y1, row->top + row->height);
        EXPECT_LE(token.x1, style.width);
    }
    EXPECT_LE(board.height, style.height);
}

TEST(QueueBoardTest, WhatHasNoRoomIsCounted) {
    BoardStyle style;
    style.height = 0;
    const QueueBoard board = board_of(two_procs(256), style);
    const auto shown = static_cast<std::uint32_t>(
        std::count_if(board.tokens.begin(), board.tokens.end(), [](const Token& token) {
            return token.slot == Slot::Ring;
        }));
    EXPECT_EQ(board.rows[2].length, 256U);
    EXPECT_EQ(board.rows[2].hidden + shown, 256U);
    EXPECT_GT(board.rows[2].hidden, 0U);
}

TEST(QueueBoardTest, ALongQueueTakesMoreLinesWhileThereIsRoom) {
    BoardStyle style;
    style.height = 400;
    const QueueBoard board = board_of(two_procs(20), style);
    EXPECT_EQ(board.rows[2].hidden, 0U);
    EXPECT_GT(board.rows[2].height, board.rows[1].height);
}

TEST(FullestMomentTest, IsTheFirstWithTheMostGoroutinesInAllQueuesTogether) {
    EventScript script;
    script.begin_run(1).start_proc(0).create(1, 0);
    script.at(10).start(1, 0);
    script.at(20).create(2, 0);
    script.at(30).create_globally(3, 0);
    script.at(40).stop(1, 0).start(2, 0);
    script.at(50).end(2, 0).end_run();
    EXPECT_EQ(fullest_moment(script.timeline(), {0, 60}), 30);
    EXPECT_EQ(fullest_moment(script.timeline(), {0, 25}), 0) << "1 is as many as at 20";
}

}  // namespace
}  // namespace golanes::view
