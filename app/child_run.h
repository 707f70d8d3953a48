#pragma once
// ChildRun: a headless run in a process of its own, so that a crash of the program leaves the
// recorder, and what the run has recorded, unharmed. The window has ChildProcess instead.
#include <optional>

#include <sys/types.h>

#include "app/run_loop.h"
#include "core/trace/region.h"

namespace golanes::app {

/// Threads: one owner. Lifetime: the region outlives it; it ends the process if wait() was not
/// called.
class ChildRun {
 public:
    /// Forks; the child plays the plan into the region, which must be a shared one, and ends.
    /// Requires: no other thread exists yet. Errors: the system's words.
    static Result<ChildRun> start(const RunPlan& plan,
                                  const trace::RunRegion& region,
                                  const LoopSettings& settings);
    ChildRun(ChildRun&& other) noexcept;
    ChildRun& operator=(ChildRun&&) = delete;
    ChildRun(const ChildRun&) = delete;
    ChildRun& operator=(const ChildRun&) = delete;
    ~ChildRun();

    /// Waits for its end. Its report; nothing when it crashed or was killed.
    std::optional<LoopReport> wait();

    /// After wait(): the signal that ended it; 0: it ended by itself, after a crash too.
    [[nodiscard]] int signal() const { return signal_; }

 private:
    ChildRun(pid_t pid, int pipe) : pid_(pid), pipe_(pipe) {}

    pid_t pid_;
    int pipe_;
    int signal_ = 0;
};

}  // namespace golanes::app
