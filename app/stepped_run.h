#pragma once
// SteppedRun: a headless virtual run that is led from step to step, on a thread beside the one that
// carries it (or the one that waits for the process that does). It either stops the run where the
// command line said, or asks the person what comes next (StepTalk).
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>

#include "app/recorder.h"
#include "app/step_options.h"
#include "core/trace/region.h"

namespace golanes::app {

/// Threads: stand() and ask() on the leader's thread; run_is_gone() from any.
/// Lifetime: region and recorder outlive it.
class StepWatch {
 public:
    StepWatch(const trace::RunRegion& region, Recorder& recorder)
        : region_(&region), recorder_(&recorder) {}

    /// The next step. Requires: the run stands or has not begun.
    void ask(const StepRequest& request);
    /// Waits until the run stands there. False: it is gone.
    bool stand();

    /// Everything that is recorded up to where the run stands.
    [[nodiscard]] const recording::Snapshot& events() const { return events_; }

    /// Virtual time there, since the run began.
    [[nodiscard]] TimeNs now() const;
    /// The run ended on the way: its last event is there.
    [[nodiscard]] bool is_over() const;

    void let_go();  ///< No more steps: the run goes on to its end.
    void stop();    ///< The run ends here.

    void run_is_gone() { is_gone_.store(true, std::memory_order_relaxed); }

 private:
    bool take_in();

    const trace::RunRegion* region_;
    Recorder* recorder_;
    std::uint32_t asked_ = 0;
    recording::Snapshot events_;
    std::atomic<bool> is_gone_{false};  // asked again and again: it orders nothing
};

class SteppedRun {
 public:
    /// Asks for the first step: call it before the run begins. Requires: `options.any()`.
    SteppedRun(const StepOptions& options,
               const StepRequest& first,
               const trace::RunRegion& region,
               Recorder& recorder);

    ~SteppedRun() { finish(); }

    SteppedRun(const SteppedRun&) = delete;
    SteppedRun& operator=(const SteppedRun&) = delete;

    /// Begins to lead. The recorder must have been started.
    void start();
    /// The run is gone: ends the thread.
    void finish();

    /// After finish(): one line, where the run was stopped, or that it ended before. `replay`: its
    /// token.
    [[nodiscard]] std::string end_line(const std::string& replay) const;

 private:
    void lead();

    StepOptions options_;
    StepWatch watch_;
    std::thread thread_;
    std::string stopped_at_;  ///< "5 ms, after 123 events"; empty: not stopped.
};

}  // namespace golanes::app
