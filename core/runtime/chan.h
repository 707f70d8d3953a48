#pragma once
// Chan<T>: Go's channel. A Chan is a handle, as in Go: copies name the same channel, and a default
// one is the nil channel, on which everything waits for ever.
#include <iterator>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "core/runtime/chan_core.h"
#include "core/runtime/chan_range.h"
#include "core/runtime/chan_room.h"
#include "core/runtime/runtime.h"

namespace golanes::rt {

/// Elements may be of any type that can be moved. Their moves and destructors run under the
/// channel's lock: they must not call the runtime.
template <typename T>
class Chan {
 public:
    /// The nil channel.
    Chan() = default;

    /// `make(chan T, capacity)`. The name is shown in the picture. Panics when there is no such
    /// size.
    explicit Chan(std::size_t capacity,
                  std::string_view name = {},
                  const Where& where = Where::here())
        : core_(std::make_shared<ChanCore>(capacity, ChanRoom<T>::kOps, name, where)) {}

    /// The channel that is `core`. For timers, whose channels are a part of them.
    static Chan from_core(std::shared_ptr<ChanCore> core) {
        Chan channel;
        channel.core_ = std::move(core);
        return channel;
    }

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
        ChanRoom<T> room;
        if (receive_in(room, ChanCore::Mode::Block, where) != ChanCore::Status::Done)
            return std::nullopt;
        return std::optional<T>(std::move(room.value()));
    }

    /// `select { case value, ok = <-ch: default: }`: false when it would have to wait. When it is
    /// true, `value` is what recv() would have returned.
    bool try_recv(std::optional<T>& value, const Where& where = Where::here()) const {
        if (core_ == nullptr)
            return false;
        ChanRoom<T> room;
        const auto status = receive_in(room, ChanCore::Mode::Try, where);
        if (status == ChanCore::Status::WouldBlock)
            return false;
        value.reset();
        if (status == ChanCore::Status::Done)
            value.emplace(std::move(room.value()));
        return true;
    }

    /// Panics when the channel is nil or closed already.
    void close(const Where& where = Where::here()) const {
        if (core_ == nullptr)
            panic("close of nil channel", where);
        core_->close(where);
    }

    /// `for v := range ch`: receives until the channel is closed and drained.
    ChanIterator<T> begin(const Where& where = Where::here()) const { return {*this, where}; }

    [[nodiscard]] std::default_sentinel_t end() const { return {}; }

    /// Values in the buffer, and its size; 0 for the nil channel.
    [[nodiscard]] std::size_t len() const { return core_ == nullptr ? 0 : core_->length(); }

    [[nodiscard]] std::size_t cap() const { return core_ == nullptr ? 0 : core_->capacity(); }

    /// Whether both name the same channel.
    friend bool operator==(const Chan& a, const Chan& b) { return a.core_ == b.core_; }

    /// For select: null for the nil channel.
    [[nodiscard]] const std::shared_ptr<ChanCore>& core() const { return core_; }

 private:
    bool send_in(T&& value, ChanCore::Mode mode, const Where& where) const {
        ChanRoom<T> room(std::move(value));
        const auto status = core_->operate(ChanDirection::Send, room.element(), mode, where);
        if (status == ChanCore::Status::Closed)
            panic("send on closed channel", where);
        return status == ChanCore::Status::Done;
    }

    ChanCore::Status receive_in(ChanRoom<T>& room, ChanCore::Mode mode, const Where& where) const {
        return core_->operate(ChanDirection::Receive, room.element(), mode, where);
    }

    std::shared_ptr<ChanCore> core_;
};

}  // namespace golanes::rt
