#pragma once
// ChanCore: a channel without its element type. Go's rules: direct hand-over, FIFO waiters, close.
//
// Threads: any goroutine. Invariants, under lock_: at least one of receivers_ and senders_ is
// empty; receivers wait only while the buffer is empty, senders only while it is full; count_ <=
// capacity.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "core/base/ids.h"
#include "core/base/lock.h"
#include "core/runtime/scheduler.h"
#include "core/trace/where.h"

namespace golanes::rt {

/// How to move and drop elements of the channel's type.
struct ElementOps {
    std::size_t bytes;
    void (*relocate)(void* to, void* from);  ///< Move-constructs *to, destroys *from.
    void (*destroy)(void* element);
};

/// Room for one element on a goroutine's stack, and whether a value lives in it. Kept true at every
/// move, because the run may end while its goroutine waits.
struct ChanElement {
    void* bytes = nullptr;
    bool is_full = false;
};

/// A goroutine waiting on a channel. Lives on that goroutine's stack.
struct ChanWaiter {
    G* g = nullptr;
    ChanElement* element = nullptr;  ///< Sender: holds the value. Receiver: room for one.
    bool success = false;            ///< False: woken by close.
    ChanWaiter* next = nullptr;
};

class ChanCore {
 public:
    enum class Status : std::uint8_t { Done, Closed, WouldBlock };
    enum class Mode : std::uint8_t { Block, Try };

    ChanCore(std::size_t capacity,
             const ElementOps& ops,
             std::string_view name,
             const trace::Where& where);
    ~ChanCore();
    ChanCore(const ChanCore&) = delete;
    ChanCore& operator=(const ChanCore&) = delete;

    /// Takes the element's value away when it returns Done. Closed: the caller must panic.
    Status send(ChanElement& element, Mode mode, const trace::Where& where);
    /// Done: the element holds a value. Closed: the channel is closed and empty.
    Status receive(ChanElement& element, Mode mode, const trace::Where& where);
    /// Panics when closed already.
    void close(const trace::Where& where);

    [[nodiscard]] std::size_t length();

    [[nodiscard]] std::size_t capacity() const { return capacity_; }

 private:
    struct WaitList {
        ChanWaiter* first = nullptr;
        ChanWaiter* last = nullptr;

        void push(ChanWaiter& waiter);
        ChanWaiter* pop();
    };

    [[nodiscard]] void* slot(std::size_t index) const;
    Status wait(WaitList& list,
                ChanElement& element,
                trace::WaitReason reason,
                const trace::Where& where);
    void record(trace::EventType type,
                std::uint8_t flags,
                std::size_t length,
                const trace::Where& where) const;
    void hand_over(ChanElement& from, ChanElement& to) const;
    void put_into_buffer(ChanElement& element);
    void take_from_buffer(ChanElement& element);

    Lock lock_;
    ElementOps ops_;
    std::size_t capacity_;
    ObjectId id_ = 0;
    std::unique_ptr<std::byte[]> buffer_;
    std::size_t count_ GOLANES_GUARDED_BY(lock_) = 0;
    std::size_t send_at_ GOLANES_GUARDED_BY(lock_) = 0;
    std::size_t receive_at_ GOLANES_GUARDED_BY(lock_) = 0;
    bool closed_ GOLANES_GUARDED_BY(lock_) = false;
    WaitList senders_ GOLANES_GUARDED_BY(lock_);
    WaitList receivers_ GOLANES_GUARDED_BY(lock_);
};

/// Parks for ever: an operation on a nil channel.
[[noreturn]] void block_forever(trace::WaitReason reason, const trace::Where& where);

}  // namespace golanes::rt
