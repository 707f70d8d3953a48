#pragma once
// TwinRun: the second run of a comparison: made by a process of its own, or opened from a file.
#include <functional>
#include <future>
#include <memory>
#include <string>

#include "app/live_run.h"
#include "core/catalog/policy.h"
#include "ui/panels/frame.h"

namespace golanes::app {

/// The plan of a run like one of a recording. Errors: its scenario is none of ours.
Result<RunPlan> plan_like(const model::Timeline& timeline, const model::RunInfo& run);

/// The plan with what the person wants different. What was turned while the first run went on is
/// left out: it belongs to that run. Errors: the engine cannot do it.
Result<RunPlan> changed_plan(RunPlan plan, const ui::command::CompareRun& change);

/// Threads: the UI thread only; it never waits.
class TwinRun {
 public:
    /// Plays the plan once. `on_news` comes from other threads. Errors: no memory, no process.
    static Result<std::unique_ptr<TwinRun>> record(const RunPlan& plan,
                                                   std::function<void()> on_news,
                                                   const std::string& program);
    /// Loads a recording; its last run that ended is the second.
    static std::unique_ptr<TwinRun> open(const std::string& path, std::function<void()> on_news);

    ~TwinRun();
    TwinRun(const TwinRun&) = delete;
    TwinRun& operator=(const TwinRun&) = delete;

    /// Takes what came since the last call: everything but the number of the first run.
    const ui::TwinView& poll();

 private:
    TwinRun() = default;

    void look_after_run();
    void look_after_file();
    void finish();

    ui::TwinView view_;
    std::unique_ptr<LiveRun> live_;
    std::future<Result<model::Timeline>> loading_;
};

}  // namespace golanes::app
