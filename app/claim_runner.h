#pragma once
// ClaimRunner: measures claims beside the window, by `golanes claims` in a process of its own.
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/line_process.h"
#include "ui/panels/measured.h"

namespace golanes::app {

/// Keeps what was measured; may be started again and again. Threads: the UI thread only; it never
/// waits.
class ClaimRunner {
 public:
    /// `on_end` is called from another thread, at the end of each process.
    ClaimRunner(std::string program, std::function<void()> on_end);

    /// Measures these rows; what was still to be measured is not. Errors: the system's words.
    Status start(std::vector<std::size_t> rows);

    /// Takes what came since the last call. What there is so far.
    const ui::ClaimsView& poll();

    /// Ends it; what was measured stays.
    void stop();

 private:
    Status go_on();
    void read_line(const std::string& line);
    void set(std::size_t row, ui::ClaimResult result);
    void look_at_end();

    std::string program_;
    std::function<void()> on_end_;
    std::vector<std::size_t> rows_;  ///< Still to be measured, in their order.
    std::unique_ptr<LineProcess> process_;
    ui::ClaimsView view_;
};

}  // namespace golanes::app
