#pragma once
// OutcomesPanel: the chosen scenario many times, and which results came how often, for several
// numbers of Ps side by side. A bar of virtual runs opens a run that gave it.
#include "ui/panels/context.h"

namespace golanes::ui {

/// Threads: the UI thread only.
class OutcomesPanel {
 public:
    /// Fills the content region of the current window.
    void draw(const Context& context);

 private:
    void draw_controls(const Context& context);
    [[nodiscard]] std::vector<int> chosen_procs(const FrameInput& input) const;

    int trials_ = 1;        ///< Number in the list of counts.
    bool compares_ = true;  ///< P = 1, 2, 4 and 8; else the present P alone.
};

}  // namespace golanes::ui
