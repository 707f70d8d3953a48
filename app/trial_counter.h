#pragma once
// TrialCounter: counts the results of a scenario beside the window, by `golanes outcomes` in a
// process of its own.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/child_process.h"
#include "app/run_options.h"
#include "ui/panels/frame.h"

namespace golanes::app {

/// Threads: the UI thread only; it never waits.
class TrialCounter {
 public:
    /// Counts `trials` runs of the plan for each number of Ps. `on_end` is called from another
    /// thread. Errors: the system's words.
    static Result<std::unique_ptr<TrialCounter>> start(const RunPlan& plan,
                                                       std::uint32_t trials,
                                                       const std::vector<int>& procs,
                                                       const std::string& program,
                                                       std::function<void()> on_end);
    ~TrialCounter();
    TrialCounter(const TrialCounter&) = delete;
    TrialCounter& operator=(const TrialCounter&) = delete;

    /// Takes what came since the last call. The counts so far.
    const ui::TrialsView& poll();

    /// Ends it; what was counted stays.
    void stop();

 private:
    explicit TrialCounter(int pipe) : pipe_(pipe) {}

    void read_line(const std::string& line);

    int pipe_;
    std::string unread_;
    ui::TrialsView view_;
    std::unique_ptr<ChildProcess> child_;
};

}  // namespace golanes::app
