#include "ui/panels/timeline_panel.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "ui/panels/arrow_paint.h"
#include "ui/panels/axis_paint.h"
#include "ui/panels/gantt_paint.h"
#include "ui/panels/items.h"
#include "ui/panels/minimap_strip.h"
#include "ui/panels/range_mark.h"
#include "ui/panels/row_names.h"
#include "ui/panels/row_tools.h"
#include "ui/panels/run_words.h"
#include "ui/panels/span_tooltip.h"
#include "ui/panels/theme.h"
#include "ui/panels/timeline_input.h"
#include "ui/panels/tr.h"
#include "ui/view/follow.h"
#include "ui/view/gantt_layout.h"

namespace golanes::ui {
namespace {

constexpr float kGutterPx = 140;  // at scale 1
constexpr float kAxisPx = 24;
constexpr std::size_t kManySpans = 100'000;     ///< A followed picture of more is laid out
constexpr double kSecondsBetweenLayouts = 0.2;  ///< only this often.

/// What a layout depends on: an unchanged key keeps the layout of the last frame.
struct LayoutKey {
    const void* first_chunk = nullptr;
    std::uint64_t events = 0;
    std::size_t runs = 0;
    TimeNs end = 0;
    view::TimeRange range;
    float width = 0;
    float height = 0;
    float scroll = 0;
    float scale = 0;
    bool machines = false;
    bool cpus = false;
    view::RowChoice rows;

    [[nodiscard]] bool is_same_shape(const LayoutKey& other) const {
        return width == other.width && height == other.height && scroll == other.scroll &&
               scale == other.scale && machines == other.machines && cpus == other.cpus &&
               rows == other.rows;
    }

    friend bool operator==(const LayoutKey&, const LayoutKey&) = default;
};

LayoutKey layout_key(const model::Timeline& timeline) {
    const recording::Snapshot& snapshot = timeline.recording();
    LayoutKey key;
    key.first_chunk = snapshot.chunks.empty() ? nullptr : snapshot.chunks.front().get();
    key.events = snapshot.event_count();
    key.runs = timeline.runs().size();
    key.end = timeline.end();
    return key;
}

}  // namespace

struct TimelinePanel::State {
    view::Gantt gantt;
    view::Follow follow;
    bool was_live = false;
    LayoutKey key;
    double laid_out_at = 0;
    TimelineInput input;
    MinimapStrip minimap;
    RangeMark range_mark;
    RowTools row_tools;
    std::vector<view::Arrow> arrows;  ///< Of the selected goroutine, for this layout.
    GoroutineId arrows_for = 0;

    void move_along(const FrameInput& frame, const model::Timeline& timeline, ViewState& view);
    void read_arrows(const model::Timeline& timeline, const ViewState& view);
    void lay_out(const model::Timeline& timeline, const TimelineArea& area, const ViewState& view);
    void draw_axis(const model::Timeline& timeline, const TimelineArea& area) const;
    void draw_gutter(const TimelineArea& area, const ViewState& view) const;
    void draw_pin(const view::Row& row, ImVec2 center, const ViewState& view) const;
    void draw_rows(const TimelineArea& area, float top, float scroll, const ViewState& view) const;
    void draw_lanes(const TimelineArea& area, const ViewState& view) const;
    void draw_lines(const TimelineArea& area, const ViewState& view) const;
    void draw_scrollbar(const TimelineArea& area) const;
    void note_hovered(ViewState& view) const;
    void name_rows(const TimelineArea& area) const;
};

void TimelinePanel::State::move_along(const FrameInput& frame,
                                      const model::Timeline& timeline,
                                      ViewState& view) {
    if (!view.follow) {
        follow.reset();
        return;
    }
    if (view.frozen)
        return;
    was_live = was_live || frame.live;
    const auto runs = timeline.runs();
    const bool cut_short = !frame.live && !runs.empty() && runs.back().end < 0;
    view::TimeRange range;
    if (cut_short)
        range = view::end_of_last_run(runs, timeline.end());
    else if (was_live)
        range = follow.range(runs, timeline.end(), ImGui::GetTime());
    else
        range = view::initial_range(timeline);
    view.view_start = range.start;
    view.view_end = range.end;
}

void TimelinePanel::State::lay_out(const model::Timeline& timeline,
                                   const TimelineArea& area,
                                   const ViewState& view) {
    LayoutKey now = layout_key(timeline);
    now.range = {view.view_start, view.view_end};
    now.width = area.width();
    now.height = area.height();
    now.scroll = input.scroll();
    now.scale = ui_scale();
    now.machines = view.shows_machines;
    now.cpus = view.shows_cpus;
    now.rows = view.rows;
    const bool waits = view.follow && now.is_same_shape(key) && gantt.spans_read > kManySpans &&
                       ImGui::GetTime() - laid_out_at < kSecondsBetweenLayouts;
    if (now == key || waits)
        return;
    key = now;
    arrows_for = 0;
    laid_out_at = ImGui::GetTime();
    view::GanttStyle style;
    style.rows.scale = ui_scale();
    style.rows.available_px = area.height();
    style.rows.shows_machines = view.shows_machines;
    style.rows.shows_cpus = view.shows_cpus;
    style.rows.choice = view.rows;
    style.visible_top = input.scroll();
    style.visible_bottom = input.scroll() + area.height();
    build_gantt(timeline, {now.range, 0, std::max(1.0F, area.width())}, style, gantt);
}

void TimelinePanel::State::read_arrows(const model::Timeline& timeline, const ViewState& view) {
    if (view.selected == arrows_for)
        return;
    arrows_for = view.selected;
    arrows = view::arrows_of(timeline, gantt.viewport.range, view.selected);
}

void TimelinePanel::State::draw_axis(const model::Timeline& timeline,
                                     const TimelineArea& area) const {
    const view::TimeRange range = gantt.viewport.range;
    const model::RunInfo* run = timeline.run_at(range.end - 1);
    // 0 is the begin of the run in view; of several runs side by side, that of the recording.
    const bool one_run = run != nullptr && run->begin - range.start < range.length() / 4;
    const TimeNs origin = one_run ? run->begin : timeline.start();
    paint_axis({range, area.lanes_min.x, area.width()},
               origin,
               {.top = area.min.y, .bottom = area.lanes_min.y, .grid_bottom = area.max.y});
}

void TimelinePanel::State::draw_pin(const view::Row& row,
                                    ImVec2 center,
                                    const ViewState& view) const {
    const bool is_under_mouse = input.hit() && &gantt.rows[input.hit()->row] == &row;
    if (row.pinned || is_under_mouse)
        paint_pin(center, view.rows.is_pinned(row.number));
    if (recording_items()) {
        const float half = pin_center_px();
        tag_rect(fmt::format("timeline.pin.G{}", row.number).c_str(),
                 {center.x - half, center.y - half / 2},
                 {center.x + half, center.y + half / 2});
    }
}

void TimelinePanel::State::draw_gutter(const TimelineArea& area, const ViewState& view) const {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->PushClipRect({area.min.x, area.lanes_min.y}, {area.lanes_min.x, area.max.y}, true);
    const float pinned_bottom = area.lanes_min.y + gantt.pinned_height;
    for (const view::Row& row : gantt.rows) {
        const float y = area.lanes_min.y + row.top - input.scroll_of(row);
        const float top = row.pinned ? area.lanes_min.y : pinned_bottom;
        if (y + row.height < top || y >= area.max.y)
            continue;
        draw->PushClipRect({area.min.x, top}, {area.lanes_min.x, area.max.y}, true);
        draw_row_name(row, {area.min.x, y}, area.lanes_min.x, {view.selected, &view.rows});
        if (row.kind == view::RowKind::Goroutine)
            draw_pin(row, {area.lanes_min.x - pin_center_px(), y + row.height / 2}, view);
        draw->PopClipRect();
    }
    draw->PopClipRect();
}

// The rows below `top`, scrolled so far.
void TimelinePanel::State::draw_rows(const TimelineArea& area,
                                     float top,
                                     float scroll,
                                     const ViewState& view) const {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const GanttCanvas canvas{draw,
                             {area.lanes_min.x, area.lanes_min.y - scroll},
                             {area.lanes_min.x, top},
                             area.max,
                             view.selected};
    draw->PushClipRect({area.lanes_min.x, top}, area.max, true);
    paint_runs(gantt, canvas);
    paint_items(gantt, canvas);
    paint_marks(gantt, canvas);
    if (view.selected != 0)
        paint_arrows(gantt, canvas, arrows);
    draw->PopClipRect();
}

void TimelinePanel::State::draw_lanes(const TimelineArea& area, const ViewState& view) const {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->PushClipRect(area.lanes_min, area.max, true);
    const float pinned_bottom = area.lanes_min.y + gantt.pinned_height;
    if (gantt.pinned_height > 0) {
        TimelineArea pinned = area;
        pinned.max.y = std::min(pinned_bottom, area.max.y);
        draw_rows(pinned, area.lanes_min.y, 0, view);
    }
    if (pinned_bottom < area.max.y)
        draw_rows(area, pinned_bottom, input.scroll(), view);
    if (gantt.pinned_height > 0)
        draw->AddRectFilled({area.lanes_min.x, pinned_bottom - ui_scale()},
                            {area.max.x, pinned_bottom},
                            palette().border);
    draw_lines(area, view);
    draw->PopClipRect();
}

void TimelinePanel::State::draw_lines(const TimelineArea& area, const ViewState& view) const {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const view::Viewport screen{
        gantt.viewport.range, area.lanes_min.x, std::max(1.0F, area.width())};
    const auto line = [&](float x, ImU32 color) {
        draw->AddRectFilled(
            {x, area.lanes_min.y}, {x + std::max(1.0F, ui_scale()), area.max.y}, color);
    };
    if (view.cursor >= 0)
        line(screen.px_from_time(view.cursor), palette().accent);
    if (input.hit() && !area.in_gutter(ImGui::GetIO().MousePos))
        line(ImGui::GetIO().MousePos.x,
             (palette().dim_text & ~IM_COL32_A_MASK) | (0x70U << IM_COL32_A_SHIFT));
}

void TimelinePanel::State::draw_scrollbar(const TimelineArea& area) const {
    const float visible = area.height();
    if (gantt.height <= visible)
        return;
    const float width = 5 * ui_scale();
    const float top = area.lanes_min.y + input.scroll() / gantt.height * visible;
    ImGui::GetWindowDrawList()->AddRectFilled({area.max.x - width, top},
                                              {area.max.x, top + visible / gantt.height * visible},
                                              palette().dim_text);
}

void TimelinePanel::State::note_hovered(ViewState& view) const {
    view.hovered.reset();
    const auto& hit = input.hit();
    if (hit && hit->item != view::kNone && gantt.items[hit->item].span != view::kNone)
        view.hovered = gantt.spans[gantt.items[hit->item].span];
}

void TimelinePanel::State::name_rows(const TimelineArea& area) const {
    if (!recording_items())
        return;
    tag_rect("timeline.lanes", area.lanes_min, area.max);
    for (const view::Row& row : gantt.rows) {
        const float top = area.lanes_min.y + row.top - input.scroll_of(row);
        const ImVec2 max{area.max.x, std::min(top + row.height, area.max.y)};
        const ImVec2 min{area.lanes_min.x, top};
        if (row.kind == view::RowKind::Proc)
            tag_rect(fmt::format("timeline.P{}", row.number).c_str(), min, max);
        else if (row.kind == view::RowKind::Goroutine)
            tag_rect(fmt::format("timeline.G{}", row.number).c_str(), min, max);
        else if (row.kind == view::RowKind::Machine)
            tag_rect(fmt::format("timeline.M{}", row.number).c_str(), min, max);
        else if (row.kind == view::RowKind::Cpu)
            tag_rect(fmt::format("timeline.CPU{}", row.number).c_str(), min, max);
        else if (row.kind == view::RowKind::GlobalQueue)
            tag_rect("timeline.global_queue", min, max);
        else if (view::is_heading(row.kind))
            tag_rect(fmt::format("timeline.heading.{}", static_cast<int>(row.kind)).c_str(),
                     {area.min.x, top},
                     {area.lanes_min.x, top + row.height});
    }
}

TimelinePanel::TimelinePanel() : state_(std::make_unique<State>()) {}

TimelinePanel::~TimelinePanel() = default;

void TimelinePanel::draw(const FrameInput& input,
                         ViewState& state,
                         const std::vector<KeyPress>& keys) {
    State& s = *state_;
    const model::Timeline& timeline = shown_timeline(input, state);
    if (timeline.empty()) {
        ImGui::TextDisabled("%s", tr("No events yet: start a scenario, or open a recording."));
        return;
    }
    s.move_along(input, timeline, state);
    draw_facts_line(input, timeline, state);
    s.minimap.draw(timeline, state, timeline_gutter_px(ImGui::GetContentRegionAvail().x));
    const ImVec2 min = ImGui::GetCursorScreenPos();
    const ImVec2 size = ImGui::GetContentRegionAvail();
    if (size.x < 60 * ui_scale() || size.y < 2 * kAxisPx * ui_scale())
        return;
    const float gutter = timeline_gutter_px(size.x);
    const TimelineArea area{
        min, {min.x + size.x, min.y + size.y}, {min.x + gutter, min.y + kAxisPx * ui_scale()}};
    s.row_tools.draw_filter(area, state);
    ImGui::InvisibleButton("##picture", size);
    tag("timeline");
    s.input.act(area, timeline, s.gantt, state);
    TimelineInput::act_on_keys(keys, area, timeline, state);
    s.input.limit_scroll(s.gantt.height, area.height());
    s.lay_out(timeline, area, state);
    s.read_arrows(timeline, state);
    s.input.point(area, s.gantt);
    s.note_hovered(state);
    s.draw_axis(timeline, area);
    s.draw_gutter(area, state);
    s.draw_lanes(area, state);
    s.range_mark.draw(timeline, area, state);
    s.draw_scrollbar(area);
    s.name_rows(area);
    if (s.input.hit() && !s.input.dragging() && !area.in_gutter(ImGui::GetIO().MousePos))
        draw_span_tooltip(
            timeline,
            s.gantt,
            *s.input.hit(),
            s.gantt.viewport.time_from_px(ImGui::GetIO().MousePos.x - area.lanes_min.x));
}

void TimelinePanel::fit(const model::Timeline& timeline, ViewState& state) {
    set_view(state, view::initial_range(timeline));
}

float timeline_gutter_px(float width) {
    return std::min(kGutterPx * ui_scale(), 0.35F * width);
}

const model::Timeline& shown_timeline(const FrameInput& input, const ViewState& state) {
    return state.frozen ? state.frozen_timeline : input.timeline;
}

const model::RunInfo* shown_run(const model::Timeline& timeline, const ViewState& state) {
    const model::RunInfo* last = timeline.run_at(state.view_end - 1);
    if (state.selected == 0) {
        // Numbers of a run under way change with every frame: while following, those of the last
        // finished run in view can be read.
        const model::RunInfo* finished = view::latest_finished(timeline.runs());
        const bool readable =
            state.follow && finished != nullptr && finished->end > state.view_start;
        return readable && last != nullptr && last->end < 0 ? finished : last;
    }
    for (const model::RunInfo& run : timeline.runs()) {
        const TimeNs end = run.end >= 0 ? run.end : timeline.end();
        if (run.number == state.selected_run && end > state.view_start &&
            run.begin < state.view_end)
            return &run;
    }
    return last;
}

}  // namespace golanes::ui
