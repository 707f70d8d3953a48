#pragma once
// Twin lines: which line of a scenario's twin in Go says what a line of the scenario says. Both
// have the same calls in the same order of the text (tests/check_twins.py), so the n-th is the
// n-th.
#include <cstdint>
#include <string_view>
#include <vector>

namespace golanes::view {

/// A line of the scenario and its counterpart, counted from 1.
struct TwinLine {
    std::uint32_t cpp = 0;
    std::uint32_t go = 0;

    friend bool operator==(const TwinLine&, const TwinLine&) = default;
};

/// In the order of the text; none where the calls of the two differ.
std::vector<TwinLine> twin_lines(std::string_view cpp, std::string_view go);

/// The line of Go for a line of C++, or for the next one before it that has one; 0: there is none.
std::uint32_t go_line_of(const std::vector<TwinLine>& lines, std::uint32_t cpp_line);

}  // namespace golanes::view
