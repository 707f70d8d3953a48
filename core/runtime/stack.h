#pragma once
// StackPool: stacks for goroutines, each with a guard page below it. Freed stacks stay warm for the
// next goroutine. (Stacks that start at one page and grow on a fault are a later step: today the
// whole reservation is usable from the start, and the kernel commits it page by page.)
#include <cstddef>
#include <vector>

#include "core/base/lock.h"

namespace golanes::rt {

struct Stack {
    void* low = nullptr;  ///< Lowest usable byte; the guard page lies below it.
    std::size_t bytes = 0;
};

/// Threads: any.
class StackPool {
 public:
    explicit StackPool(std::size_t stack_bytes);
    ~StackPool();
    StackPool(const StackPool&) = delete;
    StackPool& operator=(const StackPool&) = delete;

    /// A stack, warm or new. An empty one when the machine has no more memory to reserve.
    Stack take();
    void give_back(Stack stack);

    /// Whether the address lies in a guard page: a stack overflow. Async-signal-safe enough for a
    /// crash handler: reads without the lock.
    [[nodiscard]] bool is_guard(const void* address) const;

 private:
    struct Slab {
        char* start;
        std::size_t bytes;
    };

    bool add_slab() GOLANES_REQUIRES(lock_);

    static constexpr std::size_t kSlabStacks = 256;
    static constexpr std::size_t kGuardBytes = 4096;

    std::size_t slot_bytes_;
    Lock lock_;
    std::vector<Stack> free_ GOLANES_GUARDED_BY(lock_);
    std::vector<Slab> slabs_;  ///< Reserved at birth so that is_guard() may read it unlocked.
};

}  // namespace golanes::rt
