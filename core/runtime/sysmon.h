#pragma once
// Sysmon: Go's watcher, a thread without a P. It looks at every P from outside, asks goroutines
// whose time slice is over to give way, and stops looking while no P runs anything. What a look
// does is the scheduler's (Scheduler::look_from_outside, scheduler_sysmon.cpp); here is when it
// looks.
//
// It looks every 20 us; after 50 looks that found nothing to do the pause doubles each time, up to
// 10 ms; it never oversleeps what the last look said will be due. Real engine only: in virtual time
// the ends of slices are known.
#include <atomic>
#include <cstdint>
#include <functional>
#include <thread>

#include "core/base/time.h"

namespace golanes::rt {

/// What a look came to.
struct SysmonLook {
    bool did_something = false;
    bool all_idle = false;  ///< No P runs: nothing can become due until one does.
    DurationNs next_look = 10 * kMillisecond;  ///< Something is due so long from now, at most.
};

/// Threads: any, but start() and stop() from the owner's thread alone.
class Sysmon {
 public:
    /// `look` and `all_idle` are called on sysmon's thread only.
    Sysmon(std::function<SysmonLook()> look, std::function<bool()> all_idle);

    ~Sysmon() { stop(); }

    Sysmon(const Sysmon&) = delete;
    Sysmon& operator=(const Sysmon&) = delete;

    void start();
    void stop();

    /// A P that was idle runs again. Requires: the caller's change of the number of idle Ps is
    /// sequentially consistent, and before.
    void p_runs() {
        // Pairs with rest_deeply(): it says that it sleeps and then asks whether all are idle, we
        // count and then ask whether it sleeps: one of the two sees the other.
        if (sleep_.load(std::memory_order_seq_cst) == Sleep::Deep) [[unlikely]]
            look_now();
    }

    /// Ends its pause, whichever it is in.
    void look_now();

 private:
    enum Sleep : std::uint32_t { Awake, Nap, Deep, Called };

    void main();
    bool fall_asleep(Sleep depth);
    void wake_up();
    void rest(DurationNs pause);
    void rest_deeply();

    std::function<SysmonLook()> look_;
    std::function<bool()> all_idle_;
    std::atomic<std::uint32_t> sleep_{Awake};
    std::atomic<bool> stopping_{false};
    std::thread thread_;
};

}  // namespace golanes::rt
