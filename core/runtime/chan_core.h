#pragma once
// ChanCore: a channel without its element type. Go's rules: direct hand-over, FIFO waiters, close.
//
// Threads: any goroutine. Invariants, under the lock, waiters of selects that were woken elsewhere
// aside: at least one of receivers_ and senders_ is empty, or both hold the same goroutine's
// select; receivers wait only while the buffer is empty, senders only while it is full; nobody
// waits on a closed channel; count_ <= capacity. Elements are moved under the lock: what moves or
// destroys them must not call the runtime.
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/lock.h"
#include "core/runtime/chan_timer.h"
#include "core/runtime/chan_wait_list.h"
#include "core/runtime/scheduler.h"
#include "core/trace/where.h"

namespace golanes::rt {

/// How to move and drop elements of the channel's type. Both null: the bytes are all there is.
struct ElementOps {
    std::size_t bytes;
    /// Move-constructs *to, destroys *from.
    void (*relocate)(void* to, void* from) noexcept;
    void (*destroy)(void* element) noexcept;
};

enum class ChanDirection : std::uint8_t { Send, Receive };

class ChanCore {
 public:
    enum class Status : std::uint8_t { Done, Closed, WouldBlock };
    enum class Mode : std::uint8_t { Block, Try };

    /// With a timer: its channel, which looks unbuffered.
    ChanCore(std::size_t capacity,
             const ElementOps& ops,
             std::string_view name,
             const trace::Where& where,
             ChanTimer* timer = nullptr);
    ~ChanCore();
    ChanCore(const ChanCore&) = delete;
    ChanCore& operator=(const ChanCore&) = delete;

    /// Sends what the element holds, or receives into it.
    /// A send: Done took the value away; Closed: the caller must panic. A receive: Done: the
    /// element holds a value; Closed: the channel is closed and empty.
    Status operate(ChanDirection direction,
                   ChanElement& element,
                   Mode mode,
                   const trace::Where& where);
    /// Panics when closed already.
    void close(const trace::Where& where);

    /// How many values the buffer holds.
    [[nodiscard]] std::size_t length() const { return timer_ != nullptr ? 0 : buffered(); }

    [[nodiscard]] std::size_t capacity() const { return timer_ != nullptr ? 0 : capacity_; }

    /// Acquire pairs with the release in close().
    [[nodiscard]] bool is_closed() const { return closed_.load(std::memory_order_acquire); }

    // --- The pieces of an operation, for those that hold several channels' locks (select) or stand
    // on no goroutine's stack (timers).

    [[nodiscard]] ObjectId id() const { return id_; }

    /// Null for an ordinary channel. A receive tells it before it takes the lock.
    [[nodiscard]] ChanTimer* timer() const { return timer_; }

    [[nodiscard]] Lock& lock() GOLANES_RETURNS_LOCK(lock_) { return lock_; }

    /// What an operation did under the lock, and what is left to do once it is dropped. Then the
    /// partner may go on and the channel be gone with it, so all that is left to know is here.
    struct Step {
        Status status = Status::WouldBlock;
        ObjectId channel = 0;
        G* woken = nullptr;  ///< To be made ready.
        std::uint8_t flags = 0;
        std::uint32_t length = 0;
    };

    /// The operation, if it need not wait.
    Step attempt(ChanDirection direction, ChanElement& element) GOLANES_REQUIRES(lock_);
    /// Records the step and makes the partner ready. Requires: no lock is held.
    static void finish(ChanDirection direction, const Step& step, const trace::Where& where);
    /// Queues a waiter of that direction; forget() takes it out again.
    void enlist(ChanDirection direction, ChanWaiter& waiter) GOLANES_REQUIRES(lock_);
    void forget(ChanDirection direction, ChanWaiter& waiter) GOLANES_REQUIRES(lock_);

 private:
    [[nodiscard]] void* slot(std::size_t index) const;
    [[nodiscard]] std::size_t next(std::size_t index) const;
    [[nodiscard]] ChanWaitList& waiters(ChanDirection direction);

    // Acquire pairs with set_count().
    [[nodiscard]] std::size_t buffered() const { return count_.load(std::memory_order_acquire); }

    [[nodiscard]] Status glance(ChanDirection direction) const;
    [[nodiscard]] bool seems_stuck(ChanDirection direction) const;
    Step attempt_send(ChanElement& element);
    Step attempt_receive(ChanElement& element);
    Status operate_now(ChanDirection direction,
                       ChanElement& element,
                       Mode mode,
                       const trace::Where& where);
    Status wait(ChanDirection direction, ChanElement& element, const trace::Where& where);
    static void record_step(ChanDirection direction, const Step& step, const trace::Where& where);
    void relocate(void* to, void* from) const;
    void relocate_by_program(void* to, void* from) const;
    void hand_over(ChanElement& from, ChanElement& to) const;
    void put_into_buffer(ChanElement& element);
    void take_from_buffer(ChanElement& element);
    void set_count(std::size_t count);
    [[nodiscard]] std::size_t count() const;
    ChanWaiter* detach_all(std::uint32_t& count);

    Lock lock_;
    ElementOps ops_;
    std::size_t capacity_;
    ObjectId id_ = 0;
    ChanTimer* timer_;
    std::unique_ptr<std::byte[]> buffer_;
    // Written under lock_; glance() and length() read them without it.
    std::atomic<std::size_t> count_{0};
    std::atomic<bool> closed_{false};
    ChanWaitList senders_;
    ChanWaitList receivers_;
    std::size_t send_at_ GOLANES_GUARDED_BY(lock_) = 0;
    std::size_t receive_at_ GOLANES_GUARDED_BY(lock_) = 0;
};

/// Parks for ever: an operation on a nil channel.
[[noreturn]] void block_forever(trace::WaitReason reason, const trace::Where& where);

}  // namespace golanes::rt
