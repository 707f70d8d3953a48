#pragma once
// MutexCore: the algorithm of Go's Mutex, without number and events. Mutex and RWMutex are made of
// it.
#include <atomic>
#include <cstdint>

#include "core/base/ids.h"
#include "core/runtime/semaphore.h"
#include "core/trace/where.h"

namespace golanes::rt {

/// A mutual exclusion lock that parks goroutines and starves none. The essay is in the .cpp.
/// Threads: any goroutine; any may unlock. Lifetime: outlives every call, unlock() included.
/// Invariant: state_ is locked (1), woken (2: an awake waiter tries, wake no other), starving (4),
/// and the number of waiters times 8. Starving implies waiters.
class MutexCore {
 public:
    /// How a slow lock ended.
    enum class Won : std::uint8_t {
        Race,     ///< It was free when we looked.
        Handoff,  ///< Its holder gave it to us: starvation mode.
        Nothing,  ///< The run is being unwound.
    };

    /// One compare-and-swap: takes it when it is free and nobody waits.
    bool lock_fast() {
        std::int32_t free = 0;
        // Acquire pairs with the release in unlock(): what the last holder wrote is seen here.
        return state_.compare_exchange_strong(free, kLocked, std::memory_order_acquire);
    }

    /// The rest of the way, after lock_fast() failed.
    Won lock_slow(ObjectId id, const trace::Where& where);

    /// Fails when it is locked or starving.
    bool try_lock();

    /// Fatal when it is not locked.
    void unlock(const trace::Where& where) {
        // Release pairs with the acquires that take it: in lock_fast(), lock_slow(), try_lock().
        const std::int32_t left = state_.fetch_sub(kLocked, std::memory_order_release) - kLocked;
        if (left != 0) [[unlikely]]
            unlock_slow(left, where);
    }

    // Relaxed: for the holder's own look at what it holds.
    [[nodiscard]] bool is_locked() const {
        return (state_.load(std::memory_order_relaxed) & kLocked) != 0;
    }

    [[nodiscard]] bool is_starving() const {
        return (state_.load(std::memory_order_relaxed) & kStarving) != 0;
    }

 private:
    static constexpr std::int32_t kLocked = 1;
    static constexpr std::int32_t kWoken = 2;
    static constexpr std::int32_t kStarving = 4;
    static constexpr int kWaiterShift = 3;
    static constexpr std::int32_t kOneWaiter = 1 << kWaiterShift;

    struct Attempt;

    [[nodiscard]] static bool may_spin(std::int32_t state, const Attempt& attempt);
    std::int32_t spin(std::int32_t state, Attempt& attempt);
    [[nodiscard]] static std::int32_t next_state(std::int32_t state, const Attempt& attempt);
    void wait(Attempt& attempt, ObjectId id, const trace::Where& where);
    void take_over(std::int32_t state, const Attempt& attempt);
    void unlock_slow(std::int32_t left, const trace::Where& where);
    void wake_one(std::int32_t state, const trace::Where& where);

    std::atomic<std::int32_t> state_{0};
    Semaphore semaphore_;
};

}  // namespace golanes::rt
