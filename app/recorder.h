#pragma once
// Recorder: the thread that turns a run region into a growing Recording and Timeline: drain, order,
// append, build, publish. The same one serves headless runs, the window and the tests.
#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <thread>

#include "core/base/lock.h"
#include "core/model/builder.h"
#include "core/model/timeline.h"
#include "core/recording/recording.h"
#include "core/trace/collector.h"

namespace golanes::app {

struct RecorderOptions {
    std::size_t budget_bytes = std::size_t{512}
                               << 20;  ///< Of events in memory; the oldest leave first.
    bool builds_timeline = true;
    std::function<void()> on_news = [] {
    };  ///< Called from the recorder's thread after each publish.
};

/// Threads: start() and stop() from the owner; the others from anywhere.
/// Lifetime: the region outlives the recorder.
class Recorder {
 public:
    Recorder(const trace::RunRegion& region, recording::Meta meta, RecorderOptions options);
    ~Recorder();
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    void start();
    /// Takes in everything that was published and ends the thread. The run must be over (or dead).
    void stop();

    /// What is taken in from now on is published at once, not at the next 60th of a second.
    void publish_soon() { publish_asked_.store(true, std::memory_order_relaxed); }

    [[nodiscard]] recording::Snapshot snapshot() const { return recording_.snapshot(); }

    [[nodiscard]] model::Timeline timeline() const;

    /// The first few events that were released without their causes. Requires: stopped.
    [[nodiscard]] const std::vector<trace::Overdue>& overdue() const {
        return collector_.overdue();
    }

    /// Grows with every publish.
    [[nodiscard]] std::uint64_t version() const { return version_.load(std::memory_order_acquire); }

 private:
    void thread_main();
    DurationNs step();
    void take(const std::vector<trace::Event>& events);
    void publish();

    RecorderOptions options_;
    trace::Collector collector_;
    recording::Recording recording_;
    model::TimelineBuilder builder_;
    bool dirty_ = false;
    TimeNs last_publish_ = 0;
    mutable Lock lock_;
    model::Timeline timeline_ GOLANES_GUARDED_BY(lock_);
    std::atomic<std::uint64_t> version_{0};  // release after a publish, acquire by readers
    std::atomic<bool> stopping_{false};
    std::atomic<bool> publish_asked_{false};  // a hint, asked again until its effect is seen
    std::thread thread_;
};

}  // namespace golanes::app
