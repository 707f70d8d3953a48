#pragma once
// RealEngine: every M is an OS thread, time is the processor's tick counter.
#include <atomic>

#include "core/base/clock.h"
#include "core/runtime/engine.h"

namespace golanes::rt {

/// CPUs this process may use, by its affinity mask.
int usable_cpus();

class RealEngine final : public Engine {
 public:
    /// `owner_word` is what the owner's thread sleeps on: commands from outside and nudges from
    /// inside both change it (trace::Control::command). `cpus`: keep the run on the first so many
    /// CPUs of our mask; 0: all of them.
    RealEngine(const TickClock& clock, std::atomic<std::uint32_t>& owner_word, int cpus = 0);

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

    [[nodiscard]] int cpus() const override { return cpus_; }

 private:
    void thread_main(M& m) const;

    TickClock clock_;
    int cpus_;
    bool masks_ = false;
    std::atomic<std::uint32_t>* owner_word_;
};

}  // namespace golanes::rt
