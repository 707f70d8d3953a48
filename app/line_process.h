#pragma once
// LineProcess: this program again beside the window, with a verb that tells what it finds in lines.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/child_process.h"

namespace golanes::app {

/// Threads: the UI thread only; it never waits for the other process.
class LineProcess {
 public:
    /// Starts it with these words and "--to-descriptor N", by which the verb finds the pipe.
    /// `on_end` is called from another thread. Errors: the system's words.
    static Result<std::unique_ptr<LineProcess>> start(const std::string& program,
                                                      std::vector<std::string> words,
                                                      std::function<void()> on_end);
    ~LineProcess();
    LineProcess(const LineProcess&) = delete;
    LineProcess& operator=(const LineProcess&) = delete;

    /// The whole lines that came since the last call. After it ended: all that are left.
    std::vector<std::string> take_lines();

    /// Hands the lines that came to `on_line`; once it has ended, calls `on_end` last, which may
    /// destroy it.
    void poll(const std::function<void(const std::string&)>& on_line,
              const std::function<void()>& on_end);

    /// Whether it goes on. Ask before take_lines(): what an ended one said is then complete.
    [[nodiscard]] bool running() const;

    /// How it ended; empty while it lives, or after stop().
    [[nodiscard]] std::optional<ChildEnd> end() const;

    /// Ends it.
    void stop() { child_.reset(); }

 private:
    explicit LineProcess(int pipe) : pipe_(pipe) {}

    int pipe_;
    std::string unread_;
    std::unique_ptr<ChildProcess> child_;
};

}  // namespace golanes::app
