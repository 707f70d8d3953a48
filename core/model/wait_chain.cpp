#include "core/model/wait_chain.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/model/lock_holders.h"
#include "core/model/wait_state.h"

namespace golanes::model {
namespace {

using trace::WaitReason;

struct Waiting {
    GoroutineId goroutine;
    Wait wait;
};

std::vector<Waiting> lock_waits(const Timeline& timeline, const RunInfo& run, TimeNs t) {
    std::vector<Waiting> waits;
    for (const GoroutineInfo& goroutine : timeline.goroutines(run.number)) {
        const auto wait = wait_of(timeline, goroutine, t);
        if (wait && is_lock_wait(wait->reason))
            waits.push_back({goroutine.id, *wait});
    }
    return waits;
}

WaitEdge edge_of(const Waiting& waiting, GoroutineId on, WaitCause cause) {
    const Wait& wait = waiting.wait;
    return {waiting.goroutine, on, cause, wait.reason, wait.object, wait.where, wait.since};
}

// A reader that waits while others read waits for the writer that came in between.
void add_edges(const std::vector<Waiting>& all,
               const LockHolders& held,
               const Waiting& waiting,
               std::vector<WaitEdge>& edges) {
    if (waiting.wait.reason != WaitReason::RWMutexRLock || !held.is_read) {
        for (const GoroutineId holder : held.goroutines)
            edges.push_back(edge_of(waiting, holder, WaitCause::Holds));
        return;
    }
    for (const Waiting& writer : all) {
        if (writer.wait.reason == WaitReason::RWMutexLock &&
            writer.wait.object == waiting.wait.object && writer.wait.since <= waiting.wait.since)
            edges.push_back(edge_of(waiting, writer.goroutine, WaitCause::WaitsAhead));
    }
}

// Who ended the wait that began at `since`.
GoroutineId waker_after(const recording::Snapshot& recording, GoroutineId goroutine, TimeNs t) {
    for (std::uint64_t i = recording.index_after(t); i < recording.end_index(); ++i) {
        const trace::Event& event = recording.event(i);
        if (event.type == trace::EventType::RunEnd)
            return 0;
        if (event.type == trace::EventType::GoUnblock && event.a == goroutine)
            return trace::high_half(event.arg);
    }
    return 0;
}

// Follows edges from goroutine to goroutine until one comes twice.
class Rings {
 public:
    explicit Rings(const std::vector<WaitEdge>& edges) {
        for (const WaitEdge& edge : edges)
            edges_[edge.waiter].push_back(edge);
    }

    std::vector<std::vector<WaitEdge>> find() {
        for (const auto& [goroutine, edges] : edges_)
            visit(goroutine);
        return std::move(rings_);
    }

 private:
    void visit(GoroutineId goroutine) {
        if (done_.contains(goroutine))
            return;
        const auto known = edges_.find(goroutine);
        if (known != edges_.end()) {
            for (const WaitEdge& edge : known->second) {
                path_.push_back(edge);
                follow(edge.on);
                path_.pop_back();
            }
        }
        done_.insert(goroutine);
    }

    void follow(GoroutineId next) {
        const auto from = std::find_if(
            path_.begin(), path_.end(), [&](const WaitEdge& edge) { return edge.waiter == next; });
        if (from == path_.end())
            return visit(next);
        std::vector<WaitEdge> ring(from, path_.end());
        const auto smallest =
            std::min_element(ring.begin(), ring.end(), [](const WaitEdge& a, const WaitEdge& b) {
                return a.waiter < b.waiter;
            });
        std::rotate(ring.begin(), smallest, ring.end());
        rings_.push_back(std::move(ring));
    }

    std::map<GoroutineId, std::vector<WaitEdge>> edges_;
    std::set<GoroutineId> done_;
    std::vector<WaitEdge> path_;
    std::vector<std::vector<WaitEdge>> rings_;
};

bool comes_twice(const std::vector<WaitEdge>& edges, GoroutineId goroutine) {
    return std::any_of(
        edges.begin(), edges.end(), [&](const WaitEdge& edge) { return edge.waiter == goroutine; });
}

}  // namespace

std::vector<WaitEdge> lock_edges(const Timeline& timeline, TimeNs t) {
    std::vector<WaitEdge> edges;
    const RunInfo* run = timeline.run_at(t);
    if (run == nullptr)
        return edges;
    const std::vector<Waiting> waits = lock_waits(timeline, *run, t);
    if (waits.empty())
        return edges;
    const auto holders = lock_holders(timeline, *run, t);
    for (const Waiting& waiting : waits) {
        const auto held = holders.find(waiting.wait.object);
        if (held != holders.end())
            add_edges(waits, held->second, waiting, edges);
    }
    return edges;
}

WaitChain wait_chain(const Timeline& timeline, TimeNs t, GoroutineId goroutine) {
    WaitChain chain;
    chain.last = goroutine;
    const RunInfo* run = timeline.run_at(t);
    if (run == nullptr)
        return chain;
    const std::vector<WaitEdge> by_lock = lock_edges(timeline, t);
    for (;;) {
        const auto info = timeline.goroutine(run->number, chain.last);
        const auto wait = info ? wait_of(timeline, *info, t) : std::nullopt;
        if (!wait)
            return chain;
        const auto known = std::find_if(by_lock.begin(), by_lock.end(), [&](const WaitEdge& edge) {
            return edge.waiter == chain.last;
        });
        WaitEdge edge = edge_of({chain.last, *wait}, 0, WaitCause::WokeIt);
        if (known != by_lock.end())
            edge = *known;
        else
            edge.on = waker_after(timeline.recording(), chain.last, t);
        if (edge.on == 0 || (edge.on == edge.waiter && edge.cause == WaitCause::WokeIt))
            return chain;  // a timer, or nobody
        chain.edges.push_back(edge);
        chain.last = edge.on;
        chain.is_cycle = comes_twice(chain.edges, edge.on);
        if (chain.is_cycle)
            return chain;
    }
}

std::vector<std::vector<WaitEdge>> deadlock_cycles(const Timeline& timeline, TimeNs t) {
    return Rings(lock_edges(timeline, t)).find();
}

}  // namespace golanes::model
