#pragma once
// MinimapStrip: the whole recording above the picture, with a frame around what is in view. A click
// or a drag moves the view.
#include "ui/panels/moment.h"
#include "ui/view/minimap.h"

namespace golanes::ui {

/// Threads: the UI thread only.
class MinimapStrip {
 public:
    /// Draws the strip over the width of the window, right of `gutter_px`.
    void draw(const model::Timeline& timeline, ViewState& state, float gutter_px);

 private:
    void refresh(const model::Timeline& timeline, std::size_t columns);
    void paint(const view::Viewport& screen, float top, float bottom, const ViewState& state) const;

    RecordingKey key_;
    double made_at_ = -1;
    view::Minimap map_;
};

}  // namespace golanes::ui
