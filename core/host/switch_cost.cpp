#include "core/host/switch_cost.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <thread>

#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>

#include "core/base/clock.h"
#include "core/base/futex.h"

namespace golanes::host {
namespace {

// The first CPU of the process's mask.
void stay_on_one_cpu() {
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return;
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (!CPU_ISSET(static_cast<std::size_t>(cpu), &allowed))
            continue;
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(static_cast<std::size_t>(cpu), &one);
        pthread_setaffinity_np(pthread_self(), sizeof one, &one);
        return;
    }
}

std::uint64_t switches_of_this_thread() {
    rusage usage{};
    getrusage(RUSAGE_THREAD, &usage);
    return static_cast<std::uint64_t>(usage.ru_nvcsw + usage.ru_nivcsw);
}

class Table {
 public:
    void play(std::uint32_t me, int turns) {
        stay_on_one_cpu();
        const std::uint64_t before = switches_of_this_thread();
        for (int i = 0; i < turns; ++i) {
            while (turn_.load(std::memory_order_acquire) != me)  // pairs with the store below
                futex_wait(turn_, 1 - me);
            turn_.store(1 - me, std::memory_order_release);
            futex_wake(turn_, 1);
        }
        switches_[me] = switches_of_this_thread() - before;
    }

    [[nodiscard]] std::uint64_t switches() const { return switches_[0] + switches_[1]; }

 private:
    std::atomic<std::uint32_t> turn_{0};
    std::array<std::uint64_t, 2> switches_{};
};

}  // namespace

SwitchCost thread_switch_cost(int turns) {
    Table table;
    const TimeNs begin = monotonic_ns();
    std::thread first([&] { table.play(0, turns); });
    std::thread second([&] { table.play(1, turns); });
    first.join();
    second.join();
    return {(monotonic_ns() - begin) / std::max(1, 2 * turns), table.switches()};
}

}  // namespace golanes::host
