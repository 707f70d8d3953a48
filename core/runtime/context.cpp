#include "core/runtime/context.h"

#include <cxxabi.h>
#include <pthread.h>

#include <boost/context/detail/fcontext.hpp>

#include "core/base/check.h"
#include "core/base/sanitizer.h"

#if defined(GOLANES_ASAN)
#include <sanitizer/asan_interface.h>
#include <sanitizer/common_interface_defs.h>
#endif
#if defined(GOLANES_TSAN)
#include <sanitizer/tsan_interface.h>
#endif

// The switch itself must not be instrumented, or ThreadSanitizer's shadow call stack under-runs.
#if defined(GOLANES_ASAN) || defined(GOLANES_TSAN)
#define GOLANES_NO_SANITIZE __attribute__((no_sanitize("thread"), no_sanitize("address"), noinline))
#else
#define GOLANES_NO_SANITIZE inline
#endif

extern "C" {
__thread std::uintptr_t* golanes_exception_globals __attribute__((tls_model("initial-exec"))) =
    nullptr;
}

namespace golanes::rt {
namespace {

GOLANES_OPAQUE std::uintptr_t* fresh_exception_globals() {
    return reinterpret_cast<std::uintptr_t*>(abi::__cxa_get_globals());
}

using boost::context::detail::fcontext_t;
using boost::context::detail::jump_fcontext;
using boost::context::detail::make_fcontext;
using boost::context::detail::transfer_t;

// A thread's caught and uncaught exceptions belong to the goroutine that runs on it. Where they are
// is asked once a thread (__cxa_get_globals is declared const: compilers would keep its answer
// across a switch), and read afresh like this_machine().
inline std::uintptr_t* exception_globals() {
    std::uintptr_t* globals = nullptr;
#if defined(__x86_64__)
    asm volatile("movq golanes_exception_globals@gottpoff(%%rip), %0\n\tmovq %%fs:(%0), %0"
                 : "=r"(globals));
#else
    globals = fresh_exception_globals();
#endif
    return globals;
}

// What the leaver tells the arriver. Lives on the leaver's stack, read before the leaver can
// resume.
struct Hop {
    void** leaver_slot;
    Context* to;
};

// The side that arrives stores where the leaver stands: before this, nobody may resume the leaver.
GOLANES_NO_SANITIZE Context* store_departed(transfer_t arrival) {
    const auto* hop = static_cast<const Hop*>(arrival.data);
    Context* self = hop->to;
    *hop->leaver_slot = arrival.fctx;
    return self;
}

GOLANES_NO_SANITIZE void first_arrival(transfer_t arrival) {
    const Context* self = store_departed(arrival);
#if defined(GOLANES_ASAN)
    __sanitizer_finish_switch_fiber(nullptr, nullptr, nullptr);
#endif
    std::uintptr_t* const globals = exception_globals();
    globals[0] = 0;
    globals[1] = 0;
    self->entry();
    check_failed("a context's entry returned", __FILE__, __LINE__);
}

// jump_fcontext() without a call instruction. It leaves by a jump, so a call would put one address
// too many on the processor's stack of return addresses, and every return of the functions around
// us would be predicted wrongly: about 5 ns each. This file is built without a red zone, which the
// push would overwrite.
GOLANES_NO_SANITIZE transfer_t jump_balanced(fcontext_t to, void* data) {
#if defined(__x86_64__)
    transfer_t arrival{};
    asm volatile(
        "leaq 1f(%%rip), %%rax\n\t"
        "pushq %%rax\n\t"
        "jmp *jump_fcontext@GOTPCREL(%%rip)\n"
        "1:"
        : "=a"(arrival.fctx), "=d"(arrival.data), "+D"(to), "+S"(data)
        :
        : "rcx",
          "r8",
          "r9",
          "r10",
          "r11",
          "cc",
          "memory",
          "xmm0",
          "xmm1",
          "xmm2",
          "xmm3",
          "xmm4",
          "xmm5",
          "xmm6",
          "xmm7",
          "xmm8",
          "xmm9",
          "xmm10",
          "xmm11",
          "xmm12",
          "xmm13",
          "xmm14",
          "xmm15");
    return arrival;
#else
    return jump_fcontext(to, data);
#endif
}

GOLANES_NO_SANITIZE void jump(Context& from, Context& to, [[maybe_unused]] Departure departure) {
    Hop hop{&from.saved, &to};
#if defined(GOLANES_ASAN)
    __sanitizer_start_switch_fiber(
        departure == Departure::Dies ? nullptr : &from.fake_stack, to.stack_low, to.stack_bytes);
#endif
#if defined(GOLANES_TSAN)
    __tsan_switch_to_fiber(to.tsan_fiber, 0);
#endif
    store_departed(jump_balanced(to.saved, &hop));
#if defined(GOLANES_ASAN)
    __sanitizer_finish_switch_fiber(from.fake_stack, nullptr, nullptr);
#endif
}

}  // namespace

void make_context(Context& context, void* stack_low, std::size_t stack_bytes, void (*entry)()) {
    context.stack_low = stack_low;
    context.stack_bytes = stack_bytes;
    context.entry = entry;
    context.saved =
        make_fcontext(static_cast<char*>(stack_low) + stack_bytes, stack_bytes, first_arrival);
#if defined(GOLANES_TSAN)
    context.tsan_fiber = __tsan_create_fiber(0);
#endif
}

void adopt_thread_stack(Context& context) {
    pthread_attr_t attributes;
    GOLANES_CHECK(pthread_getattr_np(pthread_self(), &attributes) == 0,
                  "the thread knows its stack");
    pthread_attr_getstack(&attributes, &context.stack_low, &context.stack_bytes);
    pthread_attr_destroy(&attributes);
    golanes_exception_globals = fresh_exception_globals();
#if defined(GOLANES_TSAN)
    context.tsan_fiber = __tsan_get_current_fiber();
#endif
}

void switch_context(Context& from, Context& to, Departure departure) {
    const std::uintptr_t* left = exception_globals();
    from.exceptions[0] = left[0];
    from.exceptions[1] = left[1];
    jump(from, to, departure);
    std::uintptr_t* const found = exception_globals();  // maybe another thread's
    found[0] = from.exceptions[0];
    found[1] = from.exceptions[1];
}

void forget_context([[maybe_unused]] Context& context) {
#if defined(GOLANES_TSAN)
    if (context.tsan_fiber != nullptr)
        __tsan_destroy_fiber(context.tsan_fiber);
    context.tsan_fiber = nullptr;
#endif
    context.saved = nullptr;
}

void clean_stack_for_reuse([[maybe_unused]] void* stack_low,
                           [[maybe_unused]] std::size_t stack_bytes) {
#if defined(GOLANES_ASAN)
    __asan_unpoison_memory_region(stack_low, stack_bytes);
#endif
}

}  // namespace golanes::rt
