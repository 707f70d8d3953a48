#pragma once
// TextFlow: breaks text of several styles into lines of a width. Words of Latin stay whole, Chinese
// breaks between any two characters but not before a comma or behind an opening quote. No ImGui:
// the caller measures.
#include <functional>
#include <string_view>
#include <vector>

namespace golanes::view {

/// A stretch of one of the texts on one line.
struct FlowPiece {
    std::size_t text = 0;  ///< Number of the text that it is part of.
    std::string_view words;
    float x = 0;
    float width = 0;
    int line = 0;
};

/// The width in pixels of a stretch of the text with that number.
using MeasureText = std::function<float(std::size_t text, std::string_view words)>;

/// Lays the texts out one behind the other. A word that is wider than `width` is broken anywhere;
/// "\n" ends a line.
/// Lifetime: pieces are views of the texts.
std::vector<FlowPiece> flow_text(const std::vector<std::string_view>& texts,
                                 float width,
                                 const MeasureText& measure);

/// The number of lines.
int line_count(const std::vector<FlowPiece>& pieces);

}  // namespace golanes::view
