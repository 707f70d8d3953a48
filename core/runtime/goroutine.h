#pragma once
// G: a goroutine. Where it sits tells its state: on a run queue it is Runnable, on an M it is
// Running, on a channel's, lock's or timer's list it is Waiting, on an M without a P it is Blocking
// (in a system call), on a P's free list it is Dead.
#include <atomic>
#include <cstdint>
#include <functional>

#include "core/base/ids.h"
#include "core/runtime/context.h"
#include "core/runtime/panic_state.h"
#include "core/runtime/stack.h"
#include "core/trace/event.h"

namespace golanes::rt {

struct M;
struct ChanWaiter;

enum class GState : std::uint8_t { Dead, Runnable, Running, Waiting, Blocking };

/// Threads: its fields belong to whoever owns the goroutine in its present state: the M that runs
/// it, the lock of the list it waits on, the queue it sits in. State changes hand the ownership on.
struct G {
    Context context;
    Stack stack;  ///< Bound at the first start, not at `go`.
    GoroutineId id = 0;
    std::uint32_t trace_seq = 0;  ///< Number of its last event.
    GState state = GState::Dead;  ///< Changed by the owner only; checked at every transition.
    trace::WaitReason reason = trace::WaitReason::None;
    bool is_bound = false;    ///< Has a stack and a context.
    bool is_started = false;  ///< Has run at least once in this life.
    bool has_panicked = false;
    bool is_cut_off = false;  ///< Interrupted by a signal: nothing can be thrown where it stands.
    void* processor_state = nullptr;  ///< Room for its registers while it is. See preempt_signal.h.
    PanicState panic;
    PlaceId made_at = 0;       ///< With its name.
    PlaceId creator_name = 0;  ///< Where its creator was made; the id below is the creator's.
    GoroutineId creator = 0;
    PlaceId waits_at = 0;           ///< Where it last began to wait.
    std::uint64_t waits_since = 0;  ///< In ticks.
    M* locked_to = nullptr;  ///< The only M that may run it (lock_os_thread). Set while it runs.
    std::uint32_t thread_locks = 0;  ///< How often it locked itself.
    std::function<void()> body;
    /// A select's race: 1 once somebody has taken one of its cases (chan_wait_list.h).
    std::atomic<std::uint32_t> select_done{0};
    ChanWaiter* woken_by = nullptr;  ///< The case that won. Written by the winner, read by us.
    G* queue_next = nullptr;         ///< Link of the run queue or free list it sits in.
};

}  // namespace golanes::rt
