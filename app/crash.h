#pragma once
// Crash reports of a run: a goroutine that faults takes its process with it; before that, one line
// says which goroutine it was and why, on stderr and in the control page for the watcher.
#include <cstdint>
#include <string>

#include "core/trace/region.h"

namespace golanes::app {

enum class AfterCrash {
    Exit1,   ///< Headless runs: the line, then exit code 1.
    Reraise  ///< The window's child: the signal goes on to end the process.
};

/// With --json: what the handler of a headless run prints to stdout around the message, so that a
/// crashed run too yields one JSON object. Call before install_crash_handler().
void set_crash_json(std::string head, std::string tail);

/// Catches SIGSEGV, SIGBUS, SIGFPE, SIGILL and SIGABRT. Threads: call before any M exists.
void install_crash_handler(trace::Control& control, AfterCrash after);

/// "division by zero (SIGFPE)", "stack overflow (SIGSEGV)".
std::string crash_words(int signal, bool is_overflow);

}  // namespace golanes::app
