#pragma once
// AnswerRunner: answers a lesson's question beside the window, in a process of its own: whatever
// the run does, the window lives on.
#include <functional>
#include <memory>
#include <string>

#include "app/line_process.h"
#include "ui/panels/measured.h"

namespace golanes::app {

/// Threads: the UI thread only; it never waits.
class AnswerRunner {
 public:
    /// Makes the runs of the question of this scenario's lesson. `on_end` is called from another
    /// thread. Errors: there is no lesson; the system's words.
    static Result<std::unique_ptr<AnswerRunner>> start(const std::string& scenario,
                                                       const std::string& program,
                                                       std::function<void()> on_end);

    /// Removes the recording of the answer.
    ~AnswerRunner();
    AnswerRunner(const AnswerRunner&) = delete;
    AnswerRunner& operator=(const AnswerRunner&) = delete;

    /// Takes what came since the last call. What there is so far.
    const ui::AnswerView& poll();

    /// Ends it, without an answer.
    void stop();

 private:
    AnswerRunner() = default;

    void read_line(const std::string& line);
    void look_at_end();

    std::string folder_;  ///< Our own, for the recording.
    std::unique_ptr<LineProcess> process_;
    ui::AnswerView view_;
};

}  // namespace golanes::app
