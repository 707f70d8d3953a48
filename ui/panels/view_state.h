#pragma once
// ViewState: what the person looks at: the stretch of time, what is selected, what is hovered. One
// selection and one cursor drive all panels. Lives in the Shell; panels change it, the app never
// sees it.
#include <array>
#include <memory>
#include <optional>

#include "core/base/time.h"
#include "core/model/timeline.h"
#include "ui/view/event_steps.h"
#include "ui/view/findings_search.h"
#include "ui/view/row_choice.h"
#include "ui/view/viewport.h"
#include "ui/view/views.h"

namespace golanes::ui {

struct ViewState {
    view::ViewKind shown = view::ViewKind::Timeline;  ///< Below the timeline.
    bool shows_machines = false;                      ///< Rows of Ms in the timeline.
    bool shows_cpus = false;                          ///< Rows of CPUs.
    bool question_is_open = true;  ///< The lesson asks: what would tell the answer is not shown.

    view::RowChoice rows;  ///< What the timeline shows of its rows.

    TimeNs view_start = 0;  ///< Left edge of the picture, ns of the recording.
    TimeNs view_end = kSecond;
    bool follow = true;   ///< Live: the newest stays in view. Turned off by pan, zoom back, freeze.
    bool frozen = false;  ///< "Pause the view": the timeline drawn is the one of that moment.
    model::Timeline frozen_timeline;

    std::uint32_t selected_run = 0;
    GoroutineId selected = 0;  ///< 0: none. All its slices light up.
    TimeNs cursor = -1;        ///< Time last clicked or stepped to; -1: none.

    std::optional<view::TimeRange> range;  ///< The stretch selected by hand.

    /// Number of the event last stepped to; it stands at the cursor. Empty: none.
    std::optional<std::uint64_t> event;
    view::StepOver step_over = view::StepOver::Every;
    bool awaits_step = false;  ///< The engine was asked for a step that has not come yet.
    /// The event at which the engine seemed to stand; its last ones may still be on their way.
    std::optional<std::uint64_t> engine_stand;
    /// The step that is awaited ends at this time, since the run began; empty: at an event.
    std::optional<TimeNs> awaited_time;
    bool awaits_branch = false;        ///< It is a step of a run whose recording has not come yet.
    std::array<char, 24> time_text{};  ///< What is typed as the time to run to.

    std::optional<model::Span> hovered;

    std::shared_ptr<const view::FoundFindings> findings;  ///< nullptr: the search is not done.
};

}  // namespace golanes::ui
