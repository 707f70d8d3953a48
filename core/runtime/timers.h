#pragma once
// TimerHeap: the timers of one P, a 4-ary min-heap by due time.
#include <atomic>
#include <cstdint>
#include <limits>
#include <vector>

#include "core/base/ids.h"
#include "core/base/lock.h"

namespace golanes::rt {

struct G;

/// One sleeping goroutine.
struct Timer {
    std::uint64_t when = 0;   ///< In ticks of the run's clock.
    std::uint64_t order = 0;  ///< Ties fire in the order they were set.
    G* g = nullptr;
};

inline constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();

/// Threads: any, with lock() held for all but next_when().
class TimerHeap {
 public:
    [[nodiscard]] Lock& lock() GOLANES_RETURNS_LOCK(lock_) { return lock_; }

    void add(std::uint64_t when, G* g) GOLANES_REQUIRES(lock_);
    /// The earliest timer if it is due at `now`; removed.
    bool pop_due(std::uint64_t now, Timer& timer) GOLANES_REQUIRES(lock_);
    /// Moves all timers of another heap here (both world-stopped).
    void take_all(TimerHeap& other) GOLANES_NO_TSA;

    /// Due time of the earliest timer, kNever when there is none. A hint: whoever acts on it takes
    /// the lock. Seq_cst: one total order with the poller's deadline, so that of a new earlier
    /// timer and a poller going to sleep at least one sees the other (Scheduler::sleep,
    /// wait_for_p).
    [[nodiscard]] std::uint64_t next_when() const {
        return next_when_.load(std::memory_order_seq_cst);
    }

 private:
    void sift_up(std::size_t index) GOLANES_REQUIRES(lock_);
    void sift_down(std::size_t index) GOLANES_REQUIRES(lock_);
    void publish_next() GOLANES_REQUIRES(lock_);

    Lock lock_;
    std::vector<Timer> heap_ GOLANES_GUARDED_BY(lock_);
    std::uint64_t added_ GOLANES_GUARDED_BY(lock_) = 0;
    std::atomic<std::uint64_t> next_when_{kNever};
};

}  // namespace golanes::rt
