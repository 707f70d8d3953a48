#pragma once
// RealEngine: every M is an OS thread, time is the processor's tick counter.
#include <atomic>
#include <vector>

#include "core/base/clock.h"
#include "core/base/lock.h"
#include "core/runtime/engine.h"

namespace golanes::rt {

/// CPUs this process may use, by its affinity mask.
int usable_cpus();

class RealEngine final : public Engine {
 public:
    /// `owner_word` is what the owner's thread sleeps on: commands from outside and nudges from
    /// inside both change it (trace::Control::command). `cpu_list`: the CPUs of the run, some of
    /// our mask; empty: all of it. `cpus`: keep to the first so many of them; 0: all.
    RealEngine(const TickClock& clock,
               std::atomic<std::uint32_t>& owner_word,
               int cpus = 0,
               std::vector<int> cpu_list = {});

    [[nodiscard]] std::uint64_t ticks_from_ns(DurationNs duration) const override;
    [[nodiscard]] DurationNs ns_from_ticks(std::uint64_t ticks) const override;
    bool start_machine(M& m) override;
    void park(M& m, std::uint64_t until) override;
    void wake(M& m) override;

    void turn(M& /*m*/) override {}

    void pause(M& m, DurationNs duration) override;

    void begin_call(M& /*m*/) override {}

    void sleep_in_call(M& m, std::uint64_t ticks) override;
    void wait_in_call(M& m) override;

    void end_wait(M& /*m*/) override {}

    bool cut_calls(std::span<M* const> machines, DurationNs patience) override;
    std::uint64_t advance(M& m, std::uint64_t ticks) override;

    void interrupt_all() override {}

    void pay(M& /*m*/) override {}

    void took_p(M& /*m*/) override {}

    void announce(M& /*m*/) override {}

    void run_until(const std::function<bool()>& done, DurationNs timeout) override;
    void nudge_owner() override;
    void join(M& m) override;

    int set_cpus(int count, std::span<M* const> machines) override;

    [[nodiscard]] int cpus() const override { return cpus_.load(std::memory_order_relaxed); }

 private:
    void thread_main(M& m) const;

    TickClock clock_;
    void keep_to_cpus(int thread) const;

    std::vector<int> cpu_list_;
    /// How many of them Ms use. Pairs with M::kernel_id (both seq_cst): a thread that begins sees
    /// the new number, or is seen by who changes it.
    std::atomic<int> cpus_;
    std::atomic<bool> masks_{false};  ///< They are fewer than our mask has, or were once.
    std::atomic<std::uint32_t>* owner_word_;
    Lock threads_lock_;  ///< For M::thread: an M may live again before its first maker stored it.
};

}  // namespace golanes::rt
