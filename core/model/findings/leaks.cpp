// A leak: main has returned, and goroutines wait for something that nobody could do any more. Only
// where that is certain: none of those left could still run, sleep or be called by a timer.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/model/findings/find_all.h"
#include "core/model/select_cases.h"
#include "core/model/words.h"

namespace golanes::model {
namespace {

using trace::EventType;
using trace::WaitReason;

constexpr std::size_t kNamesTold = 4;

bool needs_another(WaitReason reason) {
    return reason != WaitReason::Sleep && reason != WaitReason::Blocking &&
           reason != WaitReason::PanicWait && reason != WaitReason::Goexit;
}

bool is_timer(const RunPart& part, ObjectId id) {
    const auto object = part.timeline->object(part.run.number, id);
    return object && object->kind == trace::ObjectKind::Timer;
}

bool selects_a_timer(const RunPart& part, const GoroutineInfo& goroutine) {
    std::vector<SelectWait> waits{{goroutine.id, goroutine.since, {}}};
    find_select_cases(part.timeline->recording(), waits);
    return std::any_of(waits[0].cases.begin(), waits[0].cases.end(), [&](const auto& one) {
        return is_timer(part, one.object);
    });
}

bool has_pending_timer(const RunPart& part) {
    std::set<ObjectId> pending;
    part.for_each([&](const trace::Event& event, std::uint64_t) {
        const bool sets = event.type == EventType::TimerArm &&
                          static_cast<trace::TimerKind>(event.flags) == trace::TimerKind::Func;
        if (sets)
            pending.insert(event.seq);
        if (event.type == EventType::TimerFire || event.type == EventType::TimerStop)
            pending.erase(event.seq);
    });
    return !pending.empty();
}

// Whether this one, killed by the end, may have gone on by itself and set others going.
bool could_go_on(const RunPart& part, const GoroutineInfo& goroutine) {
    if (goroutine.state != State::Waiting || !needs_another(goroutine.reason))
        return true;
    if (goroutine.reason == WaitReason::Select)
        return selects_a_timer(part, goroutine);
    return is_timer(part, goroutine.object);
}

struct Group {
    std::vector<GoroutineInfo> goroutines;
};

Finding finding_of(const RunPart& part, const Group& group) {
    Finding finding;
    finding.kind = FindingKind::Leak;
    finding.run = part.run.number;
    finding.from = finding.to = part.run.end;
    std::vector<std::string> names;
    for (const GoroutineInfo& goroutine : group.goroutines) {
        finding.from = std::min(finding.from, goroutine.since);
        finding.goroutines.push_back(goroutine.id);
        if (names.size() < kNamesTold)
            names.push_back(part.timeline->goroutine_name(part.run.number, goroutine.id));
    }
    std::string who = fmt::format("{}", fmt::join(names, ", "));
    if (names.size() < group.goroutines.size())
        who += fmt::format(", ... ({})", group.goroutines.size());
    const GoroutineInfo& first = group.goroutines.front();
    finding.object = first.object;
    finding.words = {who,
                     std::string(trace::wait_reason_text(first.reason)),
                     place_text(*part.timeline, first.where)};
    finding.key = finding.words[1] + " " + finding.words[2];
    return finding;
}

}  // namespace

void find_leaks(const RunPart& part, std::vector<Finding>& findings) {
    if (part.run.end < 0 || part.run.status != trace::RunStatus::Ok || !part.is_whole)
        return;
    std::map<std::pair<WaitReason, PlaceId>, Group> groups;
    for (const GoroutineInfo& goroutine : part.timeline->goroutines(part.run.number)) {
        if (goroutine.end_kind != EventType::GoKilled)
            continue;
        if (could_go_on(part, goroutine))
            return;
        groups[{goroutine.reason, goroutine.where}].goroutines.push_back(goroutine);
    }
    if (groups.empty() || has_pending_timer(part))
        return;
    for (const auto& [at, group] : groups)
        findings.push_back(finding_of(part, group));
}

}  // namespace golanes::model
