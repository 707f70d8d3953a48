#pragma once
// What happens when a goroutine touches its stack below the part in use: the handler of SIGSEGV and
// SIGBUS opens more of it and goes on, or lays the goroutine to rest when its limit is reached.
// Faults elsewhere go to whoever handled the signals before.
//
// The fault may have hit anywhere, inside Emitter::put too: growth is noted in the M and told at
// its next visit to the scheduler.
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

#include "core/base/ids.h"
#include "core/trace/event.h"

namespace golanes::rt {

/// A change of a stack's size that no event tells of yet.
struct StackNote {
    GoroutineId goroutine = 0;
    trace::StackChange change = trace::StackChange::Grown;
    std::uint32_t before = 0;
    std::uint32_t now = 0;
};

/// The notes of one M. A goroutine's last visit tells them before it leaves, and between 4 KB and
/// 1 GB a stack doubles 18 times.
/// Threads: its M's, and the handlers that interrupt it.
struct StackNotes {
    static constexpr std::uint32_t kMost = 24;

    /// Relaxed: one thread and its handlers.
    std::atomic<std::uint32_t> count{0};
    std::array<StackNote, kMost> notes;

    void add(const StackNote& note) {
        const std::uint32_t at = count.load(std::memory_order_relaxed);
        if (at == kMost) {  // the last one tells of both
            notes[kMost - 1].now = note.now;
            return;
        }
        notes[at] = note;
        // A handler between the two lines would be overwritten: the fence is the compiler's.
        std::atomic_signal_fence(std::memory_order_release);
        count.store(at + 1, std::memory_order_relaxed);
    }
};

/// The stack on which a thread that runs goroutines handles signals, and above it one on which a
/// goroutine without a stack ends. While it lives, the thread has them.
class SignalStack {
 public:
    SignalStack();
    ~SignalStack();
    SignalStack(const SignalStack&) = delete;
    SignalStack& operator=(const SignalStack&) = delete;

    /// The upper end of the emergency stack.
    [[nodiscard]] void* emergency_top() const;

 private:
    void* memory_ = nullptr;
    void* before_ = nullptr;
    std::size_t before_bytes_ = 0;
    int before_flags_ = 0;
};

/// Puts the handler before whoever handles SIGSEGV and SIGBUS now. May be called again, and does
/// nothing while it stands in front. Threads: the owner's, before any M runs.
void install_stack_fault_handler();

/// Whether a fault at `address` is one of a stack that is used up. Async-signal-safe.
bool is_beyond_stack_limit(const void* address);

}  // namespace golanes::rt
