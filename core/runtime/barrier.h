#pragma once
// Barrier: a start line.
#include <string_view>

#include "core/base/ids.h"
#include "core/base/lock.h"
#include "core/runtime/runtime.h"
#include "core/runtime/wait_list.h"

namespace golanes::rt {

/// A start line: the last of `parties` goroutines to arrive lets all go on.
class Barrier {
 public:
    explicit Barrier(int parties, std::string_view name = {}, const Where& where = Where::here());

    void wait(const Where& where = Where::here());

 private:
    Lock guard_;
    ObjectId id_;
    int missing_ GOLANES_GUARDED_BY(guard_);
    SyncWaitList waiters_ GOLANES_GUARDED_BY(guard_);
};

}  // namespace golanes::rt
