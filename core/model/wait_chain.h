#pragma once
// Who waits for whom: the edges of one moment, the chain from one goroutine, and the rings that
// nobody in them can leave.
//
// An edge says that `waiter` cannot go on before `on` does something. It is known where a lock is
// waited for and the recording has every lock and unlock (level full). For a wait on anything else
// a chain asks what happened later: the goroutine that did wake it. Such an edge is told apart
// (WaitCause::WokeIt), for nobody knew at the time that it would be this one.
#include <cstdint>
#include <vector>

#include "core/model/timeline.h"

namespace golanes::model {

enum class WaitCause : std::uint8_t {
    Holds,       ///< It holds the lock.
    WaitsAhead,  ///< A writer of an RWMutex that waits; new readers queue behind it.
    WokeIt,      ///< It ended the wait, later.
};

struct WaitEdge {
    GoroutineId waiter = 0;
    GoroutineId on = 0;
    WaitCause cause = WaitCause::Holds;
    trace::WaitReason reason = trace::WaitReason::None;
    ObjectId object = 0;  ///< 0: none.
    PlaceId where = 0;    ///< Where the waiter stands.
    TimeNs since = 0;

    friend bool operator==(const WaitEdge&, const WaitEdge&) = default;
};

/// From a goroutine along those it waits for.
struct WaitChain {
    std::vector<WaitEdge> edges;  ///< Each begins where the one before it leads to.
    GoroutineId last = 0;   ///< The goroutine at the end: it does not wait, or for nobody known.
    bool is_cycle = false;  ///< The last edge leads back to a goroutine of the chain.
};

/// The edges by locks at t, by waiter. Empty where nobody waits for a lock whose holder is known.
/// Cost: reads the run's events up to t.
std::vector<WaitEdge> lock_edges(const Timeline& timeline, TimeNs t);

/// What `goroutine` waits for at t, and what that one waits for, and so on. Of several holders of a
/// lock the first is followed.
WaitChain wait_chain(const Timeline& timeline, TimeNs t, GoroutineId goroutine);

/// The rings among the edges by locks at t, each once, beginning with its smallest goroutine.
std::vector<std::vector<WaitEdge>> deadlock_cycles(const Timeline& timeline, TimeNs t);

}  // namespace golanes::model
