#pragma once
// The run queues: a P's ring of 256 with its runnext slot, and the global queue. Both number their
// places; the numbers travel in the trace (core/trace/event.h) and are what makes queue contents
// exact.
#include <array>
#include <atomic>
#include <cstdint>

#include "core/base/ids.h"

namespace golanes::rt {

struct G;

inline constexpr std::uint32_t kRingSize = 256;

/// A list of goroutines linked through G::queue_next.
struct GList {
    G* first = nullptr;
    G* last = nullptr;
    std::uint32_t size = 0;

    void push_back(G* g);
    void push_front(G* g);
    G* pop_front();
    /// Moves all of `other` behind (or before) what is here.
    void append(GList& other);
    void prepend(GList& other);
};

/// A P's local queue.
/// Threads: put and take by the owner only; steal by anyone. The ring is Go's: the owner moves
/// tail, owner and thieves move head by compare-and-swap. Invariants: tail - head <= capacity; slot
/// i is valid for head <= i < tail.
class LocalQueue {
 public:
    LocalQueue();

    /// Makes the ring smaller than its kRingSize places. Requires: nothing was put yet; a power of
    /// two from 2 to kRingSize.
    void set_capacity(std::uint32_t places) { capacity_ = places; }

    /// Where a goroutine is put: into runnext, the one before it going to the ring's tail, or to
    /// the ring's tail.
    enum class Place : std::uint8_t { Next, Tail };

    /// What a put did, for the trace.
    struct PutResult {
        std::uint8_t flags = 0;   ///< trace::put_flag.
        std::uint32_t index = 0;  ///< Of the place filled (by g, or by the one g displaced).
        G* overflow =
            nullptr;  ///< The goroutine that did not fit: it and half of the ring go global.
        GList batch;  ///< The half, taken out of the ring.
        std::uint32_t batch_head = 0;
    };

    /// Puts g there. Requires: while the ring is_full(), the scheduler's lock is held until what
    /// overflows is in the global queue.
    PutResult put(G* g, Place place) { return place == Place::Next ? put_next(g) : put_tail(g); }

    /// Whether a put may overflow. Owner only: thieves make room, nobody else fills it.
    [[nodiscard]] bool is_full() const { return ring_length() >= capacity_; }

    struct Taken {
        G* g = nullptr;
        bool from_runnext = false;
        std::uint32_t index = 0;
    };

    /// runnext first, else the ring's head. Owner only.
    Taken take();
    /// The ring's head, whatever runnext holds. Owner only.
    Taken take_head();

    struct Stolen {
        std::uint32_t count = 0;
        std::uint32_t head = 0;  ///< Index of the first one taken.
        G* last = nullptr;       ///< The last one taken: in the thief's hand.
        std::uint32_t thief_tail = 0;
    };

    /// Takes half of the ring, rounded up, into `thief`'s ring, all but the last. Owner of `thief`
    /// only.
    Stolen steal_half(LocalQueue& thief);
    /// Takes the one at `place` behind the head; those before it go to the tail. Count 0: thieves
    /// left fewer. Owner only.
    Stolen take_inside(std::uint32_t place);
    /// The runnext of another P as it stands: only good to be handed to steal_runnext.
    [[nodiscard]] G* peek_runnext() const;
    /// Takes the runnext of another P if it still is `expected`.
    bool steal_runnext(G* expected);

    /// Appends to the ring without overflow: for batches that are known to fit. Returns the index.
    std::uint32_t append(G* g);
    /// Empties the ring into a list (world stopped). Returns the head index before.
    std::uint32_t drain(GList& into);
    /// Takes the runnext (world stopped, or owner).
    G* take_runnext();

    [[nodiscard]] bool empty() const;

    [[nodiscard]] std::uint32_t ring_length() const {
        return tail_.load(std::memory_order_relaxed) - head_.load(std::memory_order_relaxed);
    }

    [[nodiscard]] bool has_runnext() const {
        return runnext_.load(std::memory_order_relaxed) != nullptr;  // a hint
    }

 private:
    PutResult put_next(G* g);
    PutResult put_tail(G* g);
    PutResult put_displaced(G* g);
    PutResult put_ordered(G* g, std::memory_order order);
    PutResult overflow(G* g, std::uint32_t head);

    // head: acquire/release pairs owner's and thieves' takes; tail: release by the owner after the
    // slot is written, acquire by thieves before they read it.
    alignas(kCacheLineBytes) std::atomic<std::uint32_t> head_{0};
    std::atomic<std::uint32_t> tail_{0};
    std::atomic<G*> runnext_{nullptr};
    std::uint32_t capacity_ = kRingSize;  ///< The most that the ring holds.
    std::array<std::atomic<G*>, kRingSize> slots_;
};

/// The global queue. Threads: all calls under the scheduler's lock; size() from anywhere.
class GlobalQueue {
 public:
    /// Appends one or many; returns the index of the first.
    std::uint32_t put(G* g);
    std::uint32_t put_batch(GList& list);
    /// Puts a list before everything else. All places are numbered anew: returns the old tail, from
    /// which the new numbering starts.
    std::uint32_t put_front(GList& list);

    struct Taken {
        G* g = nullptr;
        std::uint32_t index = 0;
    };

    Taken take();

    /// Appends one for a moment: whoever reads size() without the lock does not see it until the
    /// next take() or publish().
    std::uint32_t put_unseen(G* g);

    void publish() { size_.store(list_.size, std::memory_order_relaxed); }

    /// For those that hold the lock.
    [[nodiscard]] std::uint32_t length() const { return list_.size; }

    // Relaxed: a hint; the lock orders the contents.
    [[nodiscard]] std::uint32_t size() const { return size_.load(std::memory_order_relaxed); }

 private:
    GList list_;
    std::uint32_t head_ = 0;
    std::atomic<std::uint32_t> size_{0};
};

}  // namespace golanes::rt
