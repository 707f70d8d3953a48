#include "ui/panels/timeline_input.h"

#include <algorithm>
#include <cmath>

#include "ui/panels/range_mark.h"
#include "ui/panels/row_tools.h"
#include "ui/panels/timeline_panel.h"

namespace golanes::ui {
namespace {

constexpr double kWheelZoom = 1.25;
constexpr double kKeyZoom = 1.5;
constexpr double kKeyPan = 0.1;
constexpr double kWheelPan = 0.08;
constexpr float kRowsPerWheel = 48;  // pixels
constexpr float kDragThreshold = 4;

view::TimeRange range_of(const ViewState& state) {
    return {state.view_start, state.view_end};
}

void zoom_at(const model::Timeline& timeline, ViewState& state, TimeNs anchor, double factor) {
    set_view(state, zoomed(range_of(state), anchor, factor, view_reach(timeline)));
}

void pan_by(const model::Timeline& timeline, ViewState& state, double share) {
    const auto delta = std::llround(static_cast<double>(range_of(state).length()) * share);
    set_view(state, panned(range_of(state), delta, view_reach(timeline)));
}

TimeNs time_under(ImVec2 at, const TimelineArea& area, const ViewState& state) {
    return view::Viewport{range_of(state), area.lanes_min.x, std::max(1.0F, area.width())}
        .time_from_px(at.x);
}

GoroutineId goroutine_of(const view::Gantt& gantt, const view::Hit& hit, bool in_gutter) {
    const view::Row& row = gantt.rows[hit.row];
    if (row.kind == view::RowKind::Goroutine)
        return row.number;
    return in_gutter || hit.item == view::kNone ? 0 : gantt.items[hit.item].g;
}

TimeNs key_anchor(const TimelineArea& area, const ViewState& state) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const bool over = mouse.x >= area.lanes_min.x && mouse.x < area.max.x &&
                      mouse.y >= area.min.y && mouse.y < area.max.y;
    return over ? time_under(mouse, area, state) : state.view_start + range_of(state).length() / 2;
}

}  // namespace

view::TimeRange view_bounds(const model::Timeline& timeline) {
    return view::fitted({timeline.start(), timeline.end()});
}

view::TimeRange view_reach(const model::Timeline& timeline) {
    view::TimeRange reach = view_bounds(timeline);
    const auto runs = timeline.runs();
    if (!runs.empty() && runs.back().is_virtual && runs.back().end < 0)
        reach.end += reach.length();
    return reach;
}

void set_view(ViewState& state, view::TimeRange range) {
    state.view_start = range.start;
    state.view_end = range.end;
    state.follow = false;
}

void TimelineInput::act(const TimelineArea& area,
                        const model::Timeline& timeline,
                        const view::Gantt& gantt,
                        ViewState& state) {
    hovered_ = ImGui::IsItemHovered();
    point(area, gantt);
    if (ImGui::IsItemActivated()) {
        scroll_at_click_ = scroll_;
        range_at_click_ = range_of(state);
        dragging_ = false;
        const ImVec2 clicked = ImGui::GetIO().MouseClickedPos[0];
        selecting_ =
            area.in_ruler(clicked) || (ImGui::GetIO().KeyShift && !area.in_gutter(clicked));
    }
    if (ImGui::IsItemActive())
        drag(area, timeline, state);
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    if (hovered_)
        wheel(area, timeline, state);
    if (ImGui::IsItemDeactivated() && hovered_ && !dragging_)
        click(area, gantt, state);
    if (hovered_ && ImGui::IsMouseDoubleClicked(0) && area.in_ruler(mouse) && state.range &&
        state.range->contains(time_under(mouse, area, state)))
        zoom_to_range(timeline, state);
    if (hovered_ && ImGui::IsMouseDoubleClicked(0) && hit_ && hit_->item != view::kNone &&
        !area.in_gutter(mouse))
        zoom_to(timeline, gantt.items[hit_->item], state);
    if (!ImGui::IsItemActive())
        dragging_ = false;
}

void TimelineInput::point(const TimelineArea& area, const view::Gantt& gantt) {
    hit_.reset();
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    if (hovered_ && mouse.y >= area.lanes_min.y)
        hit_ = hit_test(gantt,
                        mouse.x - area.lanes_min.x,
                        mouse.y - area.lanes_min.y + scroll_at(gantt, mouse.y - area.lanes_min.y));
}

void TimelineInput::wheel(const TimelineArea& area,
                          const model::Timeline& timeline,
                          ViewState& state) {
    const ImGuiIO& io = ImGui::GetIO();
    if (io.MouseWheelH != 0)
        pan_by(timeline, state, -kWheelPan * static_cast<double>(io.MouseWheelH));
    if (io.MouseWheel == 0)
        return;
    if (io.KeyShift)
        pan_by(timeline, state, -kWheelPan * static_cast<double>(io.MouseWheel));
    else if (area.in_gutter(io.MousePos) || io.KeyAlt)
        scroll_ -= io.MouseWheel * kRowsPerWheel;
    else
        zoom_at(timeline,
                state,
                time_under(io.MousePos, area, state),
                std::pow(kWheelZoom, static_cast<double>(io.MouseWheel)));
}

void TimelineInput::drag(const TimelineArea& area,
                         const model::Timeline& timeline,
                         ViewState& state) {
    const ImGuiIO& io = ImGui::GetIO();
    const ImVec2 moved{io.MousePos.x - io.MouseClickedPos[0].x,
                       io.MousePos.y - io.MouseClickedPos[0].y};
    if (!dragging_ && std::fabs(moved.x) < kDragThreshold && std::fabs(moved.y) < kDragThreshold)
        return;
    dragging_ = true;
    if (selecting_)
        return select_range(area, timeline, state);
    scroll_ = scroll_at_click_ - moved.y;
    if (area.in_gutter(io.MouseClickedPos[0]) || std::fabs(moved.x) < kDragThreshold)
        return;
    const double ns_per_px = static_cast<double>(range_at_click_.length()) /
                             static_cast<double>(std::max(1.0F, area.width()));
    set_view(state,
             panned(range_at_click_,
                    -std::llround(static_cast<double>(moved.x) * ns_per_px),
                    view_reach(timeline)));
}

void TimelineInput::select_range(const TimelineArea& area,
                                 const model::Timeline& timeline,
                                 ViewState& state) const {
    set_view(state, range_at_click_);  // the picture holds still under the hand
    const view::TimeRange bounds{timeline.start(), std::max(timeline.end(), timeline.start() + 1)};
    const auto time_at = [&](float x) {
        const float inside = std::clamp(x, area.lanes_min.x, area.max.x);
        return std::clamp(time_under({inside, 0}, area, state), bounds.start, bounds.end);
    };
    const auto [from, to] = std::minmax(
        {time_at(ImGui::GetIO().MouseClickedPos[0].x), time_at(ImGui::GetIO().MousePos.x)});
    if (to > from)
        state.range = view::TimeRange{from, to};
}

void TimelineInput::click(const TimelineArea& area, const view::Gantt& gantt, ViewState& state) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    if (hit_ && click_row_tool(area, gantt.rows[hit_->row], mouse, state))
        return;
    if (!area.in_gutter(mouse))
        state.cursor = time_under(mouse, area, state);
    state.selected = hit_ ? goroutine_of(gantt, *hit_, area.in_gutter(mouse)) : 0;
    const bool on_span =
        hit_ && hit_->item != view::kNone && gantt.items[hit_->item].span != view::kNone;
    if (on_span)
        state.selected_run = gantt.spans[gantt.items[hit_->item].span].run;
}

void TimelineInput::zoom_to(const model::Timeline& timeline,
                            const view::Item& item,
                            ViewState& state) {
    const DurationNs air = std::max<DurationNs>(item.time.length() / 10, 1);
    set_view(state, clamped({item.time.start - air, item.time.end + air}, view_reach(timeline)));
}

void TimelineInput::limit_scroll(float content_px, float visible_px) {
    scroll_ = std::clamp(scroll_, 0.0F, std::max(0.0F, content_px - visible_px));
}

void TimelineInput::act_on_keys(const std::vector<KeyPress>& keys,
                                const TimelineArea& area,
                                const model::Timeline& timeline,
                                ViewState& state) {
    if (ImGui::GetIO().WantTextInput)
        return;
    for (const KeyPress& press : keys) {
        if ((press.mods & (kModControl | kModAlt)) != 0)
            continue;
        switch (press.key) {
            case 'W':
                zoom_at(timeline, state, key_anchor(area, state), kKeyZoom);
                break;
            case 'S':
                zoom_at(timeline, state, key_anchor(area, state), 1 / kKeyZoom);
                break;
            case 'A':
                pan_by(timeline, state, -kKeyPan);
                break;
            case 'D':
                pan_by(timeline, state, kKeyPan);
                break;
            case 'F':
            case key::kHome:
                set_view(state, view_bounds(timeline));
                break;
            case 'P':
                if (state.selected != 0)
                    state.rows.toggle_pinned(state.selected);
                break;
            case 'Z':
                zoom_to_range(timeline, state);
                break;
            case key::kEscape:
                state.selected = 0;
                state.range.reset();
                state.cursor = -1;
                break;
            default:
                break;
        }
    }
}

}  // namespace golanes::ui
