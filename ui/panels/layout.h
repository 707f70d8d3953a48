#pragma once
// The layout of the window: menu bar; left column (scenarios over controls), timeline with title,
// banners and the
// steps in the middle, below them the legend or another view, inspector at the right; status bar.
#include "ui/panels/claims_panel.h"
#include "ui/panels/context.h"
#include "ui/panels/events_panel.h"
#include "ui/panels/findings_panel.h"
#include "ui/panels/inspector_panel.h"
#include "ui/panels/lesson_panel.h"
#include "ui/panels/outcomes_panel.h"
#include "ui/panels/queues_panel.h"
#include "ui/panels/source_panel.h"
#include "ui/panels/stacks_panel.h"
#include "ui/panels/statistics_panel.h"
#include "ui/panels/timeline_panel.h"
#include "ui/panels/twin_panel.h"
#include "ui/panels/why_panel.h"

namespace golanes::ui {

/// The panels that keep something of their own between frames.
struct LayoutPanels {
    TimelinePanel timeline;
    InspectorPanel inspector;
    QueuesPanel queues;
    StacksPanel stacks;
    OutcomesPanel outcomes;
    SourcePanel source;
    WhyPanel why;
    StatisticsPanel statistics;
    EventsPanel events;
    FindingsPanel findings;
    TwinPanel twin;
    LessonPanel lesson;
    ClaimsPanel claims;
    float bars_px = 0;    ///< Height that steps and view switch needed in the last frame.
    float legend_px = 0;  ///< The same with the legend below them.

    /// Whether something of a view moves by itself.
    [[nodiscard]] bool moving(view::ViewKind shown) const;
};

/// Draws one full-screen window with everything but the dialogs.
void draw_layout(const Context& context, LayoutPanels& panels, bool language_missing);

}  // namespace golanes::ui
