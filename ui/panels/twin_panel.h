#pragma once
// TwinPanel: two runs above each other on one clock, with one cursor, and how many times as fast
// the second was.
#include <array>

#include "core/model/run_comparison.h"
#include "ui/panels/context.h"
#include "ui/panels/twin_chart.h"
#include "ui/panels/twin_choice.h"

namespace golanes::ui {

/// Threads: the UI thread only.
class TwinPanel {
 public:
    /// Fills the content region of the current window. The cursor is that of the timeline while it
    /// stands in the first run.
    void draw(const Context& context);

 private:
    using Runs = std::array<const model::RunInfo*, 2>;

    void draw_comparison(const Context& context, const Runs& runs);
    void draw_words(const FrameInput& input, const Runs& runs);
    void draw_clock_choice();
    void draw_cursor_words() const;
    void draw_charts(const Context& context);
    void draw_chart(const Context& context, std::size_t number, float height);
    void draw_lines(const TwinPlace& place) const;
    void follow_cursor(const ViewState& view);
    void act(const Context& context, TwinChart& chart, const TwinPlace& place);
    void wheel(TwinChart& chart, const TwinPlace& place);
    void click(const Context& context, const TwinChart& chart, const TwinPlace& place);
    void act_on_keys(const Context& context);
    void clear_marks(ViewState& view);
    void show_all();
    void zoom(DurationNs anchor, double factor);
    [[nodiscard]] view::TimeRange bounds() const;

    TwinChoice choice_;
    view::ClockKind kind_ = view::ClockKind::Wall;
    std::array<TwinChart, 2> charts_;
    std::array<view::RunClock, 2> work_;  ///< Of the two runs, whatever clock is drawn.
    std::array<model::RunCost, 2> costs_;
    std::array<std::string, 2> names_;  ///< What sets each apart.
    const void* compared_ = nullptr;    ///< The second recording that all this was read from.
    view::TimeRange readings_;          ///< In view.
    view::TimeRange readings_at_click_;
    DurationNs cursor_ = -1;  ///< Reading; -1: none.
    TimeNs seen_cursor_ = -1;
    float hover_px_ = -1;  ///< Where the mouse is over a chart; -1: nowhere.
    float next_hover_px_ = -1;
    bool dragging_ = false;
    bool is_tight_ = false;  ///< There is little room.
};

}  // namespace golanes::ui
