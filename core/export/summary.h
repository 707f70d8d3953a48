#pragma once
// The summary of a recording: what `golanes info` says. Counted from the events; nothing is
// guessed.
#include <cstdint>
#include <map>
#include <string>

#include "core/base/time.h"
#include "core/recording/recording.h"

namespace golanes::exporting {

struct Summary {
    recording::Meta meta;
    recording::Honesty honesty;
    std::uint64_t events = 0;
    std::map<std::string, std::uint64_t>
        events_by_kind;            ///< By the vocabulary's names; "type#57" for unknown ones.
    std::uint64_t runs = 0;        ///< Runs seen beginning, or going on at the first event.
    std::uint64_t goroutines = 0;  ///< Goroutines seen, over all runs.
    std::uint64_t procs = 0;       ///< The most Ps at once.
    std::uint64_t threads = 0;     ///< Ms seen.
    TimeNs start_ns = 0;
    TimeNs end_ns = 0;
    std::string replay;            ///< Token of the last run that has one; empty: none.
    std::uint32_t replay_run = 0;  ///< The number of that run.
    std::string status;  ///< How the last run ended; "running" when that is not in the recording.
};

Summary summarize(const recording::Snapshot& snapshot);

/// For people: a few aligned lines, then the events by kind, the most frequent first.
std::string summary_text(const Summary& summary);

/// One JSON object, keys snake_case, times in ns. `findings`, a JSON array, becomes a part of it
/// unless it is empty.
std::string summary_json(const Summary& summary, const std::string& findings = {});

}  // namespace golanes::exporting
