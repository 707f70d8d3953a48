#pragma once
// ReplayLog: the token of the run in progress. It is written into the recording when the run begins
// and again after every live change, so that the last one stands for the run up to there. Window,
// `golanes info` and saved files read it there.
#include <string>

#include "app/run_options.h"
#include "core/runtime/run.h"

namespace golanes::app {

/// Threads: the run's. Virtual runs only have tokens: for real ones nothing happens.
class ReplayLog {
 public:
    /// Lifetime: all outlive the log; `run` and `values` are what the run uses.
    ReplayLog(const RunPlan& plan,
              const rt::RunSettings& run,
              const trace::Control& control,
              const trace::ControlValues& values,
              rt::Tracer& tracer);

    /// The next run is about to be made.
    void prepare();
    /// Its first goroutine runs.
    void begin();
    /// The engine made a change.
    void change(const rt::LiveChange& change);

    /// Of the run prepared last, up to now; empty for a real one.
    [[nodiscard]] std::string token() const;

 private:
    void record(std::uint64_t ticks);
    void read_values();
    [[nodiscard]] bool changed(rt::ChangeKind kind) const;

    RunPlan plan_;  ///< What the token says.
    const rt::RunSettings* run_;
    const trace::Control* control_;
    const trace::ControlValues* values_;
    rt::Tracer* tracer_;
    bool has_begun_ = false;
};

}  // namespace golanes::app
