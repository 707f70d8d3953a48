#pragma once
// LiveRun: a scenario that runs again and again in a child process while this one watches: region,
// child and recorder together.
#include <functional>
#include <memory>
#include <string>

#include "app/child_process.h"
#include "app/recorder.h"
#include "app/run_options.h"

namespace golanes::app {

/// Between two repetitions, so that a person sees where one ends.
inline constexpr DurationNs kPauseBetweenRuns = 250 * kMillisecond;

/// Threads: one owner. `on_news` comes from other threads.
class LiveRun {
 public:
    /// `prepare` may turn the control page before the run begins. `program` is the golanes to
    /// start as the child: this one, unless a test says otherwise.
    /// Errors: no memory, no process.
    static Result<std::unique_ptr<LiveRun>> start(
        const RunPlan& plan,
        std::function<void()> on_news,
        const std::function<void(trace::Control&)>& prepare = {},
        const std::string& program = "/proc/self/exe");
    ~LiveRun();
    LiveRun(const LiveRun&) = delete;
    LiveRun& operator=(const LiveRun&) = delete;

    [[nodiscard]] const trace::RunRegion& region() const { return region_; }

    [[nodiscard]] trace::Control& control() const { return region_.control(); }

    [[nodiscard]] const Recorder& recorder() const { return *recorder_; }

    [[nodiscard]] pid_t pid() const { return child_->pid(); }

    /// Asks the run to stop: its last events still come. poll_end() tells when it has.
    void ask_to_stop();

    /// True once the child is gone; its last events are then taken in. Kills one that was asked to
    /// stop and did not within 3 s.
    bool poll_end();

    /// Why it ended, in one sentence; empty when it stopped because it was asked to.
    [[nodiscard]] std::string end_text() const;
    [[nodiscard]] bool has_crashed() const;

 private:
    LiveRun(const RunPlan& plan, trace::RunRegion region, std::function<void()> on_news);

    trace::RunRegion region_;
    std::function<void()> on_news_;
    std::unique_ptr<Recorder> recorder_;
    std::unique_ptr<ChildProcess> child_;
    TimeNs stop_asked_ = -1;
    bool is_over_ = false;
};

}  // namespace golanes::app
