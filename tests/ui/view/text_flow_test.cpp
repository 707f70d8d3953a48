#include "ui/view/text_flow.h"

#include <string>

#include <gtest/gtest.h>

namespace golanes::view {
namespace {

// Every byte of Latin is 1 wide, a Chinese character 2.
float width_of(std::size_t /*text*/, std::string_view words) {
    float width = 0;
    for (const char c : words) {
        const auto byte = static_cast<unsigned char>(c);
        width += byte < 0x80 ? 1.0F : byte >= 0xC0 ? 2.0F : 0.0F;
    }
    return width;
}

/// The lines, with "|" between pieces and "/" between lines.
std::string lines_of(const std::vector<std::string_view>& texts, float width) {
    std::string all;
    int line = 0;
    for (const FlowPiece& piece : flow_text(texts, width, width_of)) {
        all += piece.line > line ? std::string(static_cast<std::size_t>(piece.line - line), '/')
               : all.empty()     ? ""
                                 : "|";
        line = piece.line;
        all += piece.words;
    }
    return all;
}

TEST(TextFlowTest, LinesEndBetweenWords) {
    EXPECT_EQ(lines_of({"one two three"}, 8), "one two /three");
    EXPECT_EQ(lines_of({"one two three"}, 7), "one two /three") << "the space needs no room";
    EXPECT_EQ(lines_of({"one two three"}, 100), "one two three");
}

TEST(TextFlowTest, APieceEndsWithItsText) {
    EXPECT_EQ(lines_of({"one ", "two", " three"}, 100), "one |two| three");
    EXPECT_EQ(lines_of({"one ", "two", " three"}, 8), "one |two| /three");
}

TEST(TextFlowTest, WhatTouchesAcrossTextsStaysTogether) {
    EXPECT_EQ(lines_of({"see ", "view", ", now"}, 8), "see /view|, /now");
    EXPECT_EQ(lines_of({"a (", "bold", ") b"}, 6), "a /(|bold|) /b");
}

TEST(TextFlowTest, ChineseBreaksAnywhereButNotBeforeAComma) {
    EXPECT_EQ(lines_of({"四个协程"}, 4), "四个/协程");
    EXPECT_EQ(lines_of({"四个，协程"}, 4), "四/个，/协程");
    EXPECT_EQ(lines_of({"四“个”协"}, 4), "四/“个/”协") << "three do not fit in a line of two";
    EXPECT_EQ(lines_of({"一个 P 时"}, 5), "一个 /P 时");
}

TEST(TextFlowTest, AWordWiderThanTheLineIsBroken) {
    EXPECT_EQ(lines_of({"abcdefgh"}, 3), "abc/def/gh");
    EXPECT_EQ(lines_of({"协程"}, 1), "协/程") << "one character at least";
}

TEST(TextFlowTest, AHardBreakEndsALine) {
    EXPECT_EQ(lines_of({"one\ntwo"}, 100), "one/two");
    EXPECT_EQ(lines_of({"one\n\ntwo"}, 100), "one//two");
}

TEST(TextFlowTest, PiecesLieSideBySide) {
    const auto pieces = flow_text({"one ", "two"}, 100, width_of);
    ASSERT_EQ(pieces.size(), 2U);
    EXPECT_EQ(pieces[1].x, 4);
    EXPECT_EQ(pieces[1].width, 3);
    EXPECT_EQ(line_count(pieces), 1);
    EXPECT_EQ(line_count({}), 0);
}

}  // namespace
}  // namespace golanes::view
