#pragma once
// The few things we ask the processor directly: a spin hint and the tick counter.
#include <cstdint>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace golanes {

/// Tells the core that this is a spin loop.
inline void cpu_pause() {
#if defined(__x86_64__)
    _mm_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
}

/// Reads the processor's constant-rate counter. Not a barrier: two cores' readings of cause and
/// effect may be inverted by tens of nanoseconds, so order comes from sequence numbers.
inline std::uint64_t read_ticks() {
#if defined(__x86_64__)
    return __rdtsc();
#elif defined(__aarch64__)
    std::uint64_t ticks = 0;
    asm volatile("mrs %0, cntvct_el0" : "=r"(ticks));
    return ticks;
#else
#error "Golanes needs a tick counter for this processor: add it here"
#endif
}

}  // namespace golanes
