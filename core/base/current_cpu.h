#pragma once
// Which CPU this thread runs on, at the price of a load.
#include <sched.h>

#if __has_include(<sys/rseq.h>)
#include <sys/rseq.h>
#endif

#include "core/base/ids.h"

namespace golanes {

/// The CPU this thread ran on a moment ago. glibc registers an rseq area for every thread; without
/// one we ask the kernel. The thread pointer is read afresh each time: goroutines change threads.
inline CpuId current_cpu() {
#if defined(__x86_64__) && __has_include(<sys/rseq.h>)
    if (__rseq_size != 0) {
        std::uint32_t cpu = 0;
        // asm volatile: the compiler must not keep the thread pointer across a goroutine switch.
        asm volatile("movl %%fs:(%1), %0" : "=r"(cpu) : "r"(__rseq_offset + 4));
        return static_cast<CpuId>(cpu);
    }
#endif
    return static_cast<CpuId>(sched_getcpu());
}

}  // namespace golanes
