#include "ui/view/wait_cycle.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace golanes::view {
namespace {

/// Walks from a goroutine along the edges until it is met again.
class Walk {
 public:
    Walk(const std::vector<WaitEdge>& edges, GoroutineId start) : edges_(edges), start_(start) {}

    std::vector<WaitEdge> ring() { return reaches(start_) ? path_ : std::vector<WaitEdge>(); }

 private:
    bool reaches(GoroutineId at) {
        for (const WaitEdge& edge : edges_) {
            if (edge.from != at || !seen_.insert(edge.to).second)
                continue;
            path_.push_back(edge);
            if (edge.to == start_ || reaches(edge.to))
                return true;
            path_.pop_back();
        }
        return false;
    }

    const std::vector<WaitEdge>& edges_;
    GoroutineId start_;
    std::set<GoroutineId> seen_;
    std::vector<WaitEdge> path_;
};

}  // namespace

std::vector<WaitEdge> wait_edges(const std::vector<model::WaitFact>& facts) {
    std::vector<WaitEdge> edges;
    for (const model::WaitFact& fact : facts) {
        for (const GoroutineId holder : fact.holder_ids)
            edges.push_back({fact.id, holder, fact.object_id});
    }
    return edges;
}

std::vector<WaitEdge> find_wait_cycle(const std::vector<WaitEdge>& edges, GoroutineId wanted) {
    if (wanted != 0) {
        auto ring = Walk(edges, wanted).ring();
        if (!ring.empty())
            return ring;
    }
    std::set<GoroutineId> starts;
    for (const WaitEdge& edge : edges)
        starts.insert(edge.from);
    for (const GoroutineId start : starts) {
        auto ring = Walk(edges, start).ring();
        if (!ring.empty())
            return ring;
    }
    return {};
}

std::vector<RingPlace> ring_places(std::size_t count, float width, float height) {
    constexpr float kTurn = 6.2831853F;
    std::vector<RingPlace> places;
    for (std::size_t i = 0; i < count; ++i) {
        const float angle = kTurn * static_cast<float>(i) / static_cast<float>(count) - kTurn / 2;
        places.push_back({width / 2 * (1 + std::cos(angle)), height / 2 * (1 + std::sin(angle))});
    }
    return places;
}

}  // namespace golanes::view
