#pragma once
// StackPool: stacks for goroutines. A stack has a reservation of addresses, one page of memory at
// birth, and grows when it is touched below that, doubling; its addresses never move. What is taken
// back stays warm for the next goroutine. How pages are withheld is StackMemory's; who handles the
// touch is stack_fault.cpp.
//
// One place of a stack, from low to high: a page that is never opened; a reserve beyond the limit,
// for code that must not be interrupted there (the runtime, malloc); the reservation, used from its
// upper end.
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "core/base/lock.h"
#include "core/runtime/stack_memory.h"

namespace golanes::rt {

inline constexpr std::size_t kStandardStackBytes = std::size_t{256} << 10;
inline constexpr std::size_t kLeastStackBytes = std::size_t{16} << 10;
inline constexpr std::size_t kMostStackBytes = std::size_t{1} << 30;
/// A stack above this size is shrunk when its goroutine ends.
inline constexpr std::size_t kWarmStackBytes = std::size_t{16} << 10;

struct StackOptions {
    /// What a goroutine may use, rounded up to pages: its limit. At least 16 KB, at most 1 GB.
    std::size_t bytes = kStandardStackBytes;
    StackBackends allowed = kAllStackBackends;  ///< Tests deny the better ones.
};

/// What changes of a stack while it is in use. Its goroutine's thread alone, handler included.
struct StackRecord {
    std::uint32_t committed = 0;  ///< Bytes usable, from the top. 0: not even the first page.
    std::uint32_t withheld = 0;   ///< Down to here, from the top, a touch is told to us.
    bool grows = false;           ///< False: usable as a whole, growth is not seen.
};

struct Stack {
    void* low = nullptr;  ///< Lowest byte of the reserve.
    std::size_t bytes = 0;
    StackRecord* record = nullptr;

    [[nodiscard]] char* top() const { return static_cast<char*>(low) + bytes; }

    [[nodiscard]] std::size_t committed() const { return record->committed; }
};

/// Threads: any. `bytes` of Stack is limit() and the reserve.
class StackPool {
 public:
    explicit StackPool(const StackOptions& options);
    ~StackPool();
    StackPool(const StackPool&) = delete;
    StackPool& operator=(const StackPool&) = delete;

    /// A stack, warm or new. An empty one when the machine has no more memory to reserve.
    Stack take();
    /// Only its first page stays warm, and that of the first 16,384 only.
    void give_back(const Stack& stack);
    /// Gives all but its first page back to the kernel. Returns how many bytes it had.
    std::size_t shrink(const Stack& stack);

    [[nodiscard]] std::size_t limit() const { return limit_; }

    [[nodiscard]] StackBackend backend() const { return memory_.backend(); }

    /// Stacks made that do not grow, because the kernel has no more mappings (mprotect only).
    [[nodiscard]] std::size_t plain_stacks() const {
        return plain_.load(std::memory_order_relaxed);
    }

    // --- For the fault handler: async-signal-safe.

    /// A place in some pool, found by an address within it.
    struct Place {
        StackPool* pool = nullptr;  ///< Null: not in any stack.
        Stack stack;
    };

    static Place find(const void* address);

    /// What a touch at `address` came to.
    enum class Growth : std::uint8_t { Grown, BeyondLimit, Impossible };

    /// Opens the stack down to `address`, and to twice its size if that is more. `into_reserve`:
    /// past the limit, too. Requires: its goroutine runs on this thread.
    Growth grow(const Stack& stack, const void* address, bool into_reserve);

 private:
    struct Slab {
        char* start = nullptr;
        std::size_t slots = 0;
        StackRecord* records = nullptr;
    };

    [[nodiscard]] Stack stack_at(const Slab& slab, std::size_t slot) const;
    [[nodiscard]] bool next_slot(Stack& stack) GOLANES_REQUIRES(lock_);
    bool add_slab() GOLANES_REQUIRES(lock_);
    bool make_ready(const Stack& stack);
    bool make_plain(const Stack& stack);
    void withhold(const Stack& stack, std::size_t depth) const;

    static constexpr std::size_t kMostSlabs = 1024;

    StackMemory memory_;
    std::size_t limit_;
    std::size_t slot_bytes_;
    std::size_t most_growing_;  ///< By the number of mappings a process may have.
    Lock lock_;
    std::vector<Stack> free_ GOLANES_GUARDED_BY(lock_);
    std::size_t used_of_last_ GOLANES_GUARDED_BY(lock_) = 0;
    std::unique_ptr<Slab[]> slabs_;
    std::atomic<std::size_t> slab_count_{
        0};  ///< Release after a slab is written: find() has no lock.
    std::atomic<std::size_t> growing_{0};
    std::atomic<std::size_t> plain_{0};
};

}  // namespace golanes::rt
