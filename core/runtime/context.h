#pragma once
// Context: a stack that is not running, and the one switch between two of them. The only place that
// knows Boost (context.cpp). Sanitizers are told of every switch here.
#include <cstddef>
#include <cstdint>

namespace golanes::rt {

/// What a switch saves that is not on the stack. Address-stable while it is switched out.
struct Context {
    void* saved = nullptr;      ///< Boost's fcontext. Written by the side that arrives elsewhere.
    void* stack_low = nullptr;  ///< Bounds of its stack, for the sanitizers.
    std::size_t stack_bytes = 0;
    void* fake_stack = nullptr;             ///< AddressSanitizer's.
    void* tsan_fiber = nullptr;             ///< ThreadSanitizer's.
    void (*entry)() = nullptr;              ///< What the first arrival calls.
    std::uintptr_t exceptions[2] = {0, 0};  ///< __cxa_get_globals of whoever runs here.
};

enum class Departure { Returns, Dies };

/// Fills `context` so that the first switch to it calls entry() on the given stack. entry
/// must never return. Undo with forget_context().
void make_context(Context& context, void* stack_low, std::size_t stack_bytes, void (*entry)());

/// Describes the calling thread's own stack, so that others may switch to it.
void adopt_thread_stack(Context& context);

/// Leaves `from` and continues `to`. Returns when somebody switches to `from` again, maybe on
/// another thread. Whoever arrives has stored where `from` stands before anything else happens
/// there.
void switch_context(Context& from, Context& to, Departure departure);

/// Frees what the sanitizers hold for a context that will never run again. Not for running ones.
void forget_context(Context& context);

/// Tells AddressSanitizer that a stack starts afresh (its last user may have left poison behind).
void clean_stack_for_reuse(void* stack_low, std::size_t stack_bytes);

}  // namespace golanes::rt
