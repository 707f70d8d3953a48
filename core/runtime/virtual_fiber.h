#pragma once
// VirtualFiber: an M of the virtual engine: a stack on the owner's thread and a place in virtual
// time. DueQueue: the fibers that have a moment at which they act.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/runtime/context.h"
#include "core/runtime/stack.h"
#include "core/runtime/timers.h"

namespace golanes::rt {

struct M;

/// Invariants: a fiber that is due has ticket != 0; one that waits for a core (Wait::Core) is in
/// VirtualCores' queue and not due.
struct VirtualFiber {
    /// What it waits for while another fiber runs.
    enum class Wait : std::uint8_t {
        Turn,     ///< Its turn at this instant.
        Advance,  ///< The end of a stretch of computing.
        Park,     ///< A wake, or the time it sleeps until.
        Core,     ///< A virtual core: it could go on, but others have them all.
        Call,     ///< The end of a blocking call, which needs no core.
    };

    M* m = nullptr;
    Stack stack;
    Context* suspended = nullptr;  ///< Where it goes on: its g0, or the goroutine it was running.
    std::uint64_t ticket = 0;      ///< Of its entry in the DueQueue; 0: none.
    std::uint64_t due = 0;         ///< Time of that entry.
    Wait wait = Wait::Turn;
    bool wake_pending = false;
    bool is_interrupted = false;  ///< interrupt_all() cut its stretch of computing short.
    bool finished = false;

    // Where it stands with the simulated operating system (VirtualCores).
    int core = -1;                ///< The core it holds; -1: none, or every P has one of its own.
    std::uint64_t slice_end = 0;  ///< When its share of that core ends, if another waits.
};

/// A heap by (time, ticket): who is due first, and among equals who was registered first. Entries
/// that were cancelled stay until they come up.
class DueQueue {
 public:
    void add(VirtualFiber& fiber, std::uint64_t time) {
        fiber.ticket = ++tickets_;
        fiber.due = time;
        heap_.push_back({time, fiber.ticket, &fiber});
        std::push_heap(heap_.begin(), heap_.end(), later);
    }

    static void cancel(VirtualFiber& fiber) { fiber.ticket = 0; }

    /// When the first one is due; kNever when none is.
    [[nodiscard]] std::uint64_t first_time() {
        drop_cancelled();
        return heap_.empty() ? kNever : heap_.front().time;
    }

    /// Takes the first one out. Requires: first_time() != kNever.
    VirtualFiber& pop() {
        VirtualFiber& fiber = *heap_.front().fiber;
        drop_front();
        fiber.ticket = 0;
        return fiber;
    }

 private:
    struct Entry {
        std::uint64_t time;
        std::uint64_t ticket;
        VirtualFiber* fiber;
    };

    static bool later(const Entry& a, const Entry& b) {
        return a.time != b.time ? a.time > b.time : a.ticket > b.ticket;
    }

    void drop_front() {
        std::pop_heap(heap_.begin(), heap_.end(), later);
        heap_.pop_back();
    }

    void drop_cancelled() {
        while (!heap_.empty() && heap_.front().fiber->ticket != heap_.front().ticket)
            drop_front();
    }

    std::uint64_t tickets_ = 0;
    std::vector<Entry> heap_;
};

}  // namespace golanes::rt
