#pragma once
// TimerHeap: the timers of one P, a 4-ary min-heap by due time. A sleeping goroutine is in it as it
// is; a timer that a program can stop and set again is a TimerNode (timer_node.h).
//
// As in Go, stop and reset only mark a node, so they may come from any P and take no heap's lock.
// Its entry keeps the old time until the heap's owner puts it right: when the entry comes to the
// front, when a node was set to an earlier time that has come, or when more than a quarter of the
// entries are zombies (stopped ones).
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <limits>
#include <memory>
#include <vector>

#include "core/base/ids.h"
#include "core/base/lock.h"

namespace golanes::rt {

struct G;
class TimerNode;

inline constexpr std::uint64_t kNever = std::numeric_limits<std::uint64_t>::max();

/// A timer taken from a heap because it is due: a sleeper or a node.
struct DueTimer {
    std::uint64_t when = 0;  ///< In ticks of the run's clock.
    G* sleeper = nullptr;
    std::shared_ptr<TimerNode> node;
};

/// Threads: any, with lock() held, but for next_when(), wants_sweep() and what nodes call. Lock
/// order: a heap's lock, then a node's.
class TimerHeap {
 public:
    [[nodiscard]] Lock& lock() GOLANES_RETURNS_LOCK(lock_) { return lock_; }

    /// Adds a sleeper. Ties fire in `order`. Returns whether it is the earliest timer here.
    bool add(std::uint64_t when, std::uint64_t order, G* g) GOLANES_REQUIRES(lock_);
    /// Adds a node unless it is in a heap already or was stopped meanwhile. Returns whether it is
    /// the earliest timer here.
    bool add(std::shared_ptr<TimerNode> node) GOLANES_REQUIRES(lock_);
    /// The earliest timer if it is due at `now`. A periodic node stays, set to its next time;
    /// others leave. True with a node: the node's lock is held.
    bool take_due_and_lock_node(std::uint64_t now, DueTimer& due) GOLANES_REQUIRES(lock_);

    /// Puts the front right, so that next_when() tells a timer that is really set.
    void clean_front() GOLANES_REQUIRES(lock_);
    /// Puts all entries right.
    void sweep() GOLANES_REQUIRES(lock_);
    /// Moves all timers of another heap here. Requires: the world is stopped.
    void take_all(TimerHeap& other) GOLANES_NO_TSA;
    /// Forgets all timers, at the end of a run.
    void clear();

    /// Due time of the earliest timer, kNever when there is none. A hint that may be too early:
    /// whoever acts on it takes the lock. Seq_cst: one total order with the poller's deadline, so
    /// that of a new earlier timer and a poller going to sleep at least one sees the other
    /// (Scheduler::wake_for_timer, prepare_sleep).
    [[nodiscard]] std::uint64_t next_when() const {
        return std::min(front_when_.load(std::memory_order_seq_cst),
                        earliest_mark_.load(std::memory_order_seq_cst));
    }

    /// Whether zombies are more than a quarter of the entries.
    [[nodiscard]] bool wants_sweep() const;

    /// Zombies in here. Relaxed: a hint.
    [[nodiscard]] std::size_t zombies() const { return zombies_.load(std::memory_order_relaxed); }

    /// Entries in here. Relaxed: a hint.
    [[nodiscard]] std::size_t size() const { return size_.load(std::memory_order_relaxed); }

 private:
    friend class TimerNode;

    struct Entry {
        std::uint64_t when = 0;
        std::uint64_t order = 0;
        G* sleeper = nullptr;
        std::shared_ptr<TimerNode> node;
    };

    static bool earlier(const Entry& a, const Entry& b);
    bool push(Entry entry) GOLANES_REQUIRES(lock_);
    void remove_front() GOLANES_REQUIRES(lock_);
    bool settle_front() GOLANES_REQUIRES(lock_);
    void sift_up(std::size_t index) GOLANES_REQUIRES(lock_);
    void sift_down(std::size_t index) GOLANES_REQUIRES(lock_);
    void publish() GOLANES_REQUIRES(lock_);
    bool note_earlier(std::uint64_t when);

    Lock lock_;
    std::vector<Entry> heap_ GOLANES_GUARDED_BY(lock_);
    std::atomic<std::uint64_t> front_when_{kNever};
    /// The earliest time a node in here was set to since the last sweep, or kNever. Written by
    /// nodes under their own lock, after their mark; reset under lock_ before the marks are read.
    std::atomic<std::uint64_t> earliest_mark_{kNever};
    std::atomic<std::size_t> zombies_{0};
    std::atomic<std::size_t> size_{0};
};

}  // namespace golanes::rt
