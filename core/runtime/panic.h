#pragma once
// Panics for scenarios: Defer, panic, recover, recovering, goexit. Part of runtime.h.
//
// As in Go, panic() runs the goroutine's deferred functions on top of the function that panicked,
// the latest first, before any frame is left. The function whose deferred function called recover()
// then returns to its caller. C++ has no place where a function returns, so a function that wants
// to recover says so:
//
//     int safe_divide(int a, int b) {                     func safeDivide(a, b int) (result int) {
//         int result = 0;
//         recovering([&] {
//             Defer later([&] {                               defer func() {
//                 if (recover())                                  if recover() != nil {
//                     result = -1;                                    result = -1
//             });                                             }}()
//             result = divide(a, b);                          return divide(a, b)
//         });
//         return result;                                  }
//     }
//
// A goroutine's body and a deferred function are such functions without saying so. A Defer in any
// other function belongs to the nearest of these around it, yet runs at the end of its C++ scope.
//
// C++ exceptions are panics too, but their frames are left while they fly: a deferred function runs
// in a destructor then, recover() knows no words of it, and the recovered function returns once
// recovering() has caught it. Destructors must not panic. catch (...) must rethrow.
#include <concepts>
#include <cstddef>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/trace/where.h"

namespace golanes::rt {

using trace::Where;

struct Frame;

/// What panic() was called with, as Go prints it: words, an error, a number, true, nil.
class PanicValue {
 public:
    PanicValue(const char* text)
        : text_(text) {}  // NOLINT(google-explicit-constructor): panic("x")

    // NOLINTNEXTLINE(google-explicit-constructor)
    PanicValue(std::string text) : text_(std::move(text)) {}

    // NOLINTNEXTLINE(google-explicit-constructor)
    PanicValue(std::string_view text) : text_(text) {}

    // NOLINTNEXTLINE(google-explicit-constructor)
    PanicValue(const std::exception& error) : text_(error.what()) {}

    // NOLINTNEXTLINE(google-explicit-constructor)
    PanicValue(std::nullptr_t);

    // NOLINTNEXTLINE(google-explicit-constructor)
    PanicValue(bool value) : text_(value ? "true" : "false") {}

    // NOLINTNEXTLINE(google-explicit-constructor)
    PanicValue(double value);

    template <std::integral T>
    // NOLINTNEXTLINE(google-explicit-constructor)
    PanicValue(T value) : text_(std::to_string(value)) {}

    [[nodiscard]] const std::string& text() const { return text_; }

 private:
    std::string text_;
};

/// Panics: runs the goroutine's deferred functions, the latest first; unless one of them recovers,
/// ends the run with "panic: ..." and the goroutine's place.
[[noreturn]] void panic(const PanicValue& value, const Where& where = Where::here());

/// Stops the panic that runs the calling deferred function and yields its value: the function that
/// deferred it then returns to its caller. Nothing outside of that, during goexit(), and in a
/// function that the deferred one has deferred or runs by recovering().
std::optional<PanicValue> recover(const Where& where = Where::here());

/// Ends the calling goroutine after its deferred functions: runtime.Goexit. In main the others go
/// on.
[[noreturn]] void goexit(const Where& where = Where::here());

/// One deferred call, for Defer. A link of its goroutine's chain.
struct DeferNode {
    std::function<void()> f;
    DeferNode* below = nullptr;
    Frame* frame = nullptr;  ///< The function it belongs to.
    int uncaught = 0;        ///< C++ exceptions on their way when it was deferred.
    bool is_due = true;
};

/// Defers a function to the end of the scope, or to a panic or goexit() before that: `defer f()`.
/// It may panic and recover. It does not run when the run has ended, as in Go.
/// Lifetime: a local variable of one goroutine.
class Defer {
 public:
    explicit Defer(std::function<void()> f);
    ~Defer() noexcept(false);
    Defer(const Defer&) = delete;
    Defer& operator=(const Defer&) = delete;

 private:
    DeferNode node_;
};

namespace detail {
void run_function(const std::function<void()>& f);
}

/// Runs `f` as a function that its deferred functions can recover: a recovered panic returns from
/// here. The result of a recovered `f` is that of T{}, as a Go function's unnamed one.
template <std::invocable F>
auto recovering(F&& f) -> std::invoke_result_t<F> {
    using T = std::invoke_result_t<F>;
    if constexpr (std::is_void_v<T>) {
        detail::run_function([&f] { f(); });
    } else {
        T result{};
        detail::run_function([&] { result = f(); });
        return result;
    }
}

}  // namespace golanes::rt
