#pragma once
// TrialCounter: counts the results of a scenario beside the window, by `golanes outcomes` in a
// process of its own.
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/line_process.h"
#include "app/run_options.h"
#include "app/scratch_folder.h"
#include "ui/panels/frame.h"

namespace golanes::app {

/// Threads: the UI thread only; it never waits.
class TrialCounter {
 public:
    /// Counts runs of the plan as asked. Recordings of real ones lie in a folder of their own until
    /// it is destroyed. `on_end` is called from another thread. Errors: the system's words.
    static Result<std::unique_ptr<TrialCounter>> start(const RunPlan& plan,
                                                       const ui::command::CountOutcomes& wanted,
                                                       const std::string& program,
                                                       std::function<void()> on_end);

    /// Takes what came since the last call. The counts so far.
    const ui::TrialsView& poll();

    /// Ends it; what was counted stays.
    void stop();

 private:
    TrialCounter(std::unique_ptr<LineProcess> process, ScratchFolder folder)
        : folder_(std::move(folder)), process_(std::move(process)) {}

    void read_line(const std::string& line);

    ScratchFolder folder_;                  ///< For recordings of real runs.
    std::unique_ptr<LineProcess> process_;  ///< Ends before the folder goes: it writes there.
    ui::TrialsView view_;
};

}  // namespace golanes::app
