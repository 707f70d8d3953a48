#pragma once

// ChanTimer: what stands behind a timer's channel. Such a timer is in a heap only while somebody
// waits for it, so its channel tells it who looks and who is about to wait.
namespace golanes::rt {

/// Threads: any goroutine. Called with no lock held.
class ChanTimer {
 public:
    ChanTimer() = default;
    ChanTimer(const ChanTimer&) = delete;
    ChanTimer& operator=(const ChanTimer&) = delete;

    /// Somebody looks into the channel without waiting: if the time has come, the value is there
    /// when this returns.
    virtual void look() = 0;
    /// Somebody is about to wait. Looks, too.
    virtual void watch() = 0;
    virtual void unwatch() = 0;

 protected:
    ~ChanTimer() = default;
};

/// Watches a timer for as long as a receive may wait.
class ChanWatch {
 public:
    explicit ChanWatch(ChanTimer& timer) : timer_(timer) { timer_.watch(); }

    ~ChanWatch() { timer_.unwatch(); }

    ChanWatch(const ChanWatch&) = delete;
    ChanWatch& operator=(const ChanWatch&) = delete;

 private:
    ChanTimer& timer_;
};

}  // namespace golanes::rt
