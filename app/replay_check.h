#pragma once
// The check letters at the end of a replay token, and where a token that fails them is wrong.
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace golanes::app {

inline constexpr std::size_t kCheckLetters = 5;

/// Five letters and digits (25 bits) that follow from the text.
std::string check_letters(std::string_view text);

struct Typo {
    std::size_t at = 0;   ///< Index of the first wrong character.
    std::string instead;  ///< What would make the letters right: one character, or two swapped.
};

/// The one mistyped character, or the one swapped pair, that explains why `letters` do not fit
/// `text`. Nothing when several would, or none.
std::optional<Typo> find_typo(std::string_view text, std::string_view letters);

}  // namespace golanes::app
