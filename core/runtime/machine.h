#pragma once
// M: an OS thread (real engine) or a virtual core's scheduler fiber (virtual engine), and P: the
// right to run goroutines.
#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <thread>

#include "core/base/ids.h"
#include "core/base/lock.h"
#include "core/base/random.h"
#include "core/runtime/context.h"
#include "core/runtime/goroutine.h"
#include "core/runtime/run_queue.h"
#include "core/runtime/stack_fault.h"
#include "core/runtime/timers.h"
#include "core/trace/emitter.h"
#include "core/trace/interner.h"

namespace golanes::rt {

class Scheduler;

/// InCall: the M that holds it is in a blocking call and keeps it (hand-off is off).
enum class PState : std::uint8_t { Idle, Running, Stopped, Dead, InCall };

/// Bits of P::preempt.
namespace preempt_wish {
inline constexpr std::uint8_t kWorld = 1;     ///< The world stops.
inline constexpr std::uint8_t kSlice = 2;     ///< Sysmon says that the time slice is over.
inline constexpr std::uint8_t kOverflow = 4;  ///< It stands in the reserve of its stack.
}  // namespace preempt_wish

/// Threads: fields belong to the M that holds the P, or to the scheduler's lock while nobody does,
/// unless they are atomic.
struct P {
    explicit P(ProcId number) : id(number) {}

    ProcId id;
    /// Written under the scheduler's lock. Relaxed: thieves read it without, as a hint.
    std::atomic<PState> state{PState::Stopped};
    LocalQueue queue;
    TimerHeap timers;
    /// Goroutine starts that did not inherit their slice, modulo the global tick.
    std::uint32_t schedtick = 0;
    /// Ticks when the present time slice began, on the clock of the M that holds the P. Relaxed:
    /// sysmon reads it from outside.
    std::atomic<std::uint64_t> slice_start{0};
    /// Ticks when a goroutine last started here. Relaxed: read by those who look for starvation.
    std::atomic<std::uint64_t> last_start{0};
    /// Up to this visit time runtime calls need not look at the slice: its end, or 0 where they
    /// always must look (virtual runs). Owner only.
    std::uint64_t calm_until = 0;
    std::uint32_t trace_seq = 0;
    std::atomic<M*> machine{nullptr};  ///< Relaxed: sysmon asks whom to signal; Ms stay.
    /// Why the goroutine on this P is to yield: bits of preempt_wish. Relaxed: polled; who stops
    /// the world waits for the effect under its own lock.
    std::atomic<std::uint8_t> preempt{0};
    GList free_goroutines;  ///< Dead ones with warm stacks, the latest first; fewer than 64.
    Random random;          ///< Which goroutine is taken, where the policy says: any.
    Random select_order;    ///< Poll orders of the selects that run here.

    // Sysmon's own: whom it signals, how often.
    std::uint64_t nagged_slice = 0;
    std::uint64_t next_nag = 0;
    int nags = 0;
};

/// What the side that arrives after a switch has to do for the side that left.
struct AfterSwitch {
    enum class Kind : std::uint8_t {
        Nothing,
        Unlock,
        UnlockAndWake,
        UnlockAll,
        PutGlobal,
        PutLocal,
        PutReturned,
        Bury
    } kind = Kind::Nothing;
    G* leaver = nullptr;
    /// Unlock: the leaver's wait list; before this nobody may wake it. UnlockAndWake: the
    /// scheduler's, and others may have to know of what it guards. PutReturned: the scheduler's,
    /// which the leaver has taken.
    Lock* lock = nullptr;
    trace::StopReason reason = trace::StopReason::Gosched;
    PlaceId where = 0;
    /// UnlockAll: the locks of all the leaver's wait lists, an array on its stack. Once the first
    /// is dropped it may be woken, but it takes every one of them before it leaves that stack.
    std::span<Lock* const> locks = {};
};

/// A goroutine that is about to start on an M, with the queue facts of its GoStart.
struct Starting {
    G* g = nullptr;
    std::uint8_t flags = 0;
    std::uint32_t index = 0;
};

struct M {
    M(MachineId number, Scheduler& owner) : id(number), scheduler(&owner) {}

    MachineId id;
    Scheduler* scheduler;
    P* p = nullptr;
    /// The P it held last, for code that a signal may move to another M between two loads: never
    /// null once goroutines run here.
    P* last_p = nullptr;
    P* next_p = nullptr;   ///< The P it is given when woken. Guarded by the scheduler's lock.
    G* current = nullptr;  ///< Null while on g0.
    Context g0;            ///< The scheduler's own stack on this M.
    AfterSwitch after;
    Starting starting;
    trace::Emitter* emitter = nullptr;
    trace::PlaceCache places;
    std::uint64_t now = 0;  ///< The clock reading of this visit to the scheduler.
    bool visit_open = false;
    bool records = true;              ///< False: tracing is off.
    std::uint32_t silent_visits = 0;  ///< With tracing off.
    bool spinning = false;
    /// The waker has counted it as spinning already. Guarded by the scheduler's lock.
    bool woken_to_spin = false;
    Random random;  ///< Orders of stealing.
    CpuId virtual_core = kNoCpu;
    std::uint64_t debt = 0;  ///< Virtual: ticks that operations cost and that were not paid yet.

    StackNotes stack_notes;
    void* emergency_stack = nullptr;  ///< Upper end of the stack where overflowed goroutines end.

    // Preemption by signal, see preempt_signal.h.
    std::atomic<bool> signal_pending{false};  ///< Relaxed: at most one on its way.
    std::uint32_t no_preempt = 0;  ///< Program's code runs for the runtime, under a lock.
    void* spare_state = nullptr;   ///< For the next goroutine without room for its registers.

    // Parking: 0 awake, 1 asked to wake, 2 asleep.
    std::atomic<std::uint32_t> parking{0};
    /// 1 while its goroutine is inside a blocking call: the end of the run cuts that short.
    std::atomic<std::uint32_t> in_call{0};
    std::atomic<int> kernel_id{0};  ///< Of its thread; 0: none (yet), or virtual.
    P* call_p = nullptr;            ///< The P it held when the call began.
    // LockOSThread, see scheduler_locked.cpp.
    G* locked_g = nullptr;  ///< The only goroutine that runs here. Written by this M.
    Starting next_start;  ///< That goroutine with its P (next_p). Guarded by the scheduler's lock.
    bool waits_locked = false;  ///< It sleeps until that. Guarded by the scheduler's lock.
    bool ends = false;          ///< Its goroutine ended locked: so does it.
    std::thread thread;
};

}  // namespace golanes::rt
