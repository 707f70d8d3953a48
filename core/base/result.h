#pragma once
// Result<T>: a value or one readable error. For failures of the world (files, arguments, damaged
// traces), never for our own mistakes: those are GOLANES_CHECK (check.h).
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

#include "core/base/check.h"

namespace golanes {

/// An error a person can act on: what happened, where, and what to do, in one line.
struct Error {
    std::string message;
};

/// Holds either a T or an Error. Threads: as safe as the T inside.
template <typename T>
class [[nodiscard]] Result {
 public:
    // NOLINTNEXTLINE(google-explicit-constructor): return sites stay readable
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}

    // NOLINTNEXTLINE(google-explicit-constructor): return sites stay readable
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] bool ok() const { return state_.index() == 0; }

    explicit operator bool() const { return ok(); }

    /// The value. Requires: ok().
    T& value() & {
        GOLANES_CHECK(ok(), "value() of a failed Result");
        return std::get<0>(state_);
    }

    const T& value() const& {
        GOLANES_CHECK(ok(), "value() of a failed Result");
        return std::get<0>(state_);
    }

    T&& value() && {
        GOLANES_CHECK(ok(), "value() of a failed Result");
        return std::get<0>(std::move(state_));
    }

    T& operator*() & { return value(); }

    T* operator->() { return &value(); }

    const T* operator->() const { return &value(); }

    /// The error. Requires: !ok().
    [[nodiscard]] const Error& error() const {
        GOLANES_CHECK(!ok(), "error() of a good Result");
        return std::get<1>(state_);
    }

 private:
    std::variant<T, Error> state_;
};

/// The result of an action that yields nothing but success.
struct Done {};

using Status = Result<Done>;

}  // namespace golanes
