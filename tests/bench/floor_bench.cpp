// Floors: what the machine charges for the least of each thing, in the same run as the rest.
#include <atomic>

#include <benchmark/benchmark.h>

#include "core/base/clock.h"
#include "core/base/cpu.h"
#include "core/base/current_cpu.h"
#include "core/base/lock.h"
#include "core/base/time.h"

namespace golanes::bench {
namespace {

void floor_read_ticks(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(read_ticks());
}

void floor_monotonic_clock(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(monotonic_ns());
}

void floor_current_cpu(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(current_cpu());
}

void floor_atomic_add(benchmark::State& state) {
    std::atomic<std::uint64_t> number{0};
    for (auto _ : state)
        benchmark::DoNotOptimize(number.fetch_add(1, std::memory_order_relaxed));
}

void floor_free_lock(benchmark::State& state) {
    Lock lock;
    for (auto _ : state) {
        const LockGuard guard(lock);
        benchmark::ClobberMemory();
    }
}

BENCHMARK(floor_read_ticks);
BENCHMARK(floor_monotonic_clock);
BENCHMARK(floor_current_cpu);
BENCHMARK(floor_atomic_add);
BENCHMARK(floor_free_lock);

}  // namespace
}  // namespace golanes::bench
