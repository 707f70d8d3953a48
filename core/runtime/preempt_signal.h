#pragma once

// Preemption by signal: how a goroutine that computes without calling the runtime gives way. Sysmon
// sends SIGURG to its thread; where the program's own code was interrupted, on the goroutine's
// stack and under no lock of ours, the handler makes it look as if that code had called
// golanes_async_preempt (preempt_amd64.S), which saves all registers and yields. Anywhere else it
// does nothing, and sysmon asks again.
//
// The vector registers (2.4 KB with AVX-512) are saved off the goroutine's stack, or each one
// preempted on its first page would show a growth that is none of its own.

namespace golanes::rt {

struct M;

/// Whether this build and this processor can: x86-64 with XSAVEC, and no ThreadSanitizer (it keeps
/// signals back until the next call that it knows).
bool can_preempt_by_signal();

/// Installs the handler of SIGURG. May be called again. Threads: the owner's, before any M runs.
void install_preempt_handler();

/// Interrupts the thread of m, unless a signal is on its way to it. Requires: the thread lives.
void send_preempt_signal(M& m);

/// Room for the registers of a goroutine that was interrupted. Null where can_preempt_by_signal()
/// is false.
void* make_processor_state();
void free_processor_state(void* state);

}  // namespace golanes::rt
