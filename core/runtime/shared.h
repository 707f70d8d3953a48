#pragma once
// Shared<T>: a variable that goroutines share without a lock, made visible. Every access is a
// relaxed atomic one: the lost update of a race is preserved, and yet the program is defined C++.
#include <atomic>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "core/base/ids.h"
#include "core/runtime/runtime.h"
#include "core/trace/event.h"

namespace golanes::rt {

/// Untyped half of Shared<T> and Atomic<T>: number, name and events.
class SharedBase {
 protected:
    SharedBase(trace::ObjectKind kind, std::string_view name, const Where& where);
    /// Gives way if the world is to stop.
    static void poll(const Where& where);
    void record_read(std::uint64_t value, const Where& where) const;
    void record_write(std::uint64_t value, const Where& where) const;
    void record_update(std::uint64_t value, const Where& where) const;

 private:
    ObjectId id_;
};

/// A shared variable of a small integer type. There is no ++ on purpose: write load and store to
/// show a race, or fetch_add, exchange, compare_exchange for one atomic step.
template <typename T>
class Shared : private SharedBase {
    static_assert(std::is_integral_v<T> && sizeof(T) <= 8,
                  "Shared<T> holds an integer of at most 8 bytes");

 public:
    explicit Shared(std::string_view name, T value = {}, const Where& where = Where::here())
        : SharedBase(trace::ObjectKind::Shared, name, where), value_(value) {}

    // Relaxed throughout: these accesses stand for the plain ones of a racy program and order
    // nothing.
    T load(const Where& where = Where::here()) const {
        const T value = value_.load(std::memory_order_relaxed);
        record_read(static_cast<std::uint64_t>(value), where);
        return value;
    }

    void store(T value, const Where& where = Where::here()) {
        value_.store(value, std::memory_order_relaxed);
        record_write(static_cast<std::uint64_t>(value), where);
    }

    /// One atomic step; returns the value before.
    T fetch_add(T delta, const Where& where = Where::here()) {
        const T before = value_.fetch_add(delta, std::memory_order_relaxed);
        const auto after = before + delta;
        record_update(static_cast<std::uint64_t>(after), where);
        return before;
    }

    /// One atomic step; returns the value before.
    T exchange(T value, const Where& where = Where::here()) {
        const T before = value_.exchange(value, std::memory_order_relaxed);
        record_update(static_cast<std::uint64_t>(value), where);
        return before;
    }

    /// One atomic step: stores `wanted` if it holds `expected`. Else puts into `expected` what it
    /// holds and returns false.
    bool compare_exchange(T& expected, T wanted, const Where& where = Where::here()) {
        const bool stored =
            value_.compare_exchange_strong(expected, wanted, std::memory_order_relaxed);
        if (stored)
            record_update(static_cast<std::uint64_t>(wanted), where);
        else
            record_read(static_cast<std::uint64_t>(expected), where);
        return stored;
    }

    /// The value, without an event: for results and checks.
    [[nodiscard]] T peek() const { return value_.load(std::memory_order_relaxed); }

 private:
    std::atomic<T> value_;
};

}  // namespace golanes::rt
