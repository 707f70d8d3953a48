#pragma once
// ChildProcess: the process in which the window's run lives. It is this program again, with a
// hidden verb; it inherits the run region and dies with the window.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <sys/types.h>

#include "core/base/lock.h"
#include "core/base/result.h"

namespace golanes::app {

/// How a child ended.
struct ChildEnd {
    int exit_code = 0;
    int signal = 0;  ///< Other than 0: killed by this signal.
};

/// Threads: one owner; on_end is called from a thread of this class.
class ChildProcess {
 public:
    /// Starts `program` with `arguments` and `region_fd` open as descriptor kRegionFd.
    /// Errors: the system's words.
    static Result<std::unique_ptr<ChildProcess>> start(const std::string& program,
                                                       const std::vector<std::string>& arguments,
                                                       int region_fd,
                                                       std::function<void()> on_end);
    static constexpr int kRegionFd = 3;

    /// Kills the child if it still lives, and waits for it.
    ~ChildProcess();
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;

    [[nodiscard]] pid_t pid() const { return pid_; }

    /// How it ended; empty while it lives.
    [[nodiscard]] std::optional<ChildEnd> end() const;
    void kill() const;

 private:
    ChildProcess(pid_t pid, std::function<void()> on_end);
    void wait_for_end();

    pid_t pid_;
    std::function<void()> on_end_;
    mutable Lock lock_;
    std::optional<ChildEnd> end_ GOLANES_GUARDED_BY(lock_);
    std::thread waiter_;
};

}  // namespace golanes::app
