#include "core/base/lock.h"

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
        std::uint32_t free = 0;
        // The same pairing as lock().
        if (state_.compare_exchange_strong(free, 1, std::memory_order_acquire))
            return;
    }
    sleepers_.fetch_add(1, std::memory_order_seq_cst);
    std::uint32_t free = 0;
    while (!state_.compare_exchange_strong(free, 1, std::memory_order_seq_cst)) {
        sleepers_.fetch_and(~kWoken, std::memory_order_relaxed);  // it may be meant for us
        futex_wait(state_, 1, kMillisecond);  // see the class for why not for ever
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
