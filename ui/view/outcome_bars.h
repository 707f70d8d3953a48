#pragma once
// Outcome bars: counted results as the bars of a histogram; where there are too many numbers,
// neighbours are put together.
#include <cstdint>
#include <string>
#include <vector>

namespace golanes::view {

/// A result and how often it came.
struct CountedResult {
    std::string text;
    std::uint32_t count = 0;
};

/// A bar stands for the results [first, last] of the list.
struct OutcomeBar {
    std::string label;  ///< "10", or "10 .. 14".
    std::uint32_t count = 0;
    std::size_t first = 0;
    std::size_t last = 0;
    std::size_t most = 0;  ///< The one of them that came most often.
};

/// At most `bars` bars, in the order of the results.
std::vector<OutcomeBar> outcome_bars(const std::vector<CountedResult>& results, std::size_t bars);

}  // namespace golanes::view
