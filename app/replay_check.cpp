#include "app/replay_check.h"

#include <utility>
#include <vector>

#include "core/base/random.h"

namespace golanes::app {
namespace {

constexpr std::string_view kDigits = "0123456789abcdefghjkmnpqrstvwxyz";
constexpr std::string_view kTokenCharacters = "abcdefghijklmnopqrstuvwxyz0123456789._-";
constexpr std::size_t kLongestSearched = 160;  // the search takes length times length steps

void try_character(std::string& text,
                   std::size_t at,
                   std::string_view letters,
                   std::vector<Typo>& found) {
    const char given = text[at];
    for (const char c : kTokenCharacters) {
        if (c == given)
            continue;
        text[at] = c;
        if (check_letters(text) == letters)
            found.push_back({at, std::string(1, c)});
    }
    text[at] = given;
}

void try_swap(std::string& text,
              std::size_t at,
              std::string_view letters,
              std::vector<Typo>& found) {
    if (at + 1 == text.size() || text[at] == text[at + 1])
        return;
    std::swap(text[at], text[at + 1]);
    if (check_letters(text) == letters)
        found.push_back({at, text.substr(at, 2)});
    std::swap(text[at], text[at + 1]);
}

}  // namespace

std::string check_letters(std::string_view text) {
    std::uint64_t hash = text.size();
    for (const char c : text)
        hash = mix64(hash ^ static_cast<unsigned char>(c));
    std::string letters;
    for (std::size_t i = 0; i < kCheckLetters; ++i)
        letters += kDigits[(hash >> (5 * i)) & 31];
    return letters;
}

std::optional<Typo> find_typo(std::string_view text, std::string_view letters) {
    if (text.size() > kLongestSearched)
        return std::nullopt;
    std::vector<Typo> found;
    std::string changed(text);
    for (std::size_t at = 0; at < changed.size(); ++at) {
        try_character(changed, at, letters, found);
        try_swap(changed, at, letters, found);
    }
    if (found.size() != 1)
        return std::nullopt;
    return found.front();
}

}  // namespace golanes::app
