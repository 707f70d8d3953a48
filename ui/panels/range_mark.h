#pragma once
// RangeMark: the selected stretch of time in the picture: a band, and in the ruler above it what
// happened there in one line.
#include "ui/panels/moment.h"
#include "ui/panels/timeline_input.h"
#include "ui/panels/view_state.h"

namespace golanes::ui {

/// Threads: the UI thread only.
class RangeMark {
 public:
    /// Draws the band and the line, if a range is selected.
    void draw(const model::Timeline& timeline, const TimelineArea& area, const ViewState& state);

 private:
    void count(const model::Timeline& timeline, view::TimeRange range);
    void draw_line(const TimelineArea& area, float x0, float x1) const;

    RecordingKey key_;
    view::TimeRange range_;
    double counted_at_ = -1;
    std::string words_;
    std::string few_words_;  ///< Where there is no room for more.
};

/// Brings the selected range into view, if there is one.
void zoom_to_range(const model::Timeline& timeline, ViewState& state);

}  // namespace golanes::ui
