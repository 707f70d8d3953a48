#include "core/base/lock.h"

#include "core/base/cpu.h"
#include "core/base/futex.h"
#include "core/base/time.h"

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
    sleepers_.fetch_add(1, std::memory_order_seq_cst);
    std::uint32_t free = 0;
    while (!state_.compare_exchange_strong(free, 1, std::memory_order_seq_cst)) {
        futex_wait(state_, 1, kMillisecond);  // see the class for why not for ever
        free = 0;
    }
    sleepers_.fetch_sub(1, std::memory_order_relaxed);
}

void Lock::wake_one() {
    futex_wake(state_, 1);
}

}  // namespace golanes
