#pragma once
// Wait cycle: goroutines of which each waits for a lock that the next one holds. Who stands in such
// a ring waits for ever.
#include <vector>

#include "core/model/statistics.h"

namespace golanes::view {

/// `from` waits for the lock `object`, which `to` holds.
struct WaitEdge {
    GoroutineId from = 0;
    GoroutineId to = 0;
    ObjectId object = 0;

    friend bool operator==(const WaitEdge&, const WaitEdge&) = default;
};

/// All edges between goroutines that wait and those who hold what they want.
std::vector<WaitEdge> wait_edges(const std::vector<model::WaitFact>& facts);

/// A ring of edges, each beginning where the one before ends, or nothing. One that `wanted` stands
/// in is preferred; otherwise the one of the smallest goroutine.
std::vector<WaitEdge> find_wait_cycle(const std::vector<WaitEdge>& edges, GoroutineId wanted = 0);

/// Screen places of the nodes of a ring drawn in a box: the first at the left, then clockwise.
struct RingPlace {
    float x = 0;
    float y = 0;
};

std::vector<RingPlace> ring_places(std::size_t count, float width, float height);

}  // namespace golanes::view
