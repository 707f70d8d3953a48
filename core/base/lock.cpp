#include "core/base/lock.h"

#include <sched.h>

#include "core/base/cpu.h"
#include "core/base/futex.h"
#include "core/base/time.h"

namespace golanes {
namespace {

constexpr std::uint32_t kWoken = std::uint32_t{1} << 31;

}  // namespace

void Lock::lock_slow() {
    constexpr int kSpins = 40;  // about 1 us: a holder on another core is usually done by then
    for (int i = 0; i < kSpins; ++i) {
        cpu_pause();
        if (try_lock())
            return;
    }
    // With more threads than cores the holder may have been put aside, and all the others come by:
    // to give way costs less than to sleep and be woken.
    constexpr int kYields = 2;
    for (int i = 0; i < kYields; ++i) {
        sched_yield();
        if (try_lock())
            return;
    }
    sleepers_.fetch_add(1, std::memory_order_seq_cst);
    std::uint32_t free = 0;
    while (!state_.compare_exchange_strong(free, 1, std::memory_order_seq_cst)) {
        // The bit may be meant for us.
        const auto sleepers = sleepers_.fetch_and(~kWoken, std::memory_order_relaxed) & ~kWoken;
        // See the class for why not for ever. With many one of them looks every millisecond.
        futex_wait(state_, 1, kMillisecond * sleepers);
        free = 0;
    }
    // The bit was set before the lock was dropped that we have now.
    sleepers_.fetch_and(~kWoken, std::memory_order_relaxed);
    sleepers_.fetch_sub(1, std::memory_order_relaxed);
}

void Lock::unlock_and_wake() {
    const bool nobody_comes = (sleepers_.fetch_or(kWoken, std::memory_order_relaxed) & kWoken) == 0;
    state_.store(0, std::memory_order_release);  // as in unlock(): only its address is used now
    if (nobody_comes)
        futex_wake(state_, 1);
}

}  // namespace golanes
