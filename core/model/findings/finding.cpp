#include "core/model/findings/finding.h"

#include <array>

namespace golanes::model {
namespace {

struct Words {
    std::string_view name;
    std::string_view pattern;
};

constexpr std::array<Words, static_cast<std::size_t>(FindingKind::Count_)> kWords{{
    {"data_race",
     "Data race on {0}: nothing orders the {1} by {2} ({3}) before the {4} by {5} ({6})."},
    {"deadlock", "Deadlock: {0} wait for each other in a ring."},
    {"lock_order",
     "Locks in two orders: {0}. Goroutines that meet there wait for each other for ever."},
    {"leak",
     "Leak: still waiting in {1} ({2}) when the run ends, with nobody left to wake them: {0}."},
    {"starvation",
     "Starvation: {0} was runnable for {1} without getting a P; others were started {2} times "
     "meanwhile."},
    {"convoy",
     "Convoy: two or more goroutines queued for {0} during {1} of {2}; {3} of them took turns."},
    {"serialised",
     "Serialised: {0} goroutines computed for {1}, but hardly ever two at once, on {2} Ps."},
    {"idle_procs",
     "Idle Ps: for {0} up to {1} goroutines stood in the global queue while {2} Ps were idle."},
    {"oversubscription",
     "Too few CPUs: {0} Ps on {1} CPUs; goroutines on a P had no CPU for {2} of their time there."},
}};

const Words& words_of(FindingKind kind) {
    return kWords[static_cast<std::size_t>(kind)];
}

}  // namespace

std::string_view finding_name(FindingKind kind) {
    return words_of(kind).name;
}

std::string_view finding_pattern(FindingKind kind) {
    return words_of(kind).pattern;
}

std::string fill_pattern(std::string_view pattern, const std::vector<std::string>& words) {
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool is_hole = pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}';
        const auto number = is_hole ? static_cast<std::size_t>(pattern[i + 1] - '0') : words.size();
        if (number >= words.size()) {
            text += pattern[i];
            continue;
        }
        text += words[number];
        i += 2;
    }
    return text;
}

}  // namespace golanes::model
