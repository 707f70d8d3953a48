#include "core/lessons/claim.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "core/lessons/lesson.h"

namespace golanes::lessons {
namespace {

constexpr std::size_t kColumns = 10;

constexpr std::array<std::string_view, 4> kVerdicts{"true", "partly", "false", "definition"};

std::vector<std::string_view> cells_of(std::string_view line) {
    std::vector<std::string_view> cells;
    for (;;) {
        const auto tab = line.find('\t');
        cells.push_back(line.substr(0, tab));
        if (tab == std::string_view::npos)
            return cells;
        line.remove_prefix(tab + 1);
    }
}

std::optional<Verdict> verdict_of(std::string_view text) {
    const auto* const found = std::find(kVerdicts.begin(), kVerdicts.end(), text);
    if (found == kVerdicts.end())
        return std::nullopt;
    return static_cast<Verdict>(found - kVerdicts.begin());
}

}  // namespace

std::string_view verdict_text(Verdict verdict) {
    return kVerdicts[static_cast<std::size_t>(verdict)];
}

Result<std::vector<Claim>> parse_claims(std::string_view text) {
    std::vector<Claim> claims;
    for (int number = 1; !text.empty(); ++number) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        if (number == 1 || line.empty())
            continue;
        const auto cells = cells_of(line);
        if (cells.size() != kColumns)
            return Error{fmt::format(
                "claims, line {}: {} columns instead of {}", number, cells.size(), kColumns)};
        const auto verdict = verdict_of(cells[3]);
        if (!verdict)
            return Error{fmt::format("claims, line {}: no verdict \"{}\"", number, cells[3])};
        claims.push_back({cells[0],
                          cells[1],
                          cells[2],
                          *verdict,
                          cells[4],
                          cells[5],
                          cells[6],
                          cells[7],
                          cells[8],
                          cells[9]});
    }
    return claims;
}

Result<bool> holds(std::string_view expected, std::string_view measured) {
    const auto space = expected.find(' ');
    if (space == std::string_view::npos)
        return Error{fmt::format("\"{}\" is no expectation like \"= 1\"", expected)};
    const std::string_view operation = expected.substr(0, space);
    const std::string_view value = expected.substr(space + 1);
    if (operation == "=")
        return measured == value;
    if (operation == "!=")
        return measured != value;
    const auto left = first_number(measured);
    const auto right = first_number(value);
    if (!left || !right)
        return Error{fmt::format("\"{}\" cannot be compared with \"{}\"", measured, expected)};
    if (operation == "<")
        return *left < *right;
    if (operation == "<=")
        return *left <= *right;
    if (operation == ">")
        return *left > *right;
    if (operation == ">=")
        return *left >= *right;
    return Error{fmt::format("\"{}\" is no expectation like \"= 1\"", expected)};
}

}  // namespace golanes::lessons
