// Who waits for what, in words.
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/model/lock_holders.h"
#include "core/model/statistics.h"

namespace golanes::model {
namespace {

struct Wait {
    trace::WaitReason reason;
    ObjectId object;
    PlaceId where;
};

// At the end of a run, or of the timeline, nothing goes on any more: then the last state counts,
// and for a goroutine that the end of the run killed the one it was killed in.
std::optional<Wait> wait_of(const Timeline& timeline, const GoroutineInfo& goroutine, TimeNs t) {
    const bool alive_at_end = goroutine.ended < 0 && t >= timeline.end();
    const bool killed = goroutine.end_kind == trace::EventType::GoKilled && goroutine.ended <= t;
    if (alive_at_end || killed) {
        if (goroutine.state != State::Waiting)
            return std::nullopt;
        return Wait{goroutine.reason, goroutine.object, goroutine.where};
    }
    const std::optional<Span> span = timeline.span_at({LaneKind::Goroutine, goroutine.id}, t);
    if (!span || span->run != goroutine.run || span->state != State::Waiting)
        return std::nullopt;
    return Wait{static_cast<trace::WaitReason>(span->detail), span->object, span->where};
}

std::string object_name(const Timeline& timeline, std::uint32_t run, ObjectId id) {
    const auto object = timeline.object(run, id);
    if (!object)
        return fmt::format("object {}", id);
    const std::string& label = timeline.recording().names->place(object->made_at).label;
    return label.empty() ? fmt::format("{} {}", trace::object_kind_text(object->kind), id) : label;
}

std::string place_text(const trace::Place& place) {
    const auto slash = place.file.rfind('/');
    return fmt::format("{}:{}",
                       slash == std::string::npos ? place.file : place.file.substr(slash + 1),
                       place.line);
}

WaitFact fact(const Timeline& timeline, const GoroutineInfo& goroutine, const Wait& wait) {
    WaitFact fact;
    fact.goroutine = timeline.goroutine_name(goroutine.run, goroutine.id);
    fact.reason = trace::wait_reason_text(wait.reason);
    if (wait.object != 0)
        fact.object = object_name(timeline, goroutine.run, wait.object);
    const trace::Place& place = timeline.recording().names->place(wait.where);
    if (!place.file.empty())
        fact.place = place_text(place);
    return fact;
}

bool is_lock(trace::WaitReason reason) {
    using enum trace::WaitReason;
    return reason == MutexLock || reason == RWMutexLock || reason == RWMutexRLock;
}

// Adds who holds what they wait for. Reads events, so only when somebody waits for a lock.
class HolderNames {
 public:
    HolderNames(const Timeline& timeline, const RunInfo& run, TimeNs t)
        : timeline_(&timeline), run_(&run), time_(t) {}

    void add_to(WaitFact& fact, const Wait& wait) {
        if (!is_lock(wait.reason))
            return;
        if (!holders_)
            holders_ = lock_holders(*timeline_, *run_, time_);
        const auto lock = holders_->find(wait.object);
        if (lock == holders_->end())
            return;
        for (const GoroutineId g : lock->second.goroutines)
            fact.holders.push_back(timeline_->goroutine_name(run_->number, g));
        fact.held_for_reading = lock->second.is_read;
    }

 private:
    const Timeline* timeline_;
    const RunInfo* run_;
    TimeNs time_;
    std::optional<std::map<ObjectId, LockHolders>> holders_;
};

std::string sentence(const WaitFact& fact) {
    std::string text = fmt::format("{} waits in {}", fact.goroutine, fact.reason);
    if (!fact.object.empty())
        text += fmt::format(" on {}", fact.object);
    if (!fact.holders.empty())
        text += fmt::format(
            ", {} by {}", fact.held_for_reading ? "read" : "held", fmt::join(fact.holders, ", "));
    if (!fact.place.empty())
        text += fmt::format(", {}", fact.place);
    return text;
}

}  // namespace

std::vector<WaitFact> waiting_facts(const Timeline& timeline, TimeNs t) {
    std::vector<WaitFact> facts;
    const RunInfo* run = timeline.run_at(t);
    if (run == nullptr)
        return facts;
    HolderNames holders(timeline, *run, t);
    for (const GoroutineInfo& goroutine : timeline.goroutines(run->number)) {
        if (const auto wait = wait_of(timeline, goroutine, t)) {
            facts.push_back(fact(timeline, goroutine, *wait));
            holders.add_to(facts.back(), *wait);
        }
    }
    return facts;
}

std::vector<std::string> waiting_sentences(const Timeline& timeline, TimeNs t) {
    std::vector<std::string> sentences;
    for (const WaitFact& fact : waiting_facts(timeline, t))
        sentences.push_back(sentence(fact));
    return sentences;
}

}  // namespace golanes::model
