#pragma once
// RWMutex: many readers, or one writer.
#include <atomic>
#include <cstdint>
#include <string_view>

#include "core/base/ids.h"
#include "core/runtime/locker.h"
#include "core/runtime/mutex_core.h"
#include "core/runtime/runtime.h"
#include "core/runtime/semaphore.h"

namespace golanes::rt {

/// sync.RWMutex. A writer that waits stops new readers, so a goroutine that reads already must not
/// rlock() again: with a writer in between both would wait for ever.
/// Threads: any goroutine; any may unlock. Lifetime: outlives every call, unlocks included.
/// Invariants: readers_ counts those who read or wait to, less 2^30 while a writer waits or writes;
/// departing_ counts the readers that such a writer still waits for.
class RWMutex final : public Locker {
 public:
    explicit RWMutex(std::string_view name = {}, const Where& where = Where::here());

    void rlock(const Where& where = Where::here());
    bool try_rlock(const Where& where = Where::here());
    /// Fatal when nobody reads: "fatal error: sync: RUnlock of unlocked RWMutex".
    void runlock(const Where& where = Where::here());

    void lock(const Where& where = Where::here()) override;
    bool try_lock(const Where& where = Where::here());
    /// Lets all waiting readers in, then the next writer.
    /// Fatal when nobody writes: "fatal error: sync: Unlock of unlocked RWMutex".
    void unlock(const Where& where = Where::here()) override;

    /// The readers' side as a lock of its own. Lives as long as the RWMutex.
    [[nodiscard]] Locker& rlocker() { return reader_side_; }

 private:
    static constexpr std::int32_t kMaxReaders = 1 << 30;

    class ReaderSide final : public Locker {
     public:
        explicit ReaderSide(RWMutex& mutex) : mutex_(&mutex) {}

        void lock(const Where& where) override { mutex_->rlock(where); }

        void unlock(const Where& where) override { mutex_->runlock(where); }

     private:
        RWMutex* mutex_;
    };

    // Relaxed: for a holder's own look at what it holds.
    [[nodiscard]] bool is_read() const {
        const std::int32_t readers = readers_.load(std::memory_order_relaxed);
        return readers != 0 && readers != -kMaxReaders;
    }

    [[nodiscard]] bool is_written() const { return readers_.load(std::memory_order_relaxed) < 0; }

    void wait_for_writer(const Where& where);
    void reader_departs(std::int32_t readers, const Where& where);
    bool wait_for_readers(const Where& where);

    MutexCore writers_;
    Semaphore writer_semaphore_;
    Semaphore reader_semaphore_;
    std::atomic<std::int32_t> readers_{0};
    std::atomic<std::int32_t> departing_{0};
    ObjectId id_;
    bool is_recorded_;  ///< The run records every lock and unlock.
    ReaderSide reader_side_{*this};
};

}  // namespace golanes::rt
