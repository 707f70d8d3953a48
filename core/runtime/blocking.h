#pragma once
// blocking: calls that block in the kernel. The goroutine keeps its thread (M) inside the call, its
// P goes on to other goroutines; when the call returns the goroutine takes a P again or queues for
// one. Pipes are in pipe.h. This is no network poller: each blocked goroutine costs a thread.
//
// The virtual engine has no kernel. There blocking(f) runs f at once, in zero virtual time: f must
// not wait for another goroutine of the run, or the whole run stands still with it. What takes
// time is said with blocking_sleep and Pipe, which know virtual time.
//
// The end of a run does not wait for a call: the calls below and those of retry_call() return at
// once (a signal interrupts them; the goroutine is then killed like any other). A body of one's own
// that does not return within 2 s leaves the run stuck (RunReport::is_stuck).
//
// Threads: all calls are for goroutines.
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

#include "core/base/time.h"
#include "core/trace/where.h"

namespace golanes::rt {

using trace::Where;

namespace detail {

void enter_call(const Where& where);
void leave_call();
/// True once a call that was interrupted is to give up: the run is over.
bool calls_are_over();

}  // namespace detail

/// Runs `f`, which may block in the kernel, while the goroutine's P serves others. Returns what f
/// returns; what f throws goes on to the caller once the goroutine has a P again.
/// Requires: f calls nothing of the runtime, and keeps no lock when it returns that needs this
/// thread. errno is lost: f returns it by value.
template <typename F>
std::invoke_result_t<F&> blocking(F f, const Where& where = Where::here()) {
    using Value = std::invoke_result_t<F&>;
    std::exception_ptr thrown;
    detail::enter_call(where);
    const auto go_on = [&thrown] {
        detail::leave_call();
        if (thrown != nullptr)
            std::rethrow_exception(std::move(thrown));
    };
    if constexpr (std::is_void_v<Value>) {
        try {
            f();
        } catch (...) {
            thrown = std::current_exception();
        }
        go_on();
    } else {
        std::optional<Value> value;
        try {
            value.emplace(f());
        } catch (...) {
            thrown = std::current_exception();
        }
        go_on();
        return std::move(*value);
    }
}

/// What a system call came to.
struct CallResult {
    std::int64_t value = -1;  ///< What it returned: bytes, mostly.
    int error = 0;            ///< The errno of a call that failed; 0: none.

    [[nodiscard]] bool ok() const { return error == 0; }
};

/// Runs `f`, a system call that returns -1 and errno when it fails, again and again while it is
/// interrupted (EINTR). Inside blocking(); there errno is still this thread's.
/// Errors: EINTR when the run is over.
template <typename F>
[[gnu::noinline]] CallResult retry_call(F f) {
    for (;;) {
        errno = 0;
        if (const auto value = static_cast<std::int64_t>(f()); value >= 0)
            return {value, 0};
        const int error = errno;
        if (error != EINTR || detail::calls_are_over())
            return {-1, error};
    }
}

/// A system call as a blocking call: blocking() of retry_call().
template <typename F>
CallResult blocking_call(F f, const Where& where = Where::here()) {
    return blocking([&f] { return retry_call(f); }, where);
}

/// Sleeps in the kernel: the thread is away for `duration`, where sleep() would only park the
/// goroutine. Zero or less: a call that returns at once.
void blocking_sleep(DurationNs duration, const Where& where = Where::here());

/// Reads up to into.size() bytes of an open descriptor, as read(2).
CallResult blocking_read(int descriptor,
                         std::span<std::byte> into,
                         const Where& where = Where::here());

/// Writes up to from.size() bytes to an open descriptor, as write(2).
CallResult blocking_write(int descriptor,
                          std::span<const std::byte> from,
                          const Where& where = Where::here());

/// Reads a whole file into `text` in one blocking call.
/// Errors: the errno of open or read; `text` holds what came before it.
CallResult read_file(const std::string& path,
                     std::string& text,
                     const Where& where = Where::here());

}  // namespace golanes::rt
