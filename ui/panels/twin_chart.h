#pragma once
// TwinChart: one of the two runs of a comparison, laid out along the clock that both share. Paints;
// what is pointed at and in view is the panel's (twin_panel.h).
#include <algorithm>
#include <optional>

#include <imgui.h>

#include "ui/view/gantt.h"
#include "ui/view/hit_test.h"
#include "ui/view/run_clock.h"

namespace golanes::ui {

/// Where a chart is on the screen, and what it shows.
struct TwinPlace {
    ImVec2 min;  ///< Of names, axis and lanes together.
    ImVec2 max;
    ImVec2 lanes_min;
    view::TimeRange readings;  ///< Of the clock.
    GoroutineId selected = 0;

    [[nodiscard]] view::Viewport screen() const {
        return {readings, lanes_min.x, std::max(1.0F, max.x - lanes_min.x)};
    }
};

/// Threads: the UI thread only.
class TwinChart {
 public:
    /// From now on it is this run. Cheap when it was before.
    void show(const model::Timeline& timeline, const model::RunInfo& run, view::ClockKind kind);

    /// Names, lanes, and what the run left of the picture free. `name` is what tests find it by.
    void draw(const TwinPlace& place, const char* name);

    void draw_tooltip(const TwinPlace& place, ImVec2 mouse) const;

    void scroll_by(float px) { scroll_ += px; }

    /// The goroutine under a point of the screen; 0: none.
    [[nodiscard]] GoroutineId goroutine_at(const TwinPlace& place, ImVec2 at) const;

    /// The time of the recording under a point.
    [[nodiscard]] TimeNs time_at(const TwinPlace& place, ImVec2 at) const;

    [[nodiscard]] const view::RunClock& clock() const { return clock_; }

    [[nodiscard]] std::uint32_t run() const { return run_; }

 private:
    struct Key {
        view::TimeRange readings;
        float width = 0;
        float height = 0;
        float scroll = 0;
        float scale = 0;

        friend bool operator==(const Key&, const Key&) = default;
    };

    void lay_out(const TwinPlace& place);
    void draw_names(const TwinPlace& place) const;
    void draw_end(const TwinPlace& place) const;
    void draw_scrollbar(const TwinPlace& place) const;
    void name_rows(const TwinPlace& place, const char* name) const;
    [[nodiscard]] std::optional<view::Hit> hit(const TwinPlace& place, ImVec2 at) const;

    model::Timeline timeline_;
    const void* identity_ = nullptr;
    std::uint32_t run_ = 0;
    TimeNs run_end_ = 0;
    view::ClockKind kind_ = view::ClockKind::Wall;
    view::RunClock clock_;
    view::Gantt gantt_;
    float gantt_left_ = 0;  ///< Where the layout's 0 lies, from the left edge of the lanes.
    std::optional<Key> key_;
    float scroll_ = 0;
};

}  // namespace golanes::ui
