#include "ui/panels/twin_panel.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/actions.h"
#include "ui/panels/axis_paint.h"
#include "ui/panels/goroutine_link.h"
#include "ui/panels/items.h"
#include "ui/panels/theme.h"
#include "ui/panels/timeline_panel.h"
#include "ui/panels/tr.h"
#include "ui/panels/twin_words.h"
#include "ui/panels/widgets.h"
#include "ui/view/run_differences.h"

namespace golanes::ui {
namespace {

constexpr double kWheelZoom = 1.25;
constexpr double kKeyZoom = 1.5;
constexpr double kKeyPan = 0.1;
constexpr float kRowsPerWheel = 48;
constexpr float kDragThreshold = 4;
constexpr float kAxisPx = 22;        // at scale 1
constexpr float kLeastChartPx = 90;  // at scale 1: what is less high scrolls
constexpr float kTightPx = 480;      // at scale 1: below it words are small, charts come first
constexpr std::array kNames{"twin.A", "twin.B"};

template <typename... T>
std::string say(const char* form, const T&... values) {
    return fmt::format(fmt::runtime(form), values...);
}

/// The state of a comparison that cannot be drawn yet.
std::string progress_words(const TwinView& twin) {
    switch (twin.phase) {
        case TwinView::Phase::Waiting:
            return tr("Waiting until the run in view has ended: two real runs never run at once.");
        case TwinView::Phase::Recording:
            return say(tr("The second run goes on: {} events so far."),
                       grouped(twin.second.recording().event_count()));
        case TwinView::Phase::Loading:
            return say(tr("Opening {}"), twin.file);
        case TwinView::Phase::Failed:
            return twin.error;
        default:
            return tr(
                "Choose what is to be different and press the button: the scenario runs a "
                "second time, and both runs are drawn here above each other, on one clock.");
    }
}

void draw_still(const FrameInput& input) {
    const bool failed = input.twin.phase == TwinView::Phase::Failed;
    const std::string words =
        input.timeline.empty()
            ? tr("There is no run yet: start a scenario, or open a recording. Then it can be "
                 "compared with a second run.")
            : progress_words(input.twin);
    ImGui::Spacing();
    colored_text(failed ? palette().error : palette().dim_text, words.c_str());
    tag("twin.still");
}

}  // namespace

view::TimeRange TwinPanel::bounds() const {
    return view::fitted({0, std::max(charts_[0].clock().length(), charts_[1].clock().length())});
}

void TwinPanel::show_all() {
    readings_ = bounds();
}

void TwinPanel::zoom(DurationNs anchor, double factor) {
    readings_ = view::zoomed(readings_, anchor, factor, bounds());
}

void TwinPanel::draw_words(const FrameInput& input, const Runs& runs) {
    const void* now = input.twin.second.recording().meta.get();
    if (compared_ != now || charts_[0].run() != runs[0]->number) {
        const std::array<const model::Timeline*, 2> timelines{&input.timeline, &input.twin.second};
        for (std::size_t i = 0; i < 2; ++i) {
            costs_[i] = model::cost_of(*timelines[i], *runs[i]);
            work_[i] = view::RunClock(*timelines[i], *runs[i], view::ClockKind::Work);
        }
    }
    const auto [first, second] =
        view::differences(input.timeline, *runs[0], input.twin.second, *runs[1]);
    names_ = {traits_words(first), traits_words(second)};
    const auto speed_up = model::speed_up(costs_[0], costs_[1]);
    ImGui::PushFont(is_tight_ ? fonts().normal : fonts().big);
    colored_text(palette().text, verdict_words(names_[0], names_[1], speed_up).c_str());
    ImGui::PopFont();
    tag("twin.verdict");
    colored_text(palette().dim_text, speed_up_words(costs_[0], costs_[1], speed_up).c_str());
    tag("twin.formula");
}

void TwinPanel::draw_clock_choice() {
    struct Word {
        view::ClockKind kind;
        const char* name;
        const char* text;
        const char* meaning;
    };

    const std::array words{
        Word{view::ClockKind::Wall,
             "twin.wall",
             tr("wall time"),
             tr("The clock on the wall: both runs begin at 0.")},
        Word{view::ClockKind::Work,
             "twin.work",
             tr("work done"),
             tr("The clock counts CPU time of goroutines: it goes twice as fast while two run at "
                "once, and stands while none does.")}};
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(tr("The clock shows"));
    for (const Word& word : words) {
        flow_on(button_width(word.text) + 20 * ui_scale());
        if (radio(word.name, word.text, kind_ == word.kind) && kind_ != word.kind) {
            kind_ = word.kind;
            seen_cursor_ = -2;  // the same moment, on the other clock
        }
        hint(word.meaning);
    }
    draw_cursor_words();
}

// How far each run was at the cursor: in work by the clock of the wall, in time by that of work.
void TwinPanel::draw_cursor_words() const {
    if (cursor_ < 0)
        return;
    const bool by_wall = kind_ == view::ClockKind::Wall;
    std::array<std::string, 2> told;
    for (std::size_t i = 0; i < 2; ++i) {
        const view::RunClock& clock = charts_[i].clock();
        const TimeNs t = std::min(clock.time_of(cursor_), clock.run().end);
        const double share = 100.0 * static_cast<double>(work_[i].reading_at(t)) /
                             static_cast<double>(std::max<DurationNs>(1, work_[i].length()));
        told[i] = by_wall ? fmt::format("{:.0f}", share) : format_duration(t - clock.run().start);
    }
    const char* form = by_wall ? tr("At {0}: A has done {1} % of its work, B {2} %.")
                               : tr("After {0} of work: A has taken {1}, B {2}.");
    flow_text(palette().text, say(form, format_duration(cursor_), told[0], told[1]));
    tag("twin.cursor");
}

// The cursor of the other views, where it stands in the first run.
void TwinPanel::follow_cursor(const ViewState& view) {
    if (view.cursor == seen_cursor_)
        return;
    seen_cursor_ = view.cursor;
    const view::RunClock& clock = charts_[0].clock();
    const bool inside = view.cursor >= clock.run().start && view.cursor <= clock.run().end;
    cursor_ = inside ? clock.reading_at(view.cursor) : -1;
}

void TwinPanel::wheel(TwinChart& chart, const TwinPlace& place) {
    const ImGuiIO& io = ImGui::GetIO();
    const bool on_names = io.MousePos.x < place.lanes_min.x;
    const auto pan = [&](float steps) {
        const auto delta = static_cast<double>(readings_.length()) * kKeyPan;
        readings_ =
            view::panned(readings_, -std::llround(delta * static_cast<double>(steps)), bounds());
    };
    if (io.MouseWheelH != 0)
        pan(io.MouseWheelH);
    if (io.MouseWheel == 0)
        return;
    if (io.KeyShift)
        pan(io.MouseWheel);
    else if (on_names || io.KeyAlt)
        chart.scroll_by(-io.MouseWheel * kRowsPerWheel);
    else
        zoom(place.screen().time_from_px(io.MousePos.x),
             std::pow(kWheelZoom, static_cast<double>(io.MouseWheel)));
}

void TwinPanel::click(const Context& context, const TwinChart& chart, const TwinPlace& place) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    context.view.selected = chart.goroutine_at(place, mouse);
    context.view.selected_run = charts_[0].run();
    if (mouse.x < place.lanes_min.x)
        return;
    cursor_ = std::max<DurationNs>(0, place.screen().time_from_px(mouse.x));
    const view::RunClock& first = charts_[0].clock();
    context.view.cursor = cursor_ <= first.length() ? first.time_of(cursor_) : -1;
    context.view.event.reset();
    seen_cursor_ = context.view.cursor;
}

// Over the invisible button just submitted.
void TwinPanel::act(const Context& context, TwinChart& chart, const TwinPlace& place) {
    const ImGuiIO& io = ImGui::GetIO();
    const bool hovered = ImGui::IsItemHovered();
    if (ImGui::IsItemActivated()) {
        readings_at_click_ = readings_;
        dragging_ = false;
    }
    if (ImGui::IsItemActive()) {
        const float moved = io.MousePos.x - io.MouseClickedPos[0].x;
        dragging_ = dragging_ || std::fabs(moved) >= kDragThreshold;
        const double ns_per_px = place.screen().ns_per_px();
        if (dragging_)
            readings_ = view::panned(readings_at_click_,
                                     -std::llround(static_cast<double>(moved) * ns_per_px),
                                     bounds());
    }
    if (hovered)
        wheel(chart, place);
    if (ImGui::IsItemDeactivated() && hovered && !dragging_)
        click(context, chart, place);
    if (!hovered || dragging_ || io.MousePos.x < place.lanes_min.x)
        return;
    next_hover_px_ = io.MousePos.x;
    chart.draw_tooltip(place, io.MousePos);
}

void TwinPanel::clear_marks(ViewState& view) {
    cursor_ = seen_cursor_ = view.cursor = -1;
    view.selected = 0;
}

void TwinPanel::act_on_keys(const Context& context) {
    if (keys_are_taken())
        return;
    const DurationNs middle = readings_.start + readings_.length() / 2;
    const auto step = std::llround(static_cast<double>(readings_.length()) * kKeyPan);
    for (const KeyPress& press : context.keys) {
        if ((press.mods & (kModControl | kModAlt)) != 0)
            continue;
        if (press.key == 'W')
            zoom(middle, kKeyZoom);
        else if (press.key == 'S')
            zoom(middle, 1 / kKeyZoom);
        else if (press.key == 'A')
            readings_ = view::panned(readings_, -step, bounds());
        else if (press.key == 'D')
            readings_ = view::panned(readings_, step, bounds());
        else if (press.key == 'F' || press.key == key::kHome)
            show_all();
        else if (press.key == key::kEscape)
            clear_marks(context.view);
    }
}

void TwinPanel::draw_lines(const TwinPlace& place) const {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->PushClipRect(place.lanes_min, place.max, true);
    const auto line = [&](float x, ImU32 color) {
        draw->AddRectFilled(
            {x, place.lanes_min.y}, {x + std::max(1.0F, ui_scale()), place.max.y}, color);
    };
    if (cursor_ >= 0)
        line(place.screen().px_from_time(cursor_), palette().accent);
    if (hover_px_ >= 0)
        line(hover_px_, (palette().dim_text & ~IM_COL32_A_MASK) | (0x70U << IM_COL32_A_SHIFT));
    draw->PopClipRect();
}

void TwinPanel::draw_chart(const Context& context, std::size_t number, float height) {
    const float title_top = ImGui::GetCursorPosY();
    colored_text(palette().accent, number == 0 ? "A" : "B");
    flow_text(palette().text, names_[number] + ":");
    flow_text(palette().dim_text, cost_words(costs_[number]));
    tag(std::string(kNames[number]) + ".title");
    const float left = height - (ImGui::GetCursorPosY() - title_top);
    const ImVec2 min = ImGui::GetCursorScreenPos();
    const ImVec2 size{std::max(80.0F, ImGui::GetContentRegionAvail().x),
                      std::max(kLeastChartPx * ui_scale(), left)};
    const bool has_axis = number == 0;  // one ruler serves both
    const float axis = has_axis ? kAxisPx * ui_scale() : 0;
    const TwinPlace place{min,
                          {min.x + size.x, min.y + size.y},
                          {min.x + timeline_gutter_px(size.x), min.y + axis},
                          readings_,
                          context.view.selected};
    ImGui::InvisibleButton(kNames[number], size);
    tag(kNames[number]);
    act(context, charts_[number], place);
    ImGui::PushClipRect(has_axis ? min : place.lanes_min, place.max, true);
    paint_axis(place.screen(),
               0,
               {.top = has_axis ? min.y : place.lanes_min.y - kAxisPx * ui_scale(),
                .bottom = place.lanes_min.y,
                .grid_bottom = place.max.y});
    ImGui::PopClipRect();
    charts_[number].draw(place, kNames[number]);
    draw_lines(place);
}

void TwinPanel::draw_charts(const Context& context) {
    next_hover_px_ = -1;
    ImGui::BeginChild("##twin.charts", {0, 0}, false, ImGuiWindowFlags_NavFlattened);
    const float gap = ImGui::GetStyle().ItemSpacing.y;
    const float each = (ImGui::GetContentRegionAvail().y - gap) / 2;
    draw_chart(context, 0, each);
    draw_chart(context, 1, each - gap);
    ImGui::EndChild();
    hover_px_ = next_hover_px_;
}

void TwinPanel::draw_comparison(const Context& context, const Runs& runs) {
    const FrameInput& input = context.input;
    is_tight_ = ImGui::GetContentRegionAvail().y < kTightPx * ui_scale();
    if (is_tight_)
        ImGui::PushFont(fonts().small);
    draw_words(input, runs);
    const void* now = input.twin.second.recording().meta.get();
    const bool is_new = std::exchange(compared_, now) != now;
    const view::ClockKind before = kind_;
    draw_clock_choice();
    charts_[0].show(input.timeline, *runs[0], kind_);
    charts_[1].show(input.twin.second, *runs[1], kind_);
    if (is_new || kind_ != before)
        show_all();
    follow_cursor(context.view);
    act_on_keys(context);
    draw_charts(context);
    if (is_tight_)
        ImGui::PopFont();
}

void TwinPanel::draw(const Context& context) {
    const FrameInput& input = context.input;
    choice_.draw(context);
    const Runs runs{model::run_numbered(input.timeline, input.twin.first_run),
                    model::run_numbered(input.twin.second, input.twin.second_run)};
    if (input.twin.phase == TwinView::Phase::Ready && runs[0] != nullptr && runs[1] != nullptr)
        draw_comparison(context, runs);
    else
        draw_still(input);
}

}  // namespace golanes::ui
