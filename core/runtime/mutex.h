#pragma once
// Mutex: a lock for goroutines. One that waits is parked; its M goes on.
#include <string_view>

#include "core/base/ids.h"
#include "core/runtime/locker.h"
#include "core/runtime/mutex_core.h"
#include "core/runtime/runtime.h"
#include "core/runtime/scheduler.h"
#include "core/trace/event.h"

namespace golanes::rt {

/// sync.Mutex, with Go's normal and starvation modes (mutex_core.cpp).
/// Threads: any goroutine; any may unlock. Lifetime: outlives every call, unlock() included.
class Mutex final : public Locker {
 public:
    explicit Mutex(std::string_view name = {}, const Where& where = Where::here());

    void lock(const Where& where = Where::here()) override {
        // A mutex may be gone while its run is unwound: then nothing is calm.
        if (!Scheduler::is_calm() || is_recorded_ || !core_.lock_fast()) [[unlikely]]
            lock_slow(where);
    }

    /// Takes it if that needs no waiting. Fails also while it is being handed to a waiter.
    bool try_lock(const Where& where = Where::here());

    /// Fatal when it is not locked: "fatal error: sync: unlock of unlocked mutex".
    void unlock(const Where& where = Where::here()) override {
        if (!Scheduler::is_calm() || is_recorded_) [[unlikely]]
            unlock_slow(where);
        else
            core_.unlock(where);
    }

 private:
    friend class Once;  // its mutex is an object of kind Once
    Mutex(trace::ObjectKind kind, std::string_view name, const Where& where);

    void lock_slow(const Where& where);
    void unlock_slow(const Where& where);

    MutexCore core_;
    ObjectId id_;
    bool is_recorded_;  ///< The run records every lock and unlock.
};

}  // namespace golanes::rt
