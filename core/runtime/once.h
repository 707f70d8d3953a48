#pragma once
// Once: something that is done a single time, however many goroutines ask for it.
#include <atomic>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include "core/runtime/mutex.h"
#include "core/runtime/runtime.h"

namespace golanes::rt {

/// sync.Once.
/// Threads: any goroutine. Lifetime: outlives every call.
class Once {
 public:
    explicit Once(std::string_view name = {}, const Where& where = Where::here());

    /// Runs f if this is the first call; returns when that first f is over. It counts as done also
    /// when f panics. A call from within f waits for itself: a deadlock, as in Go.
    template <typename F>
    void call(F&& f, const Where& where = Where::here()) {
        // Acquire pairs with the release in mark_done(): what f did is seen here.
        if (!is_done_.load(std::memory_order_acquire)) [[unlikely]]
            call_slow(std::forward<F>(f), where);
    }

 private:
    // Deferred, as in Go: a panic passes through both, the mark first, then the unlock.
    template <typename F>
    void call_slow(F&& f, const Where& where) {
        if (!enter(where))
            return;
        const Defer leave([this, &where] { mutex_.unlock(where); });
        if (is_done_.load(std::memory_order_relaxed))  // the mutex orders it
            return;
        const Defer done([this] { mark_done(); });
        std::forward<F>(f)();
    }

    /// Takes the mutex. False: the run is being unwound.
    bool enter(const Where& where);

    void mark_done() { is_done_.store(true, std::memory_order_release); }  // pairs with call()

    std::atomic<bool> is_done_{false};
    Mutex mutex_;
};

/// Panics with what the first call panicked with, throws what it threw; after a Goexit panics with
/// nil, as Go does. Ends a goroutine that is being unwound.
[[noreturn]] void fail_again(const std::optional<PanicValue>& panicked,
                             const std::exception_ptr& thrown,
                             const Where& where);

/// What the copies of a once_func() or once_value() share: f, and what became of it.
template <typename T>
class OnceResult {
    struct Nothing {};

    using Value = std::conditional_t<std::is_void_v<T>, Nothing, T>;

 public:
    OnceResult(std::function<T()> f, const Where& where) : once_({}, where), f_(std::move(f)) {}

    /// Runs f in the first call. Throws what f threw, in every call.
    const Value& get(const Where& where) {
        once_.call([this] { run(); }, where);
        if (!value_)
            fail_again(panicked_, thrown_, where);
        return *value_;
    }

 private:
    void run() {
        const Defer again([this] {
            if (!value_ && thrown_ == nullptr && (panicked_ = recover()))
                panic(*panicked_);
        });
        try {
            if constexpr (std::is_void_v<T>) {
                f_();
                value_.emplace();
            } else {
                value_.emplace(f_());
            }
        } catch (const std::exception&) {
            thrown_ = std::current_exception();
            throw;
        }
        f_ = nullptr;  // what it holds on to is needed no more
    }

    Once once_;
    std::function<T()> f_;
    std::optional<Value> value_;
    std::optional<PanicValue> panicked_;
    std::exception_ptr thrown_;
};

/// sync.OnceFunc: a function that runs f at its first call only. If f panics, every call panics
/// with the same value.
inline std::function<void()> once_func(std::function<void()> f,
                                       const Where& where = Where::here()) {
    return [result = std::make_shared<OnceResult<void>>(std::move(f), where), where] {
        result->get(where);
    };
}

/// sync.OnceValue: a function that returns what f returned at its first call. If f panics, every
/// call panics with the same value.
template <typename F, typename T = std::invoke_result_t<F>>
std::function<T()> once_value(F f, const Where& where = Where::here()) {
    return
        [result = std::make_shared<OnceResult<T>>(std::function<T()>(std::move(f)), where), where] {
            return result->get(where);
        };
}

}  // namespace golanes::rt
