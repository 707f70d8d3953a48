#include "core/base/lock.h"

#include "core/base/cpu.h"
#include "core/base/futex.h"

namespace golanes {

void Lock::lock_slow() {
    constexpr int kSpins = 40;  // about 1 us: a holder on another core is usually done by then
    for (int i = 0; i < kSpins; ++i) {
        cpu_pause();
        std::uint32_t free = 0;
        // The same pairing as lock().
        if (state_.compare_exchange_strong(free, 1, std::memory_order_acquire))
            return;
    }
    // From here on we claim 2 always, so that the unlocker knows to wake: at worst one wake too
    // many.
    while (state_.exchange(2, std::memory_order_acquire) != 0)
        futex_wait(state_, 2);
}

void Lock::wake_one() {
    futex_wake(state_, 1);
}

}  // namespace golanes
