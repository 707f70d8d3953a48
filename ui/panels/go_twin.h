#pragma once
// GoTwin: the same program in Go, as the source view shows it: line by line, with the lines lit
// whose counterparts in C++ have goroutines on them.
#include <string>
#include <string_view>
#include <vector>

#include "ui/panels/frame.h"
#include "ui/view/twin_lines.h"

namespace golanes::ui {

/// Threads: the UI thread only.
class GoTwin {
 public:
    /// The twin of a scenario's file ("scenarios/letters.cpp"). Cheap when it was that one before.
    void choose(SourceLookup lookup, const std::string& cpp_file);

    /// Whether the file has none.
    [[nodiscard]] bool empty() const { return lines_.empty(); }

    [[nodiscard]] const std::string& file() const { return file_; }

    /// Fills the content region. `standing`: lines of C++ at which goroutines stand; `pointed`:
    /// the one under the mouse, 0: none. `wanted`: a line of C++ whose counterpart is brought into
    /// sight, 0: none.
    void draw(const std::vector<std::uint32_t>& standing,
              std::uint32_t pointed,
              std::uint32_t wanted) const;

 private:
    void draw_line(std::uint32_t number, bool lit, bool pointed) const;

    std::string cpp_file_;
    std::string file_;
    std::vector<std::string_view> lines_;
    std::vector<view::TwinLine> twins_;
};

/// The lines of a text. Lifetime: the text's.
std::vector<std::string_view> lines_of(std::string_view text);

/// Scrolls the present window so that a line, counted from 1, is in sight. Requires: lines of the
/// present font without space between them.
void scroll_to_line(std::uint32_t line);

}  // namespace golanes::ui
