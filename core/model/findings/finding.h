#pragma once
// Finding: something about a run that a person should know, with its evidence. What each kind asks
// of the events stands in the file of its name; find_all.h looks for all of them.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/timeline.h"

namespace golanes::model {

enum class FindingKind : std::uint8_t {
    DataRace,
    Deadlock,
    LockOrder,
    Leak,
    Starvation,
    Convoy,
    Serialised,
    IdleProcs,
    Oversubscription,
    Count_,
};

struct Finding {
    FindingKind kind = FindingKind::DataRace;
    std::uint32_t run = 0;   ///< The first run that has it.
    std::uint32_t runs = 1;  ///< How many have it.
    TimeNs from = 0;         ///< Where to look, in that run: [from, to].
    TimeNs to = 0;
    std::vector<GoroutineId> goroutines;  ///< Those it is about; the main ones first.
    ObjectId object = 0;                  ///< The variable, lock or channel; 0: none.
    std::vector<std::uint64_t> events;    ///< Numbers of the events that show it.
    /// Data races: the events between which an edge is missing (DataRace); 0: none.
    std::uint64_t given = 0;
    std::uint64_t learned = 0;
    /// What finding_pattern() leaves open, by number. Lock orders: then the parts of the first
    /// word, four an edge: this lock, before that one, by whom, where.
    std::vector<std::string> words;
    std::string sentence;  ///< The pattern filled in, in English.
    std::string report;    ///< Several lines more; empty: none.
    std::string key;       ///< Findings of one kind and key in several runs are one.
};

/// "data_race": the word of `--json`.
std::string_view finding_name(FindingKind kind);

/// The sentence with {0}, {1}, ... for Finding::words, for translations.
std::string_view finding_pattern(FindingKind kind);

/// The pattern with its words.
std::string fill_pattern(std::string_view pattern, const std::vector<std::string>& words);

}  // namespace golanes::model
