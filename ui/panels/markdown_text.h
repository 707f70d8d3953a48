#pragma once
// Markdown text: draws the blocks of a lesson, with links that can be pressed.
#include <string>
#include <vector>

#include "core/lessons/markdown.h"

namespace golanes::ui {

/// Draws the blocks at the cursor, as wide as the content region. `name` is what tests find links
/// by: name.link0, name.link1, ... Returns where the link leads that was pressed in this frame, as
/// it is written; empty: none was.
std::string draw_markdown(const char* name, const std::vector<lessons::TextBlock>& blocks);

}  // namespace golanes::ui
