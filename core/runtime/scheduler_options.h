#pragma once
// SchedulerOptions: the policies of a run. The defaults are Go's rules; each can be turned to show
// what it is for.
#include <cstdint>

#include "core/base/time.h"

namespace golanes::rt {

/// Which of its own runnable goroutines a P takes. A random one from inside its ring is recorded
/// like a theft from itself: those before it move to the tail, it is in hand.
enum class Pick : std::uint8_t {
    Fifo,    ///< runnext, then the oldest.
    Random,  ///< Any of them, from a seeded stream.
};

/// When a time slice that is over is noticed.
enum class SysmonPolicy : std::uint8_t {
    Deadline,  ///< At its end.
    Go,        ///< By a look every 10 ms that must see the same slice twice: up to twice the slice.
};

/// What a goroutine that uses its stack up ends.
enum class OverflowPolicy : std::uint8_t {
    EndsRun,        ///< As in Go. No deferred function runs, nothing recovers.
    EndsGoroutine,  ///< That goroutine alone, without running anything of it. Of main: the run.
};

struct SchedulerOptions {
    int procs = 2;
    std::uint64_t seed = 1;
    DurationNs slice = 10 * kMillisecond;
    std::uint32_t global_tick = 61;  ///< 0: never look at the global queue out of turn.
    bool stealing = true;
    bool runnext = true;
    /// False: a goroutine that computes keeps its P until it blocks or yields.
    bool forced_preemption = true;
    /// Real runs, forced preemption: also by signal, where the program does not call the runtime.
    bool preempt_signals = true;
    OverflowPolicy overflow = OverflowPolicy::EndsRun;
    std::uint32_t ring = 256;  ///< Places of a P's ring: a power of two from 2 to 256.
    bool handoff = true;  ///< A P leaves an M that blocks in a call; else it stands still with it.
    std::uint32_t max_machines = 10'000;  ///< More Ms are a fatal error, as in Go.
    Pick pick = Pick::Fifo;
    SysmonPolicy sysmon = SysmonPolicy::Deadline;
};

}  // namespace golanes::rt
