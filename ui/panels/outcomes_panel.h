#pragma once
// OutcomesPanel: the chosen scenario many times, and which results came how often, for several
// numbers of Ps or for both engines side by side. A bar opens a run that gave it.
#include "ui/panels/context.h"

namespace golanes::ui {

/// Threads: the UI thread only.
class OutcomesPanel {
 public:
    /// Fills the content region of the current window.
    void draw(const Context& context);

 private:
    enum class Compared { Nothing, Ps, Engines };

    void draw_controls(const Context& context);
    void draw_choice(const Context& context);
    [[nodiscard]] std::vector<int> chosen_procs(const FrameInput& input) const;

    int trials_ = 1;  ///< Number in the list of counts.
    Compared compared_ = Compared::Ps;
};

}  // namespace golanes::ui
