#pragma once
// TimerNode: one timer of a program: set, stopped and set again by any goroutine, run by the M that
// finds it due. What it does then is up to its kind (timer_kinds.h).
#include <cstdint>
#include <functional>
#include <memory>

#include "core/base/ids.h"
#include "core/base/lock.h"
#include "core/base/time.h"
#include "core/runtime/timers.h"
#include "core/trace/event.h"

namespace golanes::rt {

/// Threads: any, under lock(). Invariants: heap_ names the heap that holds this node's one entry,
/// or is null; the node is a zombie exactly if it has an entry and wants none; an entry that is
/// neither zombie nor modified tells the node's own time. Lock order: a heap's, a node's, a
/// channel's.
class TimerNode : public std::enable_shared_from_this<TimerNode> {
 public:
    /// What a timer that runs asks of the scheduler.
    struct Effect {
        G* woken = nullptr;           ///< A waiting goroutine to make runnable.
        std::function<void()> start;  ///< The body of a new goroutine.
    };

    TimerNode() = default;
    virtual ~TimerNode() = default;
    TimerNode(const TimerNode&) = delete;
    TimerNode& operator=(const TimerNode&) = delete;

    [[nodiscard]] Lock& lock() GOLANES_RETURNS_LOCK(lock_) { return lock_; }

    /// Due at `when`, and then every `period` ticks unless that is 0. Ties fire in `order`. Returns
    /// whether the heap it is in has a new earliest timer.
    bool set(std::uint64_t when, std::uint64_t order, std::uint64_t period) GOLANES_REQUIRES(lock_);
    void clear() GOLANES_REQUIRES(lock_);
    /// Somebody waits, or waits no more, for what it does.
    bool watch() GOLANES_REQUIRES(lock_);
    void unwatch() GOLANES_REQUIRES(lock_);
    /// Whether it is due at `now` and no heap will run it. Then it counts as run: its time moves
    /// on.
    bool take_if_due(std::uint64_t now, DueTimer& due) GOLANES_REQUIRES(lock_);

    [[nodiscard]] bool is_set() const GOLANES_REQUIRES(lock_) { return when_ != kNever; }

    /// When it is due; kNever: it is not set.
    [[nodiscard]] std::uint64_t when() const GOLANES_REQUIRES(lock_) { return when_; }

    /// Whether it should be in a heap and is in none.
    [[nodiscard]] bool needs_heap() const GOLANES_REQUIRES(lock_) {
        return heap_ == nullptr && wants_entry();
    }

    /// Does what it is for. It was due at `due`, on the clock of rt::now(). On an M's own stack or
    /// a goroutine's: it must not wait.
    virtual Effect fire(TimeNs due) GOLANES_REQUIRES(lock_) = 0;

    /// Takes back what fire() did and nobody has seen yet. Returns whether there was something.
    virtual bool take_back() GOLANES_REQUIRES(lock_) { return false; }

    /// The run is over and it will never fire: lets go of what it holds.
    virtual void abandon() {}

    [[nodiscard]] virtual trace::TimerKind kind() const = 0;
    [[nodiscard]] virtual ObjectId object() const = 0;

    /// Where it was made, and its name. For the goroutine that it starts.
    [[nodiscard]] virtual PlaceId made_at() const { return 0; }

 protected:
    /// Whether it is in a heap only while somebody watches.
    [[nodiscard]] virtual bool is_lazy() const { return false; }

 private:
    friend class TimerHeap;

    [[nodiscard]] bool wants_entry() const GOLANES_REQUIRES(lock_) {
        return is_set() && (watchers_ > 0 || !is_lazy());
    }

    void mark() GOLANES_REQUIRES(lock_);
    void move_on(std::uint64_t now) GOLANES_REQUIRES(lock_);

    Lock lock_;
    std::uint64_t when_ GOLANES_GUARDED_BY(lock_) = kNever;
    std::uint64_t order_ GOLANES_GUARDED_BY(lock_) = 0;
    std::uint64_t period_ GOLANES_GUARDED_BY(lock_) = 0;
    int watchers_ GOLANES_GUARDED_BY(lock_) = 0;
    TimerHeap* heap_ GOLANES_GUARDED_BY(lock_) = nullptr;
    bool is_zombie_ GOLANES_GUARDED_BY(lock_) = false;
    bool is_modified_ GOLANES_GUARDED_BY(lock_) = false;
};

}  // namespace golanes::rt
