#include "ui/panels/twin_chart.h"

#include <algorithm>

#include <fmt/format.h>

#include "ui/panels/gantt_paint.h"
#include "ui/panels/items.h"
#include "ui/panels/row_names.h"
#include "ui/panels/span_tooltip.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/view/gantt_layout.h"

namespace golanes::ui {
namespace {

/// A clock of work draws some stretches larger than others: so much finer is the layout.
constexpr float kFiner = 4;

}  // namespace

void TwinChart::show(const model::Timeline& timeline,
                     const model::RunInfo& run,
                     view::ClockKind kind) {
    const void* identity = timeline.recording().meta.get();
    if (identity == identity_ && run.number == run_ && kind == kind_)
        return;
    if (identity != identity_ || run.number != run_)
        scroll_ = 0;
    identity_ = identity;
    timeline_ = timeline;
    run_ = run.number;
    run_end_ = run.end;
    kind_ = kind;
    clock_ = view::RunClock(timeline, run, kind);
    key_.reset();
}

void TwinChart::lay_out(const TwinPlace& place) {
    const float height = place.max.y - place.lanes_min.y;
    scroll_ = std::clamp(scroll_, 0.0F, std::max(0.0F, gantt_.height - height));
    const Key now{place.readings, place.screen().width_px, height, scroll_, ui_scale()};
    if (key_ == now)
        return;
    key_ = now;
    gantt_ = {};
    const view::Viewport lanes{place.readings, 0, now.width};
    const view::TimeRange seen{std::max(clock_.run().start, clock_.time_of(place.readings.start)),
                               std::min(clock_.run().end, clock_.time_of(place.readings.end))};
    if (seen.length() <= 0)
        return;
    const bool wall = kind_ == view::ClockKind::Wall;
    gantt_left_ = wall ? lanes.px_from_time(clock_.reading_at(seen.start)) : 0;
    const float right = lanes.px_from_time(clock_.reading_at(seen.end));
    const float width = wall ? right - gantt_left_ : now.width * kFiner;
    view::GanttStyle style;
    style.rows.scale = now.scale;
    style.rows.available_px = height;
    style.visible_top = scroll_;
    style.visible_bottom = scroll_ + height;
    build_gantt(timeline_, {seen, 0, std::max(1.0F, width)}, style, gantt_);
    if (!wall)
        place_by_clock(clock_, lanes, gantt_);
}

void TwinChart::draw_names(const TwinPlace& place) const {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->PushClipRect({place.min.x, place.lanes_min.y}, {place.lanes_min.x, place.max.y}, true);
    for (const view::Row& row : gantt_.rows) {
        const float y = place.lanes_min.y + row.top - scroll_;
        if (y + row.height >= place.lanes_min.y && y < place.max.y)
            draw_row_name(row, {place.min.x, y}, place.lanes_min.x, {place.selected});
    }
    draw->PopClipRect();
}

// Where the other run goes on and this one is over.
void TwinChart::draw_end(const TwinPlace& place) const {
    const float x = place.screen().px_from_time(clock_.length());
    if (x >= place.max.x)
        return;
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const float left = std::max(x, place.lanes_min.x);
    draw->AddRectFilled(
        {left, place.lanes_min.y}, place.max, packed(view::scene_colors(ground()).idle_gap));
    if (x >= place.lanes_min.x)
        draw->AddRectFilled(
            {x, place.lanes_min.y}, {x + 2 * ui_scale(), place.max.y}, palette().good);
    const std::string words =
        fmt::format(fmt::runtime(tr("over after {}")), format_duration(clock_.length()));
    ImFont* font = fonts().small;
    const float pad = 6 * ui_scale();
    const float width = font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, words.c_str()).x;
    if (left + 2 * pad + width > place.max.x)
        return;
    draw->AddText(font,
                  font->FontSize,
                  {left + pad, (place.lanes_min.y + place.max.y - font->FontSize) / 2},
                  palette().dim_text,
                  words.c_str());
}

void TwinChart::name_rows(const TwinPlace& place, const char* name) const {
    if (!recording_items())
        return;
    tag_rect(fmt::format("{}.lanes", name).c_str(), place.lanes_min, place.max);
    for (const view::Row& row : gantt_.rows) {
        if (row.kind != view::RowKind::Proc && row.kind != view::RowKind::Goroutine)
            continue;
        const char kind = row.kind == view::RowKind::Proc ? 'P' : 'G';
        const float top = place.lanes_min.y + row.top - scroll_;
        tag_rect(fmt::format("{}.{}{}", name, kind, row.number).c_str(),
                 {place.lanes_min.x, top},
                 {place.max.x, std::min(top + row.height, place.max.y)});
    }
}

void TwinChart::draw(const TwinPlace& place, const char* name) {
    lay_out(place);
    draw_names(place);
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->PushClipRect(place.lanes_min, place.max, true);
    const GanttCanvas canvas{draw,
                             {place.lanes_min.x + gantt_left_, place.lanes_min.y - scroll_},
                             place.lanes_min,
                             place.max,
                             place.selected};
    paint_items(gantt_, canvas);
    paint_marks(gantt_, canvas);
    draw_end(place);
    draw->PopClipRect();
    draw_scrollbar(place);
    name_rows(place, name);
}

void TwinChart::draw_scrollbar(const TwinPlace& place) const {
    const float visible = place.max.y - place.lanes_min.y;
    if (gantt_.height <= visible)
        return;
    const float top = place.lanes_min.y + scroll_ / gantt_.height * visible;
    ImGui::GetWindowDrawList()->AddRectFilled(
        {place.max.x - 5 * ui_scale(), top},
        {place.max.x, top + visible / gantt_.height * visible},
        palette().dim_text);
}

std::optional<view::Hit> TwinChart::hit(const TwinPlace& place, ImVec2 at) const {
    if (at.y < place.lanes_min.y || at.y >= place.max.y)
        return std::nullopt;
    return hit_test(
        gantt_, at.x - place.lanes_min.x - gantt_left_, at.y - place.lanes_min.y + scroll_);
}

TimeNs TwinChart::time_at(const TwinPlace& place, ImVec2 at) const {
    return clock_.time_of(place.screen().time_from_px(at.x));
}

void TwinChart::draw_tooltip(const TwinPlace& place, ImVec2 mouse) const {
    if (const auto found = hit(place, mouse))
        draw_span_tooltip(timeline_, gantt_, *found, time_at(place, mouse));
}

GoroutineId TwinChart::goroutine_at(const TwinPlace& place, ImVec2 at) const {
    const auto found = hit(place, at);
    if (!found)
        return 0;
    const view::Row& row = gantt_.rows[found->row];
    if (row.kind == view::RowKind::Goroutine)
        return row.number;
    const bool on_item = found->item != view::kNone && at.x >= place.lanes_min.x;
    return on_item ? gantt_.items[found->item].g : 0;
}

}  // namespace golanes::ui
