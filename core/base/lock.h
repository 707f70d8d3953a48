#pragma once
// Lock: a futex lock with clang's thread-safety annotations. Used where a critical
// section is a few dozen instructions and where the unlocking side may be another goroutine on the
// same thread (the side that arrives after a switch drops the leaver's lock).
#include <atomic>
#include <cstdint>

#if defined(__clang__)
#define GOLANES_TSA(x) __attribute__((x))
#else
#define GOLANES_TSA(x)
#endif
#define GOLANES_CAPABILITY(name) GOLANES_TSA(capability(name))
#define GOLANES_SCOPED_CAPABILITY GOLANES_TSA(scoped_lockable)
#define GOLANES_GUARDED_BY(lock) GOLANES_TSA(guarded_by(lock))
#define GOLANES_REQUIRES(...) GOLANES_TSA(requires_capability(__VA_ARGS__))
#define GOLANES_ACQUIRE(...) GOLANES_TSA(acquire_capability(__VA_ARGS__))
#define GOLANES_RELEASE(...) GOLANES_TSA(release_capability(__VA_ARGS__))
#define GOLANES_TRY_ACQUIRE(...) GOLANES_TSA(try_acquire_capability(__VA_ARGS__))
#define GOLANES_RETURNS_LOCK(lock) GOLANES_TSA(lock_returned(lock))
#define GOLANES_NO_TSA GOLANES_TSA(no_thread_safety_analysis)

namespace golanes {

/// A small mutual-exclusion lock: spins briefly, gives way to other threads, then sleeps.
/// Threads: any thread may unlock what another locked.
/// Invariant: state_ is 0 free, 1 held; sleepers_ counts those that spin no more. Its top bit: one
/// of them was woken and has not run yet. On a machine with more threads than CPUs that takes a
/// while, and meanwhile nobody else is woken: each unlock would be a system call. unlock() looks
/// for sleepers and then stores (a lock may be gone with its last unlock), so once in a blue moon
/// it misses one that lies down between the two. That one sleeps for a millisecond at most, with
/// others for one each, and tries again: a missed wake costs time, never the lock.
class GOLANES_CAPABILITY("mutex") Lock {
 public:
    Lock() = default;
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;

    void lock() GOLANES_ACQUIRE() {
        std::uint32_t free = 0;
        // Acquire pairs with the release in unlock(): what the last holder wrote is seen here.
        if (!state_.compare_exchange_strong(free, 1, std::memory_order_acquire))
            lock_slow();
    }

    bool try_lock() GOLANES_TRY_ACQUIRE(true) {
        std::uint32_t free = 0;
        return state_.compare_exchange_strong(free, 1, std::memory_order_acquire);
    }

    void unlock() GOLANES_RELEASE() {
        if (sleepers_.load(std::memory_order_relaxed) != 0) [[unlikely]]
            return unlock_and_wake();
        // Release pairs with the acquire in lock() and lock_slow(). The lock may be gone after it.
        state_.store(0, std::memory_order_release);
    }

 private:
    void lock_slow();
    void unlock_and_wake();

    std::atomic<std::uint32_t> state_{0};
    std::atomic<std::uint32_t> sleepers_{0};
};

/// Holds a Lock for a scope.
class GOLANES_SCOPED_CAPABILITY LockGuard {
 public:
    explicit LockGuard(Lock& lock) GOLANES_ACQUIRE(lock) : lock_(lock) { lock_.lock(); }

    ~LockGuard() GOLANES_RELEASE() { lock_.unlock(); }

    LockGuard(const LockGuard&) = delete;
    LockGuard& operator=(const LockGuard&) = delete;

 private:
    Lock& lock_;
};

}  // namespace golanes
