#include "ui/panels/finding_words.h"

#include <array>
#include <vector>

#include <fmt/format.h>

#include "ui/panels/reason_words.h"
#include "ui/panels/tr.h"

namespace golanes::ui {
namespace {

using model::FindingKind;

struct Words {
    const char* title;
    const char* pattern;  ///< As model::finding_pattern().
    const char* meaning;
};

constexpr std::array<Words, static_cast<std::size_t>(FindingKind::Count_)> kWords{{
    {tr_later("Data race"),
     tr_later("Data race on {0}: nothing orders the {1} by {2} ({3}) before the {4} by {5} ({6})."),
     tr_later("Two goroutines use one variable, one of them writes, and neither waits for the "
              "other: which comes first is chance. A lock, a channel or an atomic step orders "
              "them.")},
    {tr_later("Deadlock"),
     tr_later("Deadlock: {0} wait for each other in a ring."),
     tr_later("Each holds what the next one wants, so none of them can go on. Taking the locks in "
              "one order everywhere prevents it.")},
    {tr_later("Locks in two orders"),
     tr_later("Locks in two orders: {0}. Goroutines that meet there wait for each other for ever."),
     tr_later("This run was lucky: with another timing each would hold one of the locks and wait "
              "for the other. Take them in one order everywhere.")},
    {tr_later("Leak"),
     tr_later("Leak: still waiting in {1} ({2}) when the run ends, with nobody left to wake them: "
              "{0}."),
     tr_later("A goroutine that waits for ever keeps its stack and all it refers to. Somebody has "
              "to send, to close the channel, or to cancel.")},
    {tr_later("Starvation"),
     tr_later("Starvation: {0} was runnable for {1} without getting a P; others were started {2} "
              "times meanwhile."),
     tr_later("It could have run and was passed over. Fewer goroutines that compute for long, or "
              "more Ps, let it come to its turn.")},
    {tr_later("Convoy"),
     tr_later("Convoy: two or more goroutines queued for {0} during {1} of {2}; {3} of them took "
              "turns."),
     tr_later("Most of the time somebody stands in line for the lock, so more goroutines do not "
              "make it faster. Hold it for less time, or use several locks.")},
    {tr_later("Serialised"),
     tr_later("Serialised: {0} goroutines computed for {1}, but hardly ever two at once, on {2} "
              "Ps."),
     tr_later("There is work for several Ps, but one waits for the other. Look for what they pass "
              "on: a lock, a channel without a buffer.")},
    {tr_later("Idle Ps"),
     tr_later("Idle Ps: for {0} up to {1} goroutines stood in the global queue while {2} Ps were "
              "idle."),
     tr_later("Work was there and nobody took it: what wakes a P came late or not at all.")},
    {tr_later("Too few CPUs"),
     tr_later(
         "Too few CPUs: {0} Ps on {1} CPUs; goroutines on a P had no CPU for {2} of their time "
         "there."),
     tr_later("Ps share CPUs, so the operating system stops one to let another run. No more Ps "
              "than CPUs is the rule.")},
}};

const Words& words_of(FindingKind kind) {
    return kWords[static_cast<std::size_t>(kind)];
}

/// "the lock a before b by worker 1 (x.cpp:3)", for each edge.
std::string order_words(const std::vector<std::string>& parts) {
    std::string text;
    for (std::size_t i = 1; i + 3 < parts.size(); i += 4) {
        text += text.empty() ? "" : tr("; ");
        text += fmt::format(fmt::runtime(tr("{0} before {1} by {2} ({3})")),
                            parts[i],
                            parts[i + 1],
                            parts[i + 2],
                            parts[i + 3]);
    }
    return text;
}

const char* access_words(const std::string& access) {
    if (access == "read")
        return tr("read");
    return access == "write" ? tr("write") : tr("atomic update");
}

}  // namespace

const char* finding_title(FindingKind kind) {
    return tr(words_of(kind).title);
}

const char* finding_meaning(FindingKind kind) {
    return tr(words_of(kind).meaning);
}

std::string finding_sentence(const model::Finding& finding) {
    std::vector<std::string> words = finding.words;
    if (finding.kind == FindingKind::DataRace && words.size() > 4) {
        words[1] = access_words(words[1]);
        words[4] = access_words(words[4]);
    } else if (finding.kind == FindingKind::LockOrder && words.size() > 4) {
        words[0] = order_words(words);
    } else if (finding.kind == FindingKind::Leak && words.size() > 1) {
        words[1] = reason_words(words[1]);
    }
    return model::fill_pattern(tr(words_of(finding.kind).pattern), words);
}

}  // namespace golanes::ui
