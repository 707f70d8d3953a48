#include "core/model/findings/find_all.h"

#include <algorithm>
#include <map>

#include "core/model/findings/data_race.h"

namespace golanes::model {
namespace {

constexpr std::size_t kMaxFindings = 1'000;

std::vector<Finding> findings_of(const RunPart& part) {
    std::vector<Finding> findings;
    find_data_races(part, findings);
    find_deadlock(part, findings);
    find_lock_orders(part, findings);
    find_leaks(part, findings);
    find_starvation(part, findings);
    find_convoys(part, findings);
    find_serialised(part, findings);
    find_idle_procs(part, findings);
    find_oversubscription(part, findings);
    return findings;
}

}  // namespace

std::vector<Finding> find_all(const Timeline& timeline) {
    std::vector<Finding> all;
    std::map<std::pair<FindingKind, std::string>, std::size_t> known;
    for (const RunPart& part : run_parts(timeline)) {
        std::map<std::pair<FindingKind, std::string>, bool> in_this_run;
        for (Finding& finding : findings_of(part)) {
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
        if (all.size() >= kMaxFindings)
            break;
    }
    std::stable_sort(
        all.begin(), all.end(), [](const Finding& a, const Finding& b) { return a.kind < b.kind; });
    return all;
}

}  // namespace golanes::model
