#pragma once
// Views: what can be shown below the timeline, by the names of `golanes shot --view`.
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace golanes::view {

/// In the order of the switch in the window.
enum class ViewKind : std::uint8_t {
    Timeline,    ///< Nothing but the timeline and its legend.
    Queues,      ///< Every run queue at the cursor.
    Stacks,      ///< The size of stacks over time.
    Outcomes,    ///< Results of many runs.
    Source,      ///< The program's lines, and who stands where.
    Why,         ///< Who waits for what, in plain words.
    Statistics,  ///< Numbers of the stretch in view.
    Events,      ///< Every event as a row of a table.
    Findings,    ///< What a person should know: races, deadlocks, leaks, what costs time.
    Lesson,      ///< The text beside the scenario, and its question.
    Twin,        ///< A second run above and below the first.
    Claims,      ///< What articles say, measured here.
    Count_,
};

inline constexpr std::array<std::string_view, static_cast<std::size_t>(ViewKind::Count_)>
    kViewNames{"timeline",
               "queues",
               "stacks",
               "outcomes",
               "source",
               "why",
               "statistics",
               "events",
               "findings",
               "lesson",
               "twin",
               "claims"};

/// The view of that name.
constexpr std::optional<ViewKind> view_named(std::string_view name) {
    for (std::size_t i = 0; i < kViewNames.size(); ++i) {
        if (kViewNames[i] == name)
            return static_cast<ViewKind>(i);
    }
    return std::nullopt;
}

/// The digit that chooses a view: 1 to 9, then 0; empty: none is left.
constexpr std::string_view key_of(ViewKind kind) {
    constexpr std::string_view kDigits = "1234567890";
    const auto number = static_cast<std::size_t>(kind);
    return number < kDigits.size() ? kDigits.substr(number, 1) : "";
}

/// The view that a digit chooses.
constexpr std::optional<ViewKind> view_of_key(int key) {
    for (std::size_t i = 0; i < kViewNames.size(); ++i) {
        const auto kind = static_cast<ViewKind>(i);
        if (!key_of(kind).empty() && key_of(kind).front() == key)
            return kind;
    }
    return std::nullopt;
}

/// Whether a view draws the timeline itself and takes its place.
constexpr bool takes_timelines_place(ViewKind kind) {
    return kind == ViewKind::Twin;
}

}  // namespace golanes::view
