#include "core/runtime/stack.h"

#include <sys/mman.h>

#include "core/runtime/context.h"

namespace golanes::rt {
namespace {

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#endif

// Guard regions (Linux 6.13) need no mapping of their own; mprotect splits the mapping, of which a
// process may have 65,530. When neither is to be had the stack works without a guard.
void install_guard(char* page, std::size_t bytes) {
    if (madvise(page, bytes, MADV_GUARD_INSTALL) == 0)
        return;
    [[maybe_unused]] const int result = mprotect(page, bytes, PROT_NONE);
}

}  // namespace

StackPool::StackPool(std::size_t stack_bytes) : slot_bytes_(stack_bytes + kGuardBytes) {
    constexpr std::size_t kMostSlabs = 8192;  // 2 million stacks
    slabs_.reserve(kMostSlabs);
}

StackPool::~StackPool() {
    for (const Slab& slab : slabs_)
        munmap(slab.start, slab.bytes);
}

bool StackPool::add_slab() {
    if (slabs_.size() == slabs_.capacity())
        return false;
    const std::size_t bytes = slot_bytes_ * kSlabStacks;
    void* memory = mmap(
        nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED)
        return false;
    madvise(memory, bytes, MADV_NOHUGEPAGE);
    madvise(memory, bytes, MADV_DONTDUMP);
    auto* start = static_cast<char*>(memory);
    slabs_.push_back({start, bytes});
    for (std::size_t i = kSlabStacks; i-- > 0;) {
        char* slot = start + i * slot_bytes_;
        install_guard(slot, kGuardBytes);
        free_.push_back({slot + kGuardBytes, slot_bytes_ - kGuardBytes});
    }
    return true;
}

Stack StackPool::take() {
    Stack stack;
    {
        const LockGuard guard(lock_);
        if (free_.empty() && !add_slab())
            return {};
        stack = free_.back();
        free_.pop_back();
    }
    clean_stack_for_reuse(stack.low, stack.bytes);
    return stack;
}

void StackPool::give_back(Stack stack) {
    const LockGuard guard(lock_);
    free_.push_back(stack);
}

bool StackPool::is_guard(const void* address) const {
    const auto* byte = static_cast<const char*>(address);
    for (const Slab& slab : slabs_) {
        if (byte >= slab.start && byte < slab.start + slab.bytes)
            return static_cast<std::size_t>(byte - slab.start) % slot_bytes_ < kGuardBytes;
    }
    return false;
}

}  // namespace golanes::rt
