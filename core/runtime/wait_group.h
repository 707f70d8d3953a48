#pragma once
// WaitGroup: waits until a number of goroutines are done.
#include <string_view>

#include "core/base/ids.h"
#include "core/base/lock.h"
#include "core/runtime/runtime.h"
#include "core/runtime/wait_list.h"

namespace golanes::rt {

/// sync.WaitGroup.
class WaitGroup {
 public:
    explicit WaitGroup(std::string_view name = {}, const Where& where = Where::here());

    /// Panics when the counter becomes negative.
    void add(int delta, const Where& where = Where::here());

    void done(const Where& where = Where::here()) { add(-1, where); }

    void wait(const Where& where = Where::here());

 private:
    Lock guard_;
    ObjectId id_;
    int count_ GOLANES_GUARDED_BY(guard_) = 0;
    SyncWaitList waiters_ GOLANES_GUARDED_BY(guard_);
};

}  // namespace golanes::rt
