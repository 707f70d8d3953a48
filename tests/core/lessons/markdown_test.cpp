#include "core/lessons/markdown.h"

#include <gtest/gtest.h>

namespace golanes::lessons {
namespace {

TEST(MarkdownTest, HeadingsAndParagraphsAreBlocks) {
    const auto blocks = parse_markdown("# One\n\nfirst\nline\n\n## Two\n\nthird\n");
    ASSERT_EQ(blocks.size(), 4U);
    EXPECT_EQ(blocks[0].kind, BlockKind::Heading);
    EXPECT_EQ(blocks[0].level, 1);
    EXPECT_EQ(blocks[1].kind, BlockKind::Paragraph);
    EXPECT_EQ(blocks[1].runs, (std::vector<TextRun>{{"first line"}}));
    EXPECT_EQ(blocks[2].level, 2);
}

TEST(MarkdownTest, ARunEndsWhereTheStyleChanges) {
    const auto blocks = parse_markdown("a **b** *c* `d` [e](view:why) ***f***");
    ASSERT_EQ(blocks.size(), 1U);
    const std::vector<TextRun> expected{{"a "},
                                        {"b", {.strong = true}},
                                        {" "},
                                        {"c", {.emphasis = true}},
                                        {" "},
                                        {"d", {.code = true}},
                                        {" "},
                                        {"e", {}, "view:why"},
                                        {" "},
                                        {"f", {.strong = true, .emphasis = true}}};
    EXPECT_EQ(blocks[0].runs, expected);
}

TEST(MarkdownTest, ItemsHaveTheirMarkersAndDepth) {
    const auto blocks = parse_markdown("- one\n- two\n  1. inner\n  2. more\n\nafter\n");
    ASSERT_EQ(blocks.size(), 5U);
    EXPECT_EQ(blocks[0].marker, "•");
    EXPECT_EQ(blocks[0].level, 1);
    EXPECT_EQ(blocks[2].marker, "1.");
    EXPECT_EQ(blocks[2].level, 2);
    EXPECT_EQ(blocks[3].marker, "2.");
    EXPECT_EQ(blocks[4].kind, BlockKind::Paragraph);
    EXPECT_EQ(blocks[4].level, 0);
}

TEST(MarkdownTest, ALooseListHasOneBlockAnItemToo) {
    const auto blocks = parse_markdown("3. one\n\n4. two\n\n   more of two\n");
    ASSERT_EQ(blocks.size(), 3U);
    EXPECT_EQ(blocks[0].marker, "3.");
    EXPECT_EQ(blocks[0].runs[0].text, "one");
    EXPECT_EQ(blocks[1].marker, "4.");
    EXPECT_EQ(blocks[2].marker, "");
    EXPECT_EQ(blocks[2].kind, BlockKind::Item);
}

TEST(MarkdownTest, CodeBlocksKeepTheirLines) {
    const auto blocks = parse_markdown("```\ngo f()\n    x\n```\n");
    ASSERT_EQ(blocks.size(), 1U);
    EXPECT_EQ(blocks[0].kind, BlockKind::Code);
    EXPECT_EQ(blocks[0].runs[0].text, "go f()\n    x");
}

TEST(MarkdownTest, LinesOfChineseJoinWithoutASpace) {
    const auto blocks = parse_markdown("四个协程要做，\n每一刻\nP 和 M\n");
    ASSERT_EQ(blocks.size(), 1U);
    EXPECT_EQ(blocks[0].runs[0].text, "四个协程要做，每一刻 P 和 M");
}

TEST(MarkdownTest, WhatIsNotUsedStaysText) {
    EXPECT_EQ(parse_markdown("<b>x</b>")[0].runs[0].text, "<b>x</b>");
    EXPECT_TRUE(parse_markdown("").empty());
}

}  // namespace
}  // namespace golanes::lessons
