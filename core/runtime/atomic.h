#pragma once
// Atomic<T>: package sync/atomic. In contrast to Shared<T>, whose accesses order nothing, these are
// sequentially consistent: all goroutines see all of them in one order, and what was written before
// a store is seen after a load that found it.
#include <atomic>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "core/runtime/runtime.h"
#include "core/runtime/shared.h"

namespace golanes::rt {

/// An atomic variable: an integer, a bool or a pointer. The event of a pointer says only whether it
/// is null, because an address differs from run to run.
/// Threads: any goroutine.
template <typename T>
class Atomic : private SharedBase {
    static_assert((std::is_integral_v<T> || std::is_pointer_v<T>)&&sizeof(T) <= 8,
                  "Atomic<T> holds an integer, a bool or a pointer");
    static constexpr bool kIsNumber = std::is_integral_v<T> && !std::is_same_v<T, bool>;

 public:
    explicit Atomic(std::string_view name = {}, T value = {}, const Where& where = Where::here())
        : SharedBase(trace::ObjectKind::Atomic, name, where), value_(value) {}

    T load(const Where& where = Where::here()) const {
        poll(where);
        const T value = value_.load();
        record_read(shown(value), where);
        return value;
    }

    void store(T value, const Where& where = Where::here()) {
        poll(where);
        value_.store(value);
        record_write(shown(value), where);
    }

    /// Returns the value before.
    T swap(T value, const Where& where = Where::here()) {
        poll(where);
        const T before = value_.exchange(value);
        record_update(shown(value), where);
        return before;
    }

    /// Stores `wanted` if it holds `expected`; says whether it did.
    bool compare_and_swap(T expected, T wanted, const Where& where = Where::here()) {
        poll(where);
        const bool swapped = value_.compare_exchange_strong(expected, wanted);
        if (swapped)
            record_update(shown(wanted), where);
        else
            record_read(shown(expected), where);
        return swapped;
    }

    /// Returns the value after, as Go's Add does. Wraps around.
    T add(T delta, const Where& where = Where::here()) requires kIsNumber {
        poll(where);
        // The library's atomic integers wrap around; the plain sum here would not.
        using Bits = std::make_unsigned_t<T>;
        const T after =
            static_cast<T>(static_cast<Bits>(value_.fetch_add(delta)) + static_cast<Bits>(delta));
        record_update(shown(after), where);
        return after;
    }

    /// Clears the bits that `mask` has not; returns the value before.
    T and_bits(T mask, const Where& where = Where::here()) requires kIsNumber {
        poll(where);
        const T before = value_.fetch_and(mask);
        record_update(shown(static_cast<T>(before & mask)), where);
        return before;
    }

    /// Sets the bits of `mask`; returns the value before.
    T or_bits(T mask, const Where& where = Where::here()) requires kIsNumber {
        poll(where);
        const T before = value_.fetch_or(mask);
        record_update(shown(static_cast<T>(before | mask)), where);
        return before;
    }

    /// The value, without an event: for results and checks.
    [[nodiscard]] T peek() const { return value_.load(); }

 private:
    static std::uint64_t shown(T value) {
        if constexpr (std::is_pointer_v<T>)
            return value != nullptr ? 1 : 0;
        else
            return static_cast<std::uint64_t>(value);
    }

    std::atomic<T> value_;
};

}  // namespace golanes::rt
