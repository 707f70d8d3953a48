// Who waits for what, in words.
#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/model/lock_holders.h"
#include "core/model/select_cases.h"
#include "core/model/statistics.h"
#include "core/model/wait_state.h"
#include "core/model/words.h"

namespace golanes::model {
namespace {

WaitFact fact(const Timeline& timeline, const GoroutineInfo& goroutine, const Wait& wait) {
    WaitFact fact;
    fact.goroutine = timeline.goroutine_name(goroutine.run, goroutine.id);
    fact.reason = trace::wait_reason_text(wait.reason);
    fact.id = goroutine.id;
    fact.kind = wait.reason;
    fact.since = wait.since;
    fact.object_id = wait.object;
    if (wait.object != 0)
        fact.object = object_name(timeline, goroutine.run, wait.object);
    fact.place = place_text(timeline, wait.where);
    return fact;
}

// Adds who holds what they wait for. Reads events, so only when somebody waits for a lock.
class HolderNames {
 public:
    HolderNames(const Timeline& timeline, const RunInfo& run, TimeNs t)
        : timeline_(&timeline), run_(&run), time_(t) {}

    void add_to(WaitFact& fact, const Wait& wait) {
        if (!is_lock_wait(wait.reason))
            return;
        if (!holders_)
            holders_ = lock_holders(*timeline_, *run_, time_);
        const auto lock = holders_->find(wait.object);
        if (lock == holders_->end())
            return;
        for (const GoroutineId g : lock->second.goroutines)
            fact.holders.push_back(timeline_->goroutine_name(run_->number, g));
        fact.holder_ids = lock->second.goroutines;
        fact.held_for_reading = lock->second.is_read;
    }

 private:
    const Timeline* timeline_;
    const RunInfo* run_;
    TimeNs time_;
    std::optional<std::map<ObjectId, LockHolders>> holders_;
};

// "to receive from tasks or to send to results"
std::string cases_text(const std::vector<WaitCase>& cases) {
    std::string text;
    for (const WaitCase& one : cases)
        text += fmt::format("{}{} {}",
                            text.empty() ? "" : " or ",
                            one.is_send ? "to send to" : "to receive from",
                            one.object);
    return text;
}

std::string sentence(const WaitFact& fact) {
    std::string text = fmt::format("{} waits in {}", fact.goroutine, fact.reason);
    if (!fact.object.empty())
        text += fmt::format(" on {}", fact.object);
    if (!fact.holders.empty())
        text += fmt::format(
            ", {} by {}", fact.held_for_reading ? "read" : "held", fmt::join(fact.holders, ", "));
    if (!fact.cases.empty())
        text += " " + cases_text(fact.cases);
    if (!fact.place.empty())
        text += fmt::format(", {}", fact.place);
    return text;
}

// Adds to the facts of one run what its selects wait for; a channel that has the same case twice is
// named once.
void add_cases(const Timeline& timeline,
               std::uint32_t run,
               std::vector<WaitFact>& facts,
               std::span<SelectWait> selects,
               const std::map<GoroutineId, std::size_t>& fact_of) {
    find_select_cases(timeline.recording(), selects);
    for (const SelectWait& select : selects) {
        std::vector<WaitCase>& cases = facts[fact_of.at(select.goroutine)].cases;
        for (const SelectCaseInfo& one : select.cases) {
            WaitCase words{object_name(timeline, run, one.object), one.is_send};
            if (std::find(cases.begin(), cases.end(), words) == cases.end())
                cases.push_back(std::move(words));
        }
    }
}

}  // namespace

std::vector<WaitFact> waiting_facts(const Timeline& timeline, TimeNs t) {
    std::vector<WaitFact> facts;
    std::vector<SelectWait> selects;
    std::map<GoroutineId, std::size_t> fact_of;
    const RunInfo* run = timeline.run_at(t);
    if (run == nullptr)
        return facts;
    HolderNames holders(timeline, *run, t);
    for (const GoroutineInfo& goroutine : timeline.goroutines(run->number)) {
        const auto wait = wait_of(timeline, goroutine, t);
        if (!wait)
            continue;
        if (wait->reason == trace::WaitReason::Select) {
            selects.push_back({goroutine.id, wait->since, {}});
            fact_of[goroutine.id] = facts.size();
        }
        facts.push_back(fact(timeline, goroutine, *wait));
        holders.add_to(facts.back(), *wait);
    }
    add_cases(timeline, run->number, facts, selects, fact_of);
    return facts;
}

std::vector<std::string> waiting_sentences(const Timeline& timeline, TimeNs t) {
    std::vector<std::string> sentences;
    for (const WaitFact& fact : waiting_facts(timeline, t))
        sentences.push_back(sentence(fact));
    return sentences;
}

}  // namespace golanes::model
