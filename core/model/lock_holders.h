#pragma once
// Who holds which lock. Known where the recording has every lock and unlock (level full); elsewhere
// nobody is named.
#include <map>
#include <vector>

#include "core/model/timeline.h"

namespace golanes::model {

/// Those who hold one lock, in the order in which they took it.
struct LockHolders {
    std::vector<GoroutineId> goroutines;
    bool is_read = false;  ///< They are readers of an RWMutex.
};

/// The locks of a run that are held at t, by object. Reads the run's events up to t.
std::map<ObjectId, LockHolders> lock_holders(const Timeline& timeline,
                                             const RunInfo& run,
                                             TimeNs t);

}  // namespace golanes::model
