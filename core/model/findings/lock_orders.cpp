// Lock-order inversion: one goroutine takes a before b, another b before a (or a longer ring), and
// nothing keeps them from doing it at once. Nothing: no third lock that both hold ("gate"), no
// order of the two by anything but locks. Found in runs that went well, too.
//
// Each time a goroutine takes or wants a lock while it holds others, an edge leads from each of
// these to that lock. A ring is made of edges of different goroutines that could be at once.
// Readers do not shut each other out.
//
// What try_lock() took cannot be told from what lock() took: a program that backs off that way is
// found, too, unless it takes its locks in one order.
#include <algorithm>
#include <deque>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "core/model/findings/find_all.h"
#include "core/model/findings/sync_order.h"
#include "core/model/words.h"

namespace golanes::model {
namespace {

using trace::Event;
using trace::EventType;

constexpr std::size_t kMaxEdges = 512;
constexpr std::size_t kMaxRing = 16;

struct Held {
    ObjectId lock = 0;
    bool is_read = false;
};

struct Edge {
    std::vector<Held> held;  ///< `from` is among them.
    Held from;
    Held to;
    GoroutineId goroutine = 0;
    PlaceId where = 0;
    TimeNs time = 0;
    std::uint64_t event = 0;
    Epoch epoch;
    std::set<std::size_t> concurrent;  ///< Earlier edges that nothing orders before this one.
};

bool excludes(const Held& a, const Held& b) {
    return a.lock == b.lock && !(a.is_read && b.is_read);
}

bool share_a_gate(const Edge& a, const Edge& b) {
    return std::any_of(a.held.begin(), a.held.end(), [&](const Held& one) {
        return std::any_of(
            b.held.begin(), b.held.end(), [&](const Held& other) { return excludes(one, other); });
    });
}

class Orders {
 public:
    explicit Orders(const RunPart& part) : events_(part), order_(part, LockEdges::Ignore) {}

    void run() {
        events_.replay(order_, [this](std::size_t i) { read(i); });
    }

    [[nodiscard]] const std::vector<std::vector<const Edge*>>& rings() const { return rings_; }

 private:
    void read(std::size_t i) {
        const Event& event = events_.event(i);
        const ObjectId lock = trace::high_half(event.arg);
        if (event.type == EventType::ObjectMake &&
            static_cast<trace::ObjectKind>(event.flags) == trace::ObjectKind::Once)
            onces_.insert(lock);
        if (onces_.contains(lock))
            return;
        if (event.type == EventType::LockContend || event.type == EventType::LockAcquire)
            want(i, event);
        if (event.type == EventType::LockAcquire)
            held_[event.a].push_back({lock, (event.flags & trace::lock_flag::kRead) != 0});
        if (event.type == EventType::LockRelease)
            drop(event.a, lock);
    }

    // Anybody may unlock a Mutex.
    void drop(GoroutineId goroutine, ObjectId lock) {
        const auto is_it = [&](const Held& held) {
            return held.lock == lock;
        };
        auto* list = &held_[goroutine];
        auto at = std::find_if(list->begin(), list->end(), is_it);
        for (auto other = held_.begin(); at == list->end() && other != held_.end(); ++other) {
            list = &other->second;
            at = std::find_if(list->begin(), list->end(), is_it);
        }
        if (at != list->end())
            list->erase(at);
    }

    void want(std::size_t i, const Event& event) {
        const std::vector<Held>& held = held_[event.a];
        const Held to{trace::high_half(event.arg), (event.flags & trace::lock_flag::kRead) != 0};
        for (const Held& from : held) {
            if (from.lock == to.lock || edges_.size() == kMaxEdges)
                continue;
            if (!known_.insert({event.a, from.lock, to.lock, event.where}).second)
                continue;
            Edge edge{held,
                      from,
                      to,
                      event.a,
                      event.where,
                      static_cast<TimeNs>(event.time),
                      events_.number(i),
                      order_.now(event.a),
                      {}};
            for (std::size_t e = 0; e < edges_.size(); ++e) {
                if (edges_[e].goroutine != event.a && !order_.may_know(event.a, edges_[e].epoch) &&
                    !share_a_gate(edges_[e], edge))
                    edge.concurrent.insert(e);
            }
            edges_.push_back(std::move(edge));
            path_ = {edges_.size() - 1};
            extend();
        }
    }

    // The path's last edge wants what the next one holds; the ring closes at the newest edge.
    void extend() {
        const Edge& last = edges_[path_.back()];
        if (path_.size() > 1 && excludes(last.to, edges_[path_[0]].from))
            return close();
        if (path_.size() == kMaxRing)
            return;
        for (const std::size_t next : edges_[path_[0]].concurrent) {
            if (!excludes(last.to, edges_[next].from) || !fits(next))
                continue;
            path_.push_back(next);
            extend();
            path_.pop_back();
        }
    }

    [[nodiscard]] bool fits(std::size_t next) const {
        return std::all_of(path_.begin(), path_.end(), [&](std::size_t one) {
            return edges_[std::max(one, next)].concurrent.contains(std::min(one, next));
        });
    }

    void close() {
        std::set<ObjectId> locks;
        for (const std::size_t i : path_)
            locks.insert(edges_[i].from.lock);
        if (!told_.insert(locks).second)
            return;
        std::vector<const Edge*> ring;
        for (const std::size_t i : path_)
            ring.push_back(&edges_[i]);
        rings_.push_back(std::move(ring));
    }

    SyncEvents events_;
    SyncOrder order_;
    std::set<ObjectId> onces_;
    std::map<GoroutineId, std::vector<Held>> held_;
    std::set<std::tuple<GoroutineId, ObjectId, ObjectId, PlaceId>> known_;
    std::deque<Edge> edges_;
    std::vector<std::size_t> path_;
    std::set<std::set<ObjectId>> told_;
    std::vector<std::vector<const Edge*>> rings_;
};

Finding finding_of(const RunPart& part, const std::vector<const Edge*>& ring) {
    const Timeline& timeline = *part.timeline;
    const std::uint32_t run = part.run.number;
    Finding finding;
    finding.kind = FindingKind::LockOrder;
    finding.run = run;
    finding.from = finding.to = ring.front()->time;
    std::string text;
    std::set<std::string> names;
    finding.words.emplace_back();
    for (const Edge* edge : ring) {
        const std::string from = object_name(timeline, run, edge->from.lock);
        const std::string to = object_name(timeline, run, edge->to.lock);
        const std::string who = timeline.goroutine_name(run, edge->goroutine);
        const std::string place = place_text(timeline, edge->where);
        text += fmt::format(
            "{}{} before {} by {} ({})", text.empty() ? "" : ", ", from, to, who, place);
        finding.words.insert(finding.words.end(), {from, to, who, place});
        names.insert(from);
        finding.goroutines.push_back(edge->goroutine);
        finding.events.push_back(edge->event);
        finding.from = std::min(finding.from, edge->time);
        finding.to = std::max(finding.to, edge->time);
    }
    for (const std::string& name : names)
        finding.key += name + " ";
    finding.object = ring.front()->from.lock;
    finding.words[0] = text;
    return finding;
}

bool has_locks(const RunPart& part) {
    bool found = false;
    part.for_each([&](const Event& event, std::uint64_t) {
        found = found || event.type == EventType::LockAcquire;
    });
    return found;
}

}  // namespace

void find_lock_orders(const RunPart& part, std::vector<Finding>& findings) {
    if (!part.is_whole || !has_locks(part))
        return;
    Orders orders(part);
    orders.run();
    for (const auto& ring : orders.rings())
        findings.push_back(finding_of(part, ring));
}

}  // namespace golanes::model
