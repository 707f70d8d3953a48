#pragma once
// The kinds of timers a program makes: one that sends the time on a channel, and one that starts a
// goroutine. Private to the runtime; timer.h is the public face.
#include <functional>
#include <memory>
#include <string_view>

#include "core/base/time.h"
#include "core/runtime/chan_core.h"
#include "core/runtime/chan_timer.h"
#include "core/runtime/timer_node.h"

namespace golanes::rt {

/// Sends the time when it was due on its own channel, which holds at most one and looks unbuffered.
/// The channel keeps it alive: whoever has the one has the other.
class ChanTimerNode final : public TimerNode, public ChanTimer {
 public:
    ChanTimerNode(trace::TimerKind kind, std::string_view name, const trace::Where& where);

    [[nodiscard]] ChanCore& channel() { return channel_; }

    Effect fire(TimeNs due) override;
    bool take_back() override;

    [[nodiscard]] trace::TimerKind kind() const override { return kind_; }

    [[nodiscard]] ObjectId object() const override { return channel_.id(); }

    void look() override;
    void watch() override;
    void unwatch() override;

 private:
    [[nodiscard]] bool is_lazy() const override { return true; }

    trace::TimerKind kind_;
    ChanCore channel_;
};

/// Starts a goroutine. The function is destroyed where user code may run: never under a lock or on
/// an M's own stack.
class FuncTimerNode final : public TimerNode {
 public:
    using Function = std::shared_ptr<const std::function<void()>>;

    enum class Use { Again, Once };

    /// Once: it is never set again, and lets go of `f` when it fires.
    FuncTimerNode(Function f, Use use, std::string_view name, const trace::Where& where);

    Effect fire(TimeNs due) override;
    void abandon() override;
    /// Nobody can set or stop it any more: what is not set lets go of the function.
    void disown();

    [[nodiscard]] trace::TimerKind kind() const override { return trace::TimerKind::Func; }

    [[nodiscard]] ObjectId object() const override { return id_; }

    [[nodiscard]] PlaceId made_at() const override { return made_at_; }

 private:
    Function f_ GOLANES_GUARDED_BY(lock());
    bool is_last_ GOLANES_GUARDED_BY(lock());
    PlaceId made_at_;
    ObjectId id_;
};

}  // namespace golanes::rt
