#pragma once

// this_machine(): the M this code runs on, read afresh at every call. A goroutine resumes on
// another thread, and compilers take a thread_local's address as constant within a function; an asm
// volatile load is the form none of them caches (gcc folds even a noinline accessor).

namespace golanes::rt {
struct M;
}

extern "C" {
/// Set by the engines only.
extern __thread golanes::rt::M* golanes_this_machine __attribute__((tls_model("initial-exec")));
}

namespace golanes::rt {

/// Null on threads that are not Ms. Never keep the result across anything that may park.
inline M* this_machine() {
    M* machine = nullptr;
#if defined(__x86_64__)
    asm volatile("movq golanes_this_machine@gottpoff(%%rip), %0\n\tmovq %%fs:(%0), %0"
                 : "=r"(machine));
#elif defined(__aarch64__)
    M** slot = nullptr;
    asm volatile(
        "mrs %0, tpidr_el0\n\tadrp %1, :gottprel:golanes_this_machine\n\tldr %1, [%1, "
        "#:gottprel_lo12:golanes_this_machine]\n\tldr %1, [%0, %1]"
        : "=&r"(slot), "=&r"(machine));
#else
#error "this_machine() needs its two instructions for this processor"
#endif
    return machine;
}

/// Says which M this thread is now.
void set_this_machine(M* machine);

}  // namespace golanes::rt
