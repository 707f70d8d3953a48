#pragma once
// Random legal schedules: a naive scheduler that writes what it does and remembers what stands
// where.
#include <algorithm>
#include <deque>
#include <utility>
#include <vector>

#include "core/base/random.h"
#include "tests/core/model/event_builder.h"

namespace golanes::model::test {

using trace::MoveReason;

inline constexpr ProcId kProcs = 3;

struct Naive {
    std::deque<GoroutineId> global;
    std::deque<GoroutineId> ring[kProcs];
    GoroutineId runnext[kProcs] = {};
    GoroutineId running[kProcs] = {};
    std::vector<GoroutineId> waiting;
    GoroutineId made = 0;
};

template <typename Queue>
GoroutineId pop_front(Queue& queue) {
    const GoroutineId g = queue.front();
    queue.pop_front();
    return g;
}

class RandomScheduler {
 public:
    explicit RandomScheduler(std::uint64_t seed) : random_(seed, Stream::Scenario) {
        b.run().procs(kProcs);
    }

    // One thing happens on one P; the time moves on.
    void step() {
        const auto p = static_cast<ProcId>(random_.uniform(kProcs));
        b.after(1 + static_cast<DurationNs>(random_.uniform(3))).on(p);
        if (now.running[p] == 0)
            find_work(p);
        else
            act(p, now.running[p]);
    }

    EventBuilder b;
    Naive now;

 private:
    void put_next(ProcId p, GoroutineId g, EventType type) {
        if (now.runnext[p] != 0) {
            now.ring[p].push_back(now.runnext[p]);
            b.displace(type, g);
        } else if (type == EventType::GoCreate) {
            b.create(g, QueueKind::Runnext);
        } else {
            b.unblock(g, QueueKind::Runnext);
        }
        now.runnext[p] = g;
    }

    void act(ProcId p, GoroutineId g) {
        const std::uint64_t choice = random_.uniform(6);
        if (choice <= 1 && now.made < 200)
            return put_next(p, ++now.made, EventType::GoCreate);
        if (choice == 2 && !now.waiting.empty()) {
            const auto index = static_cast<std::ptrdiff_t>(random_.uniform(now.waiting.size()));
            const GoroutineId woken = now.waiting[static_cast<std::size_t>(index)];
            now.waiting.erase(now.waiting.begin() + index);
            return put_next(p, woken, EventType::GoUnblock);
        }
        now.running[p] = 0;
        if (choice == 3) {
            b.stop(g);
            now.global.push_back(g);
        } else {
            b.block(g);
            now.waiting.push_back(g);
        }
    }

    void run(ProcId p, GoroutineId g, QueueKind from) {
        b.start(g, from);
        now.running[p] = g;
    }

    void find_work(ProcId p) {
        const auto victim = static_cast<ProcId>((p + 1 + random_.uniform(kProcs - 1)) % kProcs);
        if (now.made == 0) {
            b.create(++now.made, QueueKind::Global);
            now.global.push_back(1);
        } else if (now.runnext[p] != 0) {
            run(p, std::exchange(now.runnext[p], 0), QueueKind::Runnext);
        } else if (!now.ring[p].empty()) {
            run(p, pop_front(now.ring[p]), QueueKind::Ring);
        } else if (now.global.size() > 1) {
            batch(p);
        } else if (!now.global.empty()) {
            run(p, pop_front(now.global), QueueKind::Global);
        } else if (!now.ring[victim].empty()) {
            steal(p, victim);
        } else if (!now.waiting.empty()) {
            put_next(p, now.waiting.back(), EventType::GoUnblock);  // a timer
            now.waiting.pop_back();
        }
    }

    void batch(ProcId p) {
        const std::size_t n = std::min(now.global.size(), now.global.size() / kProcs + 1);
        b.move(MoveReason::GlobalBatch,
               {QueueKind::Global, 0},
               {QueueKind::Ring, p},
               static_cast<std::uint32_t>(n));
        const GoroutineId first = pop_front(now.global);
        for (std::size_t i = 1; i < n; ++i)
            now.ring[p].push_back(pop_front(now.global));
        run(p, first, QueueKind::None);
    }

    void steal(ProcId p, ProcId victim) {
        const std::size_t n = (now.ring[victim].size() + 1) / 2;
        b.move(MoveReason::Steal,
               {QueueKind::Ring, victim},
               {QueueKind::Ring, p},
               static_cast<std::uint32_t>(n));
        for (std::size_t i = 1; i < n; ++i)
            now.ring[p].push_back(pop_front(now.ring[victim]));
        run(p, pop_front(now.ring[victim]), QueueKind::None);
    }

    Random random_;
};

}  // namespace golanes::model::test
