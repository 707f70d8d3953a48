#include "core/runtime/stack.h"

#include <algorithm>
#include <array>
#include <fstream>

#include <sys/mman.h>

#include "core/base/check.h"
#include "core/base/sanitizer.h"
#include "core/runtime/context.h"

namespace golanes::rt {
namespace {

constexpr std::size_t kReserveBytes = std::size_t{16} << 10;
constexpr std::size_t kFirstSlots = 64;
constexpr std::size_t kMostSlabBytes = std::size_t{64} << 30;
constexpr std::size_t kMostWarm = 16384;
// Guard markers cost page tables and time, so only so much below the part in use has them. Code of
// ours touches every page of its frames; what is not compiled by us has smaller frames.
constexpr std::size_t kGuardWindow = std::size_t{64} << 10;
constexpr std::size_t kMappingsForOthers = 1024;

constexpr std::size_t round_up(std::size_t bytes) {
    return (bytes + kPageBytes - 1) / kPageBytes * kPageBytes;
}

// Of the mappings a process may have, with mprotect each stack takes two.
std::size_t most_growing_with_mprotect() {
    std::size_t mappings = 65530;
    std::ifstream("/proc/sys/vm/max_map_count") >> mappings;
    return mappings < 2 * kMappingsForOthers ? 0 : (mappings - kMappingsForOthers) / 2;
}

// The pools of this process that have growing stacks, for find(). Release and acquire: a pool is
// whole before a handler sees it.
constexpr std::size_t kMostPools = 64;
std::array<std::atomic<StackPool*>, kMostPools> pools{};

void enlist(StackPool* pool) {
    for (auto& place : pools) {
        StackPool* nobody = nullptr;
        if (place.compare_exchange_strong(nobody, pool, std::memory_order_release))
            return;
    }
    check_failed("more than 64 runs in one process", __FILE__, __LINE__);
}

void strike_off(StackPool* pool) {
    for (auto& place : pools) {
        StackPool* self = pool;
        place.compare_exchange_strong(self, nullptr, std::memory_order_release);
    }
}

}  // namespace

StackPool::StackPool(const StackOptions& options)
    : memory_(choose_stack_backend(options.allowed)),
      limit_(round_up(std::clamp(options.bytes, kLeastStackBytes, kMostStackBytes))),
      slot_bytes_(kPageBytes + kReserveBytes + limit_),
      most_growing_(memory_.backend() == StackBackend::Protect ? most_growing_with_mprotect()
                                                               : SIZE_MAX),
      slabs_(std::make_unique<Slab[]>(kMostSlabs)) {
    if (memory_.backend() != StackBackend::Plain)
        enlist(this);
}

StackPool::~StackPool() {
    strike_off(this);
    const std::size_t count = slab_count_.load(std::memory_order_relaxed);
    for (std::size_t i = 0; i < count; ++i) {
        // The next pool may get the same addresses, and AddressSanitizer remembers these frames.
        for (std::size_t k = 0; kUnderAsan && k < slabs_[i].slots; ++k) {
            const Stack stack = stack_at(slabs_[i], k);
            clean_stack_for_reuse(stack.top() - stack.committed(), stack.committed());
        }
        munmap(slabs_[i].start, slabs_[i].slots * slot_bytes_);
        munmap(slabs_[i].records, slabs_[i].slots * sizeof(StackRecord));
    }
}

Stack StackPool::stack_at(const Slab& slab, std::size_t slot) const {
    return {slab.start + slot * slot_bytes_ + kPageBytes,
            slot_bytes_ - kPageBytes,
            slab.records + slot};
}

// Each slab has twice the stacks of the one before; half of it when so many addresses are not to be
// had.
bool StackPool::add_slab() {
    const std::size_t count = slab_count_.load(std::memory_order_relaxed);
    if (count == kMostSlabs)
        return false;
    std::size_t slots = count == 0 ? kFirstSlots : 2 * slabs_[count - 1].slots;
    slots = std::clamp(kMostSlabBytes / slot_bytes_, std::size_t{1}, slots);
    Slab slab;
    for (; slots > 0 && slab.start == nullptr; slots /= 2) {
        slab.start = memory_.reserve(slots * slot_bytes_);
        slab.slots = slots;
    }
    if (slab.start == nullptr)
        return false;
    void* records = mmap(nullptr,
                         slab.slots * sizeof(StackRecord),
                         PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE,
                         -1,
                         0);
    if (records == MAP_FAILED) {
        munmap(slab.start, slab.slots * slot_bytes_);
        return false;
    }
    slab.records = static_cast<StackRecord*>(records);
    slabs_[count] = slab;
    used_of_last_ = 0;
    slab_count_.store(count + 1, std::memory_order_release);  // pairs with find()
    return true;
}

// A stack that nobody had before, or one that was given back.
bool StackPool::next_slot(Stack& stack) {
    if (!free_.empty()) {
        stack = free_.back();
        free_.pop_back();
        return true;
    }
    const std::size_t count = slab_count_.load(std::memory_order_relaxed);
    if ((count == 0 || used_of_last_ == slabs_[count - 1].slots) && !add_slab())
        return false;
    const Slab& last = slabs_[slab_count_.load(std::memory_order_relaxed) - 1];
    stack = stack_at(last, used_of_last_++);
    return true;
}

// Withholds what is below the part in use, as far as the backend needs it; `depth` is how far.
void StackPool::withhold(const Stack& stack, std::size_t depth) const {
    StackRecord& record = *stack.record;
    const std::size_t whole = stack.bytes + kPageBytes;  // with the page that is never opened
    const std::size_t to = std::min(depth, whole);
    const std::size_t from = std::max(record.withheld, record.committed);
    if (from < to)
        memory_.close(stack.top() - to, to - from);
    record.withheld = static_cast<std::uint32_t>(to);
}

// All of it usable, without a page that is never opened: neighbours share one mapping.
bool StackPool::make_plain(const Stack& stack) {
    StackRecord& record = *stack.record;
    record = {static_cast<std::uint32_t>(stack.bytes), 0, false};
    plain_.fetch_add(1, std::memory_order_relaxed);
    char* const lowest = static_cast<char*>(stack.low) - kPageBytes;
    if (memory_.backend() == StackBackend::Plain) {
        StackMemory::wall_off(lowest);
        return true;
    }
    return memory_.open(lowest, stack.bytes + kPageBytes);
}

bool StackPool::make_ready(const Stack& stack) {
    StackRecord& record = *stack.record;
    if (record.committed != 0)
        return true;
    const bool is_new = record.withheld == 0;
    if (is_new && (memory_.backend() == StackBackend::Plain ||
                   growing_.fetch_add(1, std::memory_order_relaxed) >= most_growing_))
        return make_plain(stack);
    if ((!is_new || memory_.withholds_all()) && !memory_.open(stack.top() - kPageBytes, kPageBytes))
        return false;
    record.committed = kPageBytes;
    record.grows = true;
    if (is_new && memory_.withholds_all())
        record.withheld = static_cast<std::uint32_t>(stack.bytes + kPageBytes);
    else if (is_new)
        withhold(stack, kPageBytes + kGuardWindow);
    return true;
}

Stack StackPool::take() {
    Stack stack;
    {
        const LockGuard guard(lock_);
        if (!next_slot(stack))
            return {};
    }
    if (!make_ready(stack))
        return {};
    clean_stack_for_reuse(stack.top() - stack.committed(), stack.committed());
    return stack;
}

std::size_t StackPool::shrink(const Stack& stack) {
    StackRecord& record = *stack.record;
    const std::size_t before = record.committed;
    if (!record.grows || before <= kPageBytes)
        return before;
    clean_stack_for_reuse(stack.top() - before, before);
    memory_.close(stack.top() - before, before - kPageBytes);
    record.committed = kPageBytes;
    return before;
}

void StackPool::give_back(const Stack& stack) {
    shrink(stack);
    const LockGuard guard(lock_);
    if (free_.size() >= kMostWarm && stack.record->grows) {
        clean_stack_for_reuse(stack.top() - kPageBytes, kPageBytes);
        memory_.close(stack.top() - kPageBytes, kPageBytes);
        stack.record->committed = 0;
    }
    free_.push_back(stack);
}

// --- The fault handler's

StackPool::Place StackPool::find(const void* address) {
    const auto* byte = static_cast<const char*>(address);
    for (const auto& place : pools) {
        StackPool* pool = place.load(std::memory_order_acquire);
        const std::size_t slabs =
            pool == nullptr ? 0 : pool->slab_count_.load(std::memory_order_acquire);
        for (std::size_t i = 0; i < slabs; ++i) {
            const Slab& slab = pool->slabs_[i];
            if (byte >= slab.start && byte < slab.start + slab.slots * pool->slot_bytes_) {
                const auto offset = static_cast<std::size_t>(byte - slab.start);
                return {pool, pool->stack_at(slab, offset / pool->slot_bytes_)};
            }
        }
    }
    return {};
}

StackPool::Growth StackPool::grow(const Stack& stack, const void* address, bool into_reserve) {
    StackRecord& record = *stack.record;
    const std::size_t depth =
        round_up(static_cast<std::size_t>(stack.top() - static_cast<const char*>(address)));
    if (!record.grows || depth <= record.committed)
        return Growth::Impossible;
    const std::size_t usable = into_reserve ? stack.bytes : limit_;
    if (depth > usable)
        return Growth::BeyondLimit;
    std::size_t size = std::max<std::size_t>(record.committed, kPageBytes);
    while (size < depth)
        size *= 2;
    // The limit is a size of its own, however the doubling goes.
    size = depth <= limit_ ? std::min(size, limit_) : usable;
    if (!memory_.open(stack.top() - size, size - record.committed))
        return Growth::Impossible;
    record.committed = static_cast<std::uint32_t>(size);
    if (record.withheld < size + kGuardWindow / 2 && record.withheld < stack.bytes + kPageBytes)
        withhold(stack, size + kGuardWindow);
    return Growth::Grown;
}

}  // namespace golanes::rt
