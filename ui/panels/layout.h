#pragma once
// The layout of the window: menu bar; left column (scenarios over controls), timeline with title,
// banners and legend in the middle, inspector at the right; status bar.
#include "ui/panels/context.h"
#include "ui/panels/inspector_panel.h"
#include "ui/panels/timeline_panel.h"

namespace golanes::ui {

/// The panels that keep something of their own between frames.
struct LayoutPanels {
    TimelinePanel timeline;
    InspectorPanel inspector;
    float legend_px = 0;  ///< Height the legend needed in the last frame.
};

/// Draws one full-screen window with everything but the dialogs.
void draw_layout(const Context& context, LayoutPanels& panels, bool language_missing);

}  // namespace golanes::ui
