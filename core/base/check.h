#pragma once

// GOLANES_CHECK: our own invariants, on in every build. A failed check is a bug of Golanes and ends
// the process with one line; errors of the world are Result (result.h).

namespace golanes {

/// Prints what failed and where, then aborts. Threads: any. Async-signal-safe.
[[noreturn]] void check_failed(const char* what, const char* file, int line);

}  // namespace golanes

#define GOLANES_CHECK(condition, what)                           \
    do {                                                         \
        if (!(condition)) [[unlikely]]                           \
            ::golanes::check_failed((what), __FILE__, __LINE__); \
    } while (false)
