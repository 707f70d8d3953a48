#pragma once
// The cases of a select: operations on channels and what to do once one has been performed.
#include <concepts>
#include <optional>
#include <type_traits>
#include <utility>

#include "core/runtime/chan.h"
#include "core/runtime/select_core.h"

namespace golanes::rt {

/// `case value, ok := <-ch:`. Made by on_recv().
template <typename T, typename F>
class RecvCase final : public SelectCase {
 public:
    RecvCase(const Chan<T>& channel, F f, const Where& where)
        : SelectCase(ChanDirection::Receive, channel.core().get(), where), f_(std::move(f)) {}

    ChanElement* element() override { return &room_.element(); }

    void taken(ChanCore::Status status) override {
        std::optional<T> value;
        if (status == ChanCore::Status::Done) {
            value.emplace(std::move(room_.value()));
            room_.clear();
        }
        if constexpr (std::invocable<F&, std::optional<T>&&>)
            f_(std::move(value));
        else
            f_();
    }

 private:
    F f_;
    ChanRoom<T> room_;
};

/// `case ch <- value:`. Made by on_send().
template <typename T, typename F>
class SendCase final : public SelectCase {
 public:
    SendCase(const Chan<T>& channel, T value, F f, const Where& where)
        : SelectCase(ChanDirection::Send, channel.core().get(), where),
          f_(std::move(f)),
          room_(std::move(value)) {}

    ChanElement* element() override { return &room_.element(); }

    void taken(ChanCore::Status /*status*/) override { f_(); }

 private:
    F f_;
    ChanRoom<T> room_;
};

/// `default:`. Made by on_default().
template <typename F>
class DefaultCase final : public SelectCase {
 public:
    explicit DefaultCase(F f, const Where& where) : SelectCase(where), f_(std::move(f)) {}

    void taken(ChanCore::Status /*status*/) override { f_(); }

 private:
    F f_;
};

/// For a case after which nothing more is to be done.
struct DoNothing {
    void operator()() const {}
};

/// A case that receives. `f` is called with the std::optional that recv() would have returned, or
/// with nothing when it takes nothing.
template <typename T, typename F = DoNothing>
RecvCase<T, F> on_recv(const Chan<T>& channel, F f = {}, const Where& where = Where::here()) {
    return RecvCase<T, F>(channel, std::move(f), where);
}

/// A case that receives into `value`, which becomes empty when the channel is closed and drained.
template <typename T>
auto recv_into(const Chan<T>& channel,
               std::optional<T>& value,
               const Where& where = Where::here()) {
    auto keep = [&value](std::optional<T> received) {
        value.reset();
        if (received)
            value.emplace(std::move(*received));
    };
    return RecvCase<T, decltype(keep)>(channel, keep, where);
}

/// A case that sends. The value is moved into the case, and is gone when another one is taken. The
/// select panics when the channel is closed.
template <typename T, typename F = DoNothing>
SendCase<T, F> on_send(const Chan<T>& channel,
                       std::type_identity_t<T> value,
                       F f = {},
                       const Where& where = Where::here()) {
    return SendCase<T, F>(channel, std::move(value), std::move(f), where);
}

/// What to do when no case is ready: the select does not wait.
template <typename F = DoNothing>
DefaultCase<F> on_default(F f = {}, const Where& where = Where::here()) {
    return DefaultCase<F>(std::move(f), where);
}

}  // namespace golanes::rt
