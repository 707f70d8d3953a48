#pragma once
// Markdown: a lesson's text as blocks of styled runs, whoever draws them. Parsed by md4c, which
// only markdown.cpp knows. What lessons do not use (tables, pictures, HTML) stays plain text.
#include <string>
#include <string_view>
#include <vector>

namespace golanes::lessons {

/// How a run of text looks.
struct TextStyle {
    bool strong = false;
    bool emphasis = false;
    bool code = false;

    friend bool operator==(const TextStyle&, const TextStyle&) = default;
};

/// Text of one style.
struct TextRun {
    std::string text;  ///< Of one line; "\n" only in code blocks and at hard breaks.
    TextStyle style = {};
    std::string link = {};  ///< Where it leads, as written; empty: it is no link.

    friend bool operator==(const TextRun&, const TextRun&) = default;
};

enum class BlockKind { Heading, Paragraph, Item, Code };

struct TextBlock {
    BlockKind kind = BlockKind::Paragraph;
    int level = 0;       ///< Heading: 1 to 6. Else in how many lists it stands.
    std::string marker;  ///< Item: "1." or "•"; empty: one more paragraph of the same item.
    std::vector<TextRun> runs;
};

/// Reads the text. Anything is Markdown, so that nothing can fail. A line break of the source is a
/// space, but none between two Chinese characters.
std::vector<TextBlock> parse_markdown(std::string_view text);

}  // namespace golanes::lessons
