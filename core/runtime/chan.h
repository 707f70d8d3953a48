#pragma once
// Chan<T>: Go's channel. A Chan is a handle, as in Go: copies name the same channel, and a default
// one is the nil channel, on which everything waits for ever.
#include <memory>
#include <new>
#include <optional>
#include <string_view>
#include <utility>

#include "core/runtime/chan_core.h"
#include "core/runtime/runtime.h"

namespace golanes::rt {

template <typename T>
class Chan {
 public:
    Chan() = default;

    /// `make(chan T, capacity)`. The name is shown in the picture.
    explicit Chan(std::size_t capacity,
                  std::string_view name = {},
                  const Where& where = Where::here())
        : core_(std::make_shared<ChanCore>(capacity, kOps, name, where)) {}

    /// `ch <- value`. Parks until a receiver or the buffer takes it. Panics on a closed channel.
    void send(T value, const Where& where = Where::here()) const {
        if (core_ == nullptr)
            block_forever(trace::WaitReason::ChanSendNil, where);
        send_in(std::move(value), ChanCore::Mode::Block, where);
    }

    /// `select { case ch <- value: default: }`: false when it would have to wait.
    bool try_send(T value, const Where& where = Where::here()) const {
        return core_ != nullptr && send_in(std::move(value), ChanCore::Mode::Try, where);
    }

    /// `value, ok := <-ch`: empty once the channel is closed and drained.
    std::optional<T> recv(const Where& where = Where::here()) const {
        if (core_ == nullptr)
            block_forever(trace::WaitReason::ChanReceiveNil, where);
        Room room;
        if (core_->receive(room.element, ChanCore::Mode::Block, where) != ChanCore::Status::Done)
            return std::nullopt;
        return std::optional<T>(std::move(*room.value()));
    }

    /// Panics when the channel is nil or closed already.
    void close(const Where& where = Where::here()) const {
        if (core_ == nullptr)
            panic("close of nil channel");
        core_->close(where);
    }

    [[nodiscard]] std::size_t len() const { return core_ == nullptr ? 0 : core_->length(); }

    [[nodiscard]] std::size_t cap() const { return core_ == nullptr ? 0 : core_->capacity(); }

 private:
    struct Room {
        Room() = default;

        ~Room() {
            if (element.is_full)
                value()->~T();
        }

        Room(const Room&) = delete;
        Room& operator=(const Room&) = delete;

        alignas(T) std::byte bytes[sizeof(T)];
        ChanElement element{bytes};

        T* value() { return std::launder(reinterpret_cast<T*>(bytes)); }
    };

    static_assert(alignof(T) <= alignof(std::max_align_t),
                  "channel elements have ordinary alignment");

    bool send_in(T value, ChanCore::Mode mode, const Where& where) const {
        Room room;
        ::new (room.bytes) T(std::move(value));
        room.element.is_full = true;
        const auto status = core_->send(room.element, mode, where);
        if (status == ChanCore::Status::Closed)
            panic("send on closed channel");
        return status == ChanCore::Status::Done;
    }

    static void relocate(void* to, void* from) {
        T* source = std::launder(static_cast<T*>(from));
        ::new (to) T(std::move(*source));
        source->~T();
    }

    static void destroy(void* element) { std::launder(static_cast<T*>(element))->~T(); }

    static constexpr ElementOps kOps{sizeof(T), &relocate, &destroy};

    std::shared_ptr<ChanCore> core_;
};

}  // namespace golanes::rt
