// FastTrack: of each variable the last write and the reads since are kept with the count their
// goroutine had then. An access is ordered after one of these if its goroutine's clock knows that
// count (sync_order.h). A write forgets the reads before it: whoever races with one of them later
// races with the write, too.
//
// Steps that are atomic (fetch_add and so on) do not race with each other. A compare_exchange that
// fails is recorded as a read; it is atomic all the same, and is known by its place, at which there
// are updates, too.
#include "core/model/findings/data_race.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "core/model/findings/sync_order.h"
#include "core/model/words.h"

namespace golanes::model {
namespace {

using trace::Event;
using trace::EventType;

constexpr std::size_t kMaxRaces = 100;

struct Seen {
    RaceAccess access;
    Epoch epoch;
    std::size_t index = 0;  ///< In SyncEvents.
};

struct Variable {
    std::vector<Seen> writes;  ///< At most one.
    std::vector<Seen> reads;   ///< At most one a goroutine.
    std::vector<Seen> updates;
};

bool is_access(EventType type) {
    return type == EventType::SharedRead || type == EventType::SharedWrite ||
           type == EventType::SharedUpdate;
}

// Places at which there are atomic steps.
std::set<PlaceId> update_places(const SyncEvents& events) {
    std::set<PlaceId> places;
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (events.event(i).type == EventType::SharedUpdate)
            places.insert(events.event(i).where);
    }
    places.erase(0);
    return places;
}

std::set<ObjectId> shared_variables(const SyncEvents& events) {
    std::set<ObjectId> variables;
    for (std::size_t i = 0; i < events.size(); ++i) {
        const Event& event = events.event(i);
        if (event.type == EventType::ObjectMake &&
            static_cast<trace::ObjectKind>(event.flags) == trace::ObjectKind::Shared)
            variables.insert(trace::high_half(event.arg));
    }
    return variables;
}

class Detector {
 public:
    Detector(const RunPart& part, const SyncEvents& events)
        : events_(events),
          order_(part, LockEdges::Order),
          shared_(shared_variables(events)),
          atomic_places_(update_places(events)) {}

    std::vector<DataRace> run() {
        if (shared_.empty())
            return {};
        events_.replay(order_, [this](std::size_t i) { read(i); });
        for (DataRace& race : races_)
            race.given = given_after(given_from_[&race - races_.data()]);
        return std::move(races_);
    }

 private:
    void read(std::size_t i) {
        const Event& event = events_.event(i);
        if (!is_access(event.type))
            return learn(i, event);
        const ObjectId object = trace::high_half(event.arg);
        if (!shared_.contains(object))
            return;
        Seen seen;
        seen.access.kind = event.type == EventType::SharedWrite    ? AccessKind::Write
                           : event.type == EventType::SharedUpdate ? AccessKind::Update
                                                                   : AccessKind::Read;
        seen.access.goroutine = event.a;
        seen.access.where = event.where;
        seen.access.time = static_cast<TimeNs>(event.time);
        seen.access.event = events_.number(i);
        seen.epoch = order_.now(event.a);
        seen.index = i;
        const bool is_failed_exchange =
            event.type == EventType::SharedRead && atomic_places_.contains(event.where);
        if (is_failed_exchange)
            compare(object, variables_[object].writes, seen);
        else
            check(object, variables_[object], seen);
    }

    // What an access's goroutine learned by last, for the report.
    void learn(std::size_t i, const Event& event) {
        const bool learns = event.type == EventType::ChanRecv ||
                            event.type == EventType::LockAcquire ||
                            event.type == EventType::GoUnblock || event.type == EventType::GoCreate;
        if (learns)
            learned_[event.a] = events_.number(i);
    }

    void check(ObjectId object, Variable& variable, const Seen& seen) {
        compare(object, variable.writes, seen);
        if (seen.access.kind != AccessKind::Update)
            compare(object, variable.updates, seen);
        if (seen.access.kind != AccessKind::Read)
            compare(object, variable.reads, seen);
        if (seen.access.kind == AccessKind::Write) {
            variable = {};
            variable.writes.push_back(seen);
        } else {
            keep(seen.access.kind == AccessKind::Read ? variable.reads : variable.updates, seen);
        }
    }

    static void keep(std::vector<Seen>& list, const Seen& seen) {
        const auto own = std::find_if(list.begin(), list.end(), [&](const Seen& known) {
            return known.epoch.goroutine == seen.epoch.goroutine;
        });
        if (own == list.end())
            list.push_back(seen);
        else
            *own = seen;
    }

    void compare(ObjectId object, const std::vector<Seen>& before, const Seen& seen) {
        for (const Seen& one : before) {
            if (!order_.may_know(seen.access.goroutine, one.epoch))
                report(object, one, seen);
        }
    }

    void report(ObjectId object, const Seen& earlier, const Seen& later) {
        const auto a = std::tuple(earlier.access.where, earlier.access.kind);
        const auto b = std::tuple(later.access.where, later.access.kind);
        const auto [at, is_new] =
            known_.try_emplace(std::tuple(object, std::min(a, b), std::max(a, b)), races_.size());
        if (!is_new) {
            ++races_[at->second].times;
            return;
        }
        if (races_.size() == kMaxRaces) {
            known_.erase(at);
            return;
        }
        DataRace race{object, earlier.access, later.access, 1, 0, 0};
        if (const auto last = learned_.find(later.access.goroutine); last != learned_.end())
            race.learned = last->second;
        races_.push_back(race);
        given_from_.push_back(earlier.index);
    }

    [[nodiscard]] std::uint64_t given_after(std::size_t i) const {
        for (i = events_.next(i); i < events_.size(); i = events_.next(i)) {
            const Event& event = events_.event(i);
            const bool is_plain = event.type == EventType::SharedWrite;
            if (is_release(event) && !is_plain)
                return events_.number(i);
        }
        return 0;
    }

    using Place = std::tuple<PlaceId, AccessKind>;

    const SyncEvents& events_;
    SyncOrder order_;
    std::set<ObjectId> shared_;
    std::set<PlaceId> atomic_places_;
    std::map<ObjectId, Variable> variables_;
    std::map<GoroutineId, std::uint64_t> learned_;
    std::map<std::tuple<ObjectId, Place, Place>, std::size_t> known_;
    std::vector<DataRace> races_;
    std::vector<std::size_t> given_from_;
};

std::string_view access_text(AccessKind kind) {
    return kind == AccessKind::Read    ? "read"
           : kind == AccessKind::Write ? "write"
                                       : "atomic update";
}

// --- The report, after Go's

class Report {
 public:
    Report(const RunPart& part, const DataRace& race)
        : timeline_(*part.timeline), run_(part.run.number), race_(race) {}

    [[nodiscard]] std::string text() const {
        std::string text = "WARNING: DATA RACE\n";
        text += access(race_.later, "");
        text += access(race_.earlier, "Previous ");
        text += origin(race_.later.goroutine) + origin(race_.earlier.goroutine);
        text += fmt::format(
            "Missing: an edge from {} to {}.\n", name(race_.earlier), name(race_.later));
        if (race_.given != 0)
            text += fmt::format("  After its access {} next gave something on {}.\n",
                                name(race_.earlier),
                                step(race_.given));
        if (race_.learned != 0)
            text += fmt::format("  Before its access {} last learned something {}.\n",
                                name(race_.later),
                                step(race_.learned));
        return text;
    }

    [[nodiscard]] std::string name(const RaceAccess& access) const {
        return timeline_.goroutine_name(run_, access.goroutine);
    }

 private:
    [[nodiscard]] std::string access(const RaceAccess& access, std::string_view before) const {
        std::string kind(access_text(access.kind));
        if (before.empty())
            kind[0] = static_cast<char>(kind[0] - 'a' + 'A');
        return fmt::format("{}{} at {} by goroutine {} ({}):\n  {}\n",
                           before,
                           kind,
                           object_name(timeline_, run_, race_.object),
                           access.goroutine,
                           name(access),
                           place_text(timeline_, access.where));
    }

    [[nodiscard]] std::string origin(GoroutineId goroutine) const {
        const auto info = timeline_.goroutine(run_, goroutine);
        if (!info || info->creator == 0)
            return {};
        return fmt::format("Goroutine {} was created by {} at:\n  {}\n",
                           goroutine,
                           timeline_.goroutine_name(run_, info->creator),
                           place_text(timeline_, info->made_at));
    }

    // "by wg_add on finish (race_counter.cpp:76)".
    [[nodiscard]] std::string step(std::uint64_t number) const {
        const Event& event = timeline_.recording().event(number);
        const bool has_object = event.type != EventType::GoCreate &&
                                event.type != EventType::GoUnblock &&
                                event.type != EventType::BlockingBegin;
        const ObjectId object =
            event.type == EventType::GoBlock || event.type == EventType::SelectCase
                ? static_cast<ObjectId>(event.arg)
                : trace::high_half(event.arg);
        std::string text = fmt::format("by {}", trace::info_of(event.type).name);
        if (has_object && object != 0)
            text += " on " + object_name(timeline_, run_, object);
        const std::string place = place_text(timeline_, event.where);
        return place.empty() ? text : fmt::format("{} ({})", text, place);
    }

    const Timeline& timeline_;
    std::uint32_t run_;
    const DataRace& race_;
};

Finding finding_of(const RunPart& part, const DataRace& race) {
    const Report report(part, race);
    Finding finding;
    finding.kind = FindingKind::DataRace;
    finding.run = part.run.number;
    finding.from = race.earlier.time;
    finding.to = race.later.time;
    finding.goroutines = {race.earlier.goroutine, race.later.goroutine};
    finding.object = race.object;
    finding.events = {race.earlier.event, race.later.event};
    finding.given = race.given;
    finding.learned = race.learned;
    finding.words = {object_name(*part.timeline, part.run.number, race.object),
                     std::string(access_text(race.earlier.kind)),
                     report.name(race.earlier),
                     place_text(*part.timeline, race.earlier.where),
                     std::string(access_text(race.later.kind)),
                     report.name(race.later),
                     place_text(*part.timeline, race.later.where)};
    finding.report = report.text();
    finding.key =
        fmt::format("{} {}:{} {}:{}",
                    finding.words[0],
                    std::min(finding.words[3], finding.words[6]),
                    finding.words[3] < finding.words[6] ? finding.words[1] : finding.words[4],
                    std::max(finding.words[3], finding.words[6]),
                    finding.words[3] < finding.words[6] ? finding.words[4] : finding.words[1]);
    return finding;
}

}  // namespace

std::vector<DataRace> data_races(const RunPart& part) {
    bool has_accesses = false;
    part.for_each([&](const Event& event, std::uint64_t) {
        has_accesses = has_accesses || is_access(event.type);
    });
    if (!part.is_whole || !has_accesses)
        return {};
    const SyncEvents events(part);
    return Detector(part, events).run();
}

void find_data_races(const RunPart& part, std::vector<Finding>& findings) {
    for (const DataRace& race : data_races(part))
        findings.push_back(finding_of(part, race));
}

}  // namespace golanes::model
