#pragma once
// Engine: the seam between the scheduler and what carries its Ms. The real engine makes them OS
// threads that live in real time; the virtual one makes them fibers of one thread, on virtual
// cores, in virtual nanoseconds. Everything above this header is the same code for both.
#include <array>
#include <cstdint>
#include <functional>
#include <span>

#include "core/base/cpu.h"
#include "core/base/time.h"
#include "core/runtime/costs.h"
#include "core/runtime/machine.h"
#include "core/runtime/timers.h"
#include "core/trace/event.h"

namespace golanes::rt {

static_assert(trace::kEventTypeCount <= 64, "a mask of event types fits 64 bits");

/// Threads: park, turn and advance on the M concerned; the others from anywhere the scheduler runs.
class Engine {
 public:
    virtual ~Engine() = default;
    Engine() = default;
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    [[nodiscard]] bool is_virtual() const { return virtual_clock_ != nullptr; }

    /// The run's clock, in ticks (virtual: nanoseconds). Inline: on every visit to the scheduler.
    [[nodiscard]] std::uint64_t now() const {
        return virtual_clock_ == nullptr ? read_ticks() : *virtual_clock_;
    }

    /// Ticks of a duration, and back.
    [[nodiscard]] virtual std::uint64_t ticks_from_ns(DurationNs duration) const = 0;
    [[nodiscard]] virtual DurationNs ns_from_ticks(std::uint64_t ticks) const = 0;

    /// Begins to run m: Scheduler::machine_main on a thread or fiber of its own. An m that ended
    /// may begin anew. False: the system gives no more threads.
    virtual bool start_machine(M& m) = 0;
    /// Sleeps until wake(m), or until the clock reaches `until`. A wake before the park is not
    /// lost.
    virtual void park(M& m, std::uint64_t until) = 0;
    virtual void wake(M& m) = 0;
    /// A scheduling point: in virtual time the other cores get their turn at this instant.
    /// Requires: no lock is held.
    virtual void turn(M& m) = 0;
    /// Waits about `duration`, awake, so that another M may finish what it is in the middle of. In
    /// virtual time it takes the duration where operations cost anything; where all are free,
    /// everybody else finishes what they do at this instant, and no time passes.
    /// Requires: no lock is held, no visit is open.
    virtual void pause(M& m, DurationNs duration) = 0;
    /// m enters a blocking call: it needs no core until it returns.
    /// Requires: no lock is held, no visit is open.
    virtual void begin_call(M& m) = 0;
    /// Inside a blocking call: m is away for `ticks`, or until the run is over.
    virtual void sleep_in_call(M& m, std::uint64_t ticks) = 0;
    /// Inside a blocking call: waits until end_wait(m), or until the run is over. Virtual only: the
    /// real one waits in the kernel.
    virtual void wait_in_call(M& m) = 0;
    virtual void end_wait(M& m) = 0;
    /// The run is over: those of `machines` that are inside a blocking call leave it. False: one
    /// did not within `patience`.
    virtual bool cut_calls(std::span<M* const> machines, DurationNs patience) = 0;
    /// Virtual only: m computes for `ticks`; returns early when the world is to stop, or after time
    /// without a core. Returns the ticks that it computed. Requires: no lock is held, no visit
    /// open.
    virtual std::uint64_t advance(M& m, std::uint64_t ticks) = 0;
    /// Virtual only: whoever is in advance() returns from it now.
    virtual void interrupt_all() = 0;

    /// Adds what `op` costs to the debt of m. Never suspends, so it may stand where locks are held;
    /// free on the real engine, where time passes by itself.
    void charge(M& m, Op op) const {
        if (has_costs_) [[unlikely]]
            m.debt += prices_[static_cast<std::size_t>(op)];
    }

    /// Virtual only: lets the time pass that m owes. Requires: as advance().
    virtual void pay(M& m) = 0;
    /// m has taken its P: its virtual core may follow from that.
    virtual void took_p(M& m) = 0;

    /// Whether the run is to stand at events of this type: then announce() them.
    [[nodiscard]] bool watches(trace::EventType type) const {
        return ((watched_events_ >> static_cast<unsigned>(type)) & 1U) != 0;
    }

    /// Virtual only: such an event was put by m. The run stands here until its watcher lets it go
    /// on. May be called with locks held: nobody else can run meanwhile.
    virtual void announce(M& m) = 0;

    /// The owner's thread lets the run go on until done() or about `timeout` passed (negative:
    /// none).
    virtual void run_until(const std::function<bool()>& done, DurationNs timeout) = 0;
    /// Wakes the owner's run_until to test done() again. From any thread or fiber.
    virtual void nudge_owner() = 0;
    /// All Ms have left machine_main: joins threads, frees fibers.
    virtual void join(M& m) = 0;

    /// Keeps the Ms on the first `count` of the run's CPUs. Returns how many they are now. Virtual:
    /// the number of cores stays.
    virtual int set_cpus(int count, std::span<M* const> machines) = 0;
    /// How many CPUs there are for Ms: real ones of our mask, or virtual cores.
    [[nodiscard]] virtual int cpus() const = 0;

 protected:
    const std::uint64_t* virtual_clock_ = nullptr;
    std::array<std::uint64_t, kOpCount> prices_{};  ///< In ticks.
    bool has_costs_ = false;
    std::uint64_t watched_events_ = 0;  ///< Bit = number of the EventType.
};

}  // namespace golanes::rt
