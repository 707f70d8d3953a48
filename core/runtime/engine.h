#pragma once
// Engine: the seam between the scheduler and what carries its Ms. The real engine makes them OS
// threads that live in real time; the virtual one makes them fibers of one thread, on virtual
// cores, in virtual nanoseconds. Everything above this header is the same code for both.
#include <cstdint>
#include <functional>

#include "core/base/cpu.h"
#include "core/base/time.h"
#include "core/runtime/timers.h"

namespace golanes::rt {

struct M;

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

    /// Begins to run m: Scheduler::machine_main on a thread or fiber of its own.
    virtual void start_machine(M& m) = 0;
    /// Sleeps until wake(m), or until the clock reaches `until`. A wake before the park is not
    /// lost.
    virtual void park(M& m, std::uint64_t until) = 0;
    virtual void wake(M& m) = 0;
    /// A scheduling point: in virtual time the other cores get their turn at this instant.
    /// Requires: no lock is held.
    virtual void turn(M& m) = 0;
    /// Virtual only: m computes for `ticks`; returns early when the world is to stop. Returns the
    /// ticks that passed.
    virtual std::uint64_t advance(M& m, std::uint64_t ticks) = 0;
    /// Virtual only: whoever is in advance() returns from it now.
    virtual void interrupt_all() = 0;

    /// The owner's thread lets the run go on until done() or about `timeout` passed (negative:
    /// none).
    virtual void run_until(const std::function<bool()>& done, DurationNs timeout) = 0;
    /// Wakes the owner's run_until to test done() again. From any thread or fiber.
    virtual void nudge_owner() = 0;
    /// All Ms have left machine_main: joins threads, frees fibers.
    virtual void join(M& m) = 0;

    /// How many CPUs there are for Ms: real ones of our mask, or virtual cores.
    [[nodiscard]] virtual int cpus() const = 0;

 protected:
    const std::uint64_t* virtual_clock_ = nullptr;
};

}  // namespace golanes::rt
