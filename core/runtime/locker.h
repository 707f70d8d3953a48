#pragma once
// Locker: whatever can be locked and unlocked, for a Cond to let go of and take again.
#include "core/runtime/runtime.h"

namespace golanes::rt {

/// sync.Locker. Not for deleting through.
class Locker {
 public:
    Locker() = default;
    Locker(const Locker&) = delete;
    Locker& operator=(const Locker&) = delete;

    virtual void lock(const Where& where = Where::here()) = 0;
    virtual void unlock(const Where& where = Where::here()) = 0;

 protected:
    ~Locker() = default;
};

}  // namespace golanes::rt
