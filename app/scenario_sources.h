#pragma once
// The scenarios' own source text, embedded at build time: the window shows at which line goroutines
// stand.
#include <string_view>

namespace golanes::app {

/// The text of a file by its path in the tree ("scenarios/letters.cpp"); empty: not one of ours.
/// Lifetime: the program's.
std::string_view scenario_source(std::string_view path);

}  // namespace golanes::app
