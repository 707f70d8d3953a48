#pragma once
// What a goroutine keeps about its functions, their deferred calls and its panics. For the runtime
// only; what scenarios call is in panic.h.
#include <string>

namespace golanes::rt {

struct DeferNode;
struct Frame;

/// A panic in progress, or a Goexit: both run deferred functions. Lives on the stack of the call
/// that began it.
struct PanicRecord {
    std::string text;
    bool is_goexit = false;
    bool is_final = false;   ///< Raised by a destructor while an exception passes: no way back.
    bool is_unseen = false;  ///< A C++ exception on its way: nobody can look at it.
    bool recovered = false;
    PanicRecord* link = nullptr;  ///< The one before it, whose deferred function began this one.
    int depth = 0;                ///< Of the function that began it.
    Frame* call = nullptr;        ///< The deferred function it runs now.
};

/// A function that a recovered panic can return from: a goroutine's body, what recovering() was
/// given, a deferred function.
struct Frame {
    Frame* outer = nullptr;
    PanicRecord* run_by = nullptr;  ///< A deferred function's: the panic that runs it, if any.
    int depth = 1;
    int uncaught = 0;  ///< C++ exceptions on their way when it was entered.
};

/// Threads: its goroutine's only.
struct PanicState {
    Frame* frame = nullptr;       ///< The innermost function.
    DeferNode* defers = nullptr;  ///< The latest deferred call of all functions.
    PanicRecord* panics = nullptr;
    /// Where to go on once the C++ exception that is on its way was caught: it could not be
    /// replaced while it passed.
    Frame* resumes_at = nullptr;
    bool exits = false;  ///< Goexit has run all deferred functions.
};

}  // namespace golanes::rt
