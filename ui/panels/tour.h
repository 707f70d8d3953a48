#pragma once
// Tour: three callouts at the first start, each beside what it speaks of. Can be skipped; the app
// remembers that it was seen.
#include <string>

namespace golanes::ui {

/// Threads: the UI thread only.
class Tour {
 public:
    ~Tour() { end(); }

    /// The callouts are shown from the next frame on.
    void start();

    [[nodiscard]] bool active() const { return step_ >= 0; }

    /// Draws the present callout, after everything it may stand beside.
    void draw();

 private:
    void end();

    int step_ = -1;
    bool named_items_ = false;  ///< It switched the names of items on, by which it finds its place.
};

}  // namespace golanes::ui
