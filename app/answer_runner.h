#pragma once
// AnswerRunner: answers a lesson's question beside the window, in a process of its own: whatever
// the run does, the window lives on.
#include <functional>
#include <memory>
#include <string>

#include "app/line_process.h"
#include "app/scratch_folder.h"
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

    /// Takes what came since the last call. What there is so far.
    const ui::AnswerView& poll();

    /// Ends it, without an answer.
    void stop();

 private:
    explicit AnswerRunner(ScratchFolder folder) : folder_(std::move(folder)) {}

    void read_line(const std::string& line);
    void look_at_end();

    ScratchFolder folder_;                  ///< For the recording.
    std::unique_ptr<LineProcess> process_;  ///< Ends before the folder goes: it writes there.
    ui::AnswerView view_;
};

}  // namespace golanes::app
