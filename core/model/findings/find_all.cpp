#include "core/model/findings/find_all.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/model/findings/data_race.h"

namespace golanes::model {
namespace {

constexpr std::size_t kMaxFindings = 1'000;

constexpr std::array kFinders{find_data_races,
                              find_deadlock,
                              find_lock_orders,
                              find_leaks,
                              find_starvation,
                              find_convoys,
                              find_serialised,
                              find_idle_procs,
                              find_oversubscription};

std::vector<Finding> findings_of(const RunPart& part, const std::stop_token& stop) {
    std::vector<Finding> findings;
    for (const auto finder : kFinders) {
        if (!stop.stop_requested())
            finder(part, findings);
    }
    return findings;
}

}  // namespace

std::vector<Finding> find_all(const Timeline& timeline, std::stop_token stop) {
    std::vector<Finding> all;
    std::map<std::pair<FindingKind, std::string>, std::size_t> known;
    for (const RunPart& part : run_parts(timeline)) {
        std::map<std::pair<FindingKind, std::string>, bool> in_this_run;
        for (Finding& finding : findings_of(part, stop)) {
            const std::pair name(finding.kind, finding.key);
            const auto [at, is_new] = known.try_emplace(name, all.size());
            if (!in_this_run.try_emplace(name, true).second)
                continue;
            if (!is_new) {
                ++all[at->second].runs;
                continue;
            }
            finding.sentence = fill_pattern(finding_pattern(finding.kind), finding.words);
            all.push_back(std::move(finding));
        }
        if (all.size() >= kMaxFindings || stop.stop_requested())
            break;
    }
    std::stable_sort(
        all.begin(), all.end(), [](const Finding& a, const Finding& b) { return a.kind < b.kind; });
    return all;
}

}  // namespace golanes::model
