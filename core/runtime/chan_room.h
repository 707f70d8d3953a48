#pragma once
// ChanRoom<T>: room for one element of a Chan<T> on a goroutine's stack, and how channels keep it.
//
// Elements are moved under the channel's lock, where nothing may throw. One whose move may throw
// (or whose alignment is extraordinary) lives in a box of its own, and only the box is moved: it is
// filled before the channel is touched and emptied after.
#include <cstddef>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "core/runtime/chan_core.h"

namespace golanes::rt {

template <typename T>
class ChanRoom {
    static_assert(sizeof(T) < 65536, "channel element type too large (>64kB)");

    static constexpr bool kIsBoxed = !std::is_nothrow_move_constructible_v<T> ||
                                     !std::is_nothrow_destructible_v<T> ||
                                     alignof(T) > alignof(std::max_align_t);
    using Stored = std::conditional_t<kIsBoxed, std::unique_ptr<T>, T>;

    static void relocate(void* to, void* from) noexcept {
        auto* const source = std::launder(static_cast<Stored*>(from));
        ::new (to) Stored(std::move(*source));
        source->~Stored();
    }

    static void destroy(void* element) noexcept {
        std::launder(static_cast<Stored*>(element))->~Stored();
    }

 public:
    /// Empty: to receive into.
    ChanRoom() = default;

    /// Holds a value to send.
    explicit ChanRoom(T&& value) {
        if constexpr (kIsBoxed)
            ::new (bytes_) Stored(std::make_unique<T>(std::move(value)));
        else
            ::new (bytes_) Stored(std::move(value));
        element_.is_full = true;
    }

    ~ChanRoom() { clear(); }

    ChanRoom(const ChanRoom&) = delete;
    ChanRoom& operator=(const ChanRoom&) = delete;

    [[nodiscard]] ChanElement& element() { return element_; }

    /// Destroys the value, if there is one.
    void clear() {
        if (std::exchange(element_.is_full, false))
            stored()->~Stored();
    }

    /// The value received. Requires: there is one.
    [[nodiscard]] T& value() {
        if constexpr (kIsBoxed)
            return **stored();
        else
            return *stored();
    }

    static constexpr bool kIsBytes = std::is_trivially_copyable_v<Stored>;
    static constexpr ElementOps kOps{
        sizeof(Stored), kIsBytes ? nullptr : &relocate, kIsBytes ? nullptr : &destroy};

 private:
    Stored* stored() { return std::launder(reinterpret_cast<Stored*>(bytes_)); }

    alignas(Stored) std::byte bytes_[sizeof(Stored)];
    ChanElement element_{bytes_, false};
};

}  // namespace golanes::rt
