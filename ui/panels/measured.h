#pragma once
// What was measured beside the window for lessons and claims, as the panels show it. The app fills
// it from processes of its own.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace golanes::ui {

/// The runs that answer the question of a lesson.
struct AnswerView {
    bool running = false;
    std::string scenario;               ///< Empty: nothing was asked.
    std::uint32_t wanted = 1;           ///< Runs.
    std::vector<std::string> measured;  ///< What each run gave, as they come.
    std::string token;                  ///< Makes the last run again; empty: a real one.
    std::string file;                   ///< Its recording, if it was a real one.
    bool timeless = false;              ///< It took no virtual time: its recording shows nothing.
    std::string error;                  ///< Why there is no answer; empty: there is or will be one.
};

/// A claim's measurement on this machine.
struct ClaimResult {
    std::string measured;  ///< Else why not.
    bool holds = false;    ///< Our verdict does.
};

/// The claims of articles.
struct ClaimsView {
    bool running = false;
    std::size_t wanted = 0;  ///< Rows that were asked for.
    std::size_t done = 0;
    std::vector<std::optional<ClaimResult>> results;  ///< By row of the table; may be short.
};

}  // namespace golanes::ui
