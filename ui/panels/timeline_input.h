#pragma once
// timeline_input: what the mouse and the keys do to the view. Paints nothing.
#include <optional>
#include <vector>

#include <imgui.h>

#include "ui/panels/input.h"
#include "ui/panels/view_state.h"
#include "ui/view/gantt.h"
#include "ui/view/hit_test.h"

namespace golanes::ui {

/// Where the parts of the picture are on the screen.
struct TimelineArea {
    ImVec2 min;  ///< Of gutter, axis and lanes together.
    ImVec2 max;
    ImVec2 lanes_min;  ///< Top left of the lanes, right of the gutter and below the axis.

    [[nodiscard]] float width() const { return max.x - lanes_min.x; }

    [[nodiscard]] float height() const { return max.y - lanes_min.y; }

    [[nodiscard]] bool in_gutter(ImVec2 at) const { return at.x < lanes_min.x; }

    [[nodiscard]] bool in_ruler(ImVec2 at) const { return !in_gutter(at) && at.y < lanes_min.y; }
};

/// Threads: the UI thread only.
class TimelineInput {
 public:
    /// Reads mouse and keys over the item just submitted (the picture's invisible button) and
    /// changes the view. `gantt` is the layout of the last frame.
    void act(const TimelineArea& area,
             const model::Timeline& timeline,
             const view::Gantt& gantt,
             ViewState& state);

    /// Finds what the pointer is on in a new layout. Call after laying out, before hit() is used.
    void point(const TimelineArea& area, const view::Gantt& gantt);

    static void act_on_keys(const std::vector<KeyPress>& keys,
                            const TimelineArea& area,
                            const model::Timeline& timeline,
                            ViewState& state);

    [[nodiscard]] float scroll() const { return scroll_; }

    /// How far the rows at a height of the picture are scrolled: pinned ones are not.
    [[nodiscard]] float scroll_at(const view::Gantt& gantt, float y) const {
        return y < gantt.pinned_height ? 0 : scroll_;
    }

    /// The same of a row.
    [[nodiscard]] float scroll_of(const view::Row& row) const { return row.pinned ? 0 : scroll_; }

    /// Keeps the scroll position within the content.
    void limit_scroll(float content_px, float visible_px);

    /// What the pointer is on; nullopt: not over the lanes.
    [[nodiscard]] const std::optional<view::Hit>& hit() const { return hit_; }

    [[nodiscard]] bool dragging() const { return dragging_; }

 private:
    void wheel(const TimelineArea& area, const model::Timeline& timeline, ViewState& state);
    void drag(const TimelineArea& area, const model::Timeline& timeline, ViewState& state);
    void select_range(const TimelineArea& area,
                      const model::Timeline& timeline,
                      ViewState& state) const;
    void click(const TimelineArea& area, const view::Gantt& gantt, ViewState& state);
    static void zoom_to(const model::Timeline& timeline, const view::Item& item, ViewState& state);

    float scroll_ = 0;
    float scroll_at_click_ = 0;
    view::TimeRange range_at_click_;
    bool dragging_ = false;
    bool selecting_ = false;  ///< The drag selects a range: it began in the ruler, or with Shift.
    bool hovered_ = false;
    std::optional<view::Hit> hit_;
};

/// The range that is there to look at.
view::TimeRange view_bounds(const model::Timeline& timeline);

/// The range a person may go to: right of a virtual run that goes on there is room to point at the
/// time it is to run to.
view::TimeRange view_reach(const model::Timeline& timeline);

/// Sets the view by hand: stops following.
void set_view(ViewState& state, view::TimeRange range);

}  // namespace golanes::ui
