#pragma once
// Timers of a program: after, after_func, Timer and Ticker, with Go 1.23's rules. A timer's channel
// looks unbuffered (len and cap are 0), and after stop() or reset() nobody receives a time from
// before. A Timer or Ticker that is dropped goes away, stopped or not.
//
// Threads: all calls are for goroutines. Times are those of rt::now().
#include <functional>
#include <memory>
#include <string_view>

#include "core/base/time.h"
#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"

namespace golanes::rt {

class ChanTimerNode;
class FuncTimerNode;
class TimerNode;

/// A channel on which the time arrives once, after at least `duration`: `<-time.After(d)`. Only to
/// receive from.
Chan<TimeNs> after(DurationNs duration,
                   std::string_view name = {},
                   const Where& where = Where::here());

/// One event in the future. A handle, as in Go: copies name the same timer.
class Timer {
 public:
    /// `time.NewTimer(duration)`. The name is shown in the picture.
    explicit Timer(DurationNs duration,
                   std::string_view name = {},
                   const Where& where = Where::here());

    /// Where the time it was due arrives: `t.C`. Only to receive from. The nil channel when it was
    /// made by after_func.
    [[nodiscard]] const Chan<TimeNs>& channel() const { return channel_; }

    /// Stops it. True: it was set, and now nothing comes of it. False: it had fired (and, if it has
    /// a channel, its time was received) or been stopped.
    bool stop(const Where& where = Where::here()) const;
    /// Sets it anew: it fires after `duration` from now. Returns what stop() would have.
    bool reset(DurationNs duration, const Where& where = Where::here()) const;

 private:
    friend Timer after_func(DurationNs, std::function<void()>, std::string_view, const Where&);

    Timer(std::shared_ptr<TimerNode> node, Chan<TimeNs> channel)
        : node_(std::move(node)), channel_(std::move(channel)) {}

    std::shared_ptr<TimerNode> node_;
    Chan<TimeNs> channel_;
};

/// Starts a goroutine that runs `f` after at least `duration`: `time.AfterFunc(d, f)`. The name is
/// the goroutine's. Nobody need keep the Timer.
Timer after_func(DurationNs duration,
                 std::function<void()> f,
                 std::string_view name = {},
                 const Where& where = Where::here());

/// Ticks: the time arrives on its channel every `period`. A tick that nobody has received yet
/// stays, and those that come meanwhile are dropped; the grid is kept. A handle.
class Ticker {
 public:
    /// `time.NewTicker(period)`. Panics when the period is not positive.
    explicit Ticker(DurationNs period,
                    std::string_view name = {},
                    const Where& where = Where::here());

    /// Where the time of the tick arrives: `t.C`. Only to receive from.
    [[nodiscard]] const Chan<TimeNs>& channel() const { return channel_; }

    /// No ticks come after this. The channel stays open.
    void stop(const Where& where = Where::here()) const;
    /// Ticks every `period` from now on. Panics when it is not positive.
    void reset(DurationNs period, const Where& where = Where::here()) const;

 private:
    std::shared_ptr<ChanTimerNode> node_;
    Chan<TimeNs> channel_;
};

}  // namespace golanes::rt
