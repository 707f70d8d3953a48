#include "ui/panels/stacks_panel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/gantt_paint.h"
#include "ui/panels/goroutine_link.h"
#include "ui/panels/items.h"
#include "ui/panels/moment.h"
#include "ui/panels/theme.h"
#include "ui/panels/timeline_panel.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"
#include "ui/view/palette.h"
#include "ui/view/stack_history.h"

namespace golanes::ui {
namespace {

constexpr std::size_t kMany = 200;      ///< More goroutines than that are counted, not drawn.
constexpr std::size_t kNamedSizes = 6;  ///< So many of the largest are named above the chart.
constexpr std::uint32_t kKilobyte = 1024;
constexpr std::uint32_t kMegabyte = 1024 * kKilobyte;
constexpr std::uint32_t kTop = 16 * kMegabyte;
constexpr float kNearPx = 7;
constexpr double kRefreshSeconds = 0.25;

template <typename... T>
std::string say(const char* form, const T&... values) {
    return fmt::format(fmt::runtime(form), values...);
}

/// The chart's place on the screen.
struct Chart {
    ImVec2 min;
    ImVec2 max;
    view::Viewport time;
    std::uint32_t top = kTop;  ///< Bytes at the upper edge.

    [[nodiscard]] float y_of(std::uint32_t bytes) const {
        const auto share =
            std::log2(static_cast<float>(std::max(bytes, view::kFirstStackBytes)) /
                      static_cast<float>(view::kFirstStackBytes)) /
            std::log2(static_cast<float>(top) / static_cast<float>(view::kFirstStackBytes));
        const float air = 8 * ui_scale();
        return max.y - air - share * (max.y - min.y - 2 * air);
    }

    [[nodiscard]] float x_of(TimeNs t) const {
        return std::clamp(time.px_from_time(t), min.x, max.x);
    }
};

/// A thread's stack, for comparison.
struct ThreadLine {
    std::uint32_t bytes;
    const char* words;
};

constexpr std::array kThreads{
    ThreadLine{2 * kMegabyte, tr_later("2 MB: small threads reserve this much")},
    ThreadLine{8 * kMegabyte, tr_later("8 MB: what a Linux thread reserves")},
};

/// A goroutine and the size of its stack.
struct Sized {
    GoroutineId g = 0;
    std::uint32_t bytes = 0;
};

bool lives_in(const model::GoroutineInfo& goroutine, TimeNs from, TimeNs to) {
    return goroutine.created < to && (goroutine.ended < 0 || goroutine.ended > from);
}

}  // namespace

struct StacksPanel::State {
    RecordingKey key;
    double read_at = -1;
    std::uint32_t run_number = 0;
    view::StackHistory history;
    std::vector<model::GoroutineInfo> goroutines;
    model::RunInfo run;
    TimeNs moment = 0;

    bool read(const model::Timeline& timeline, const ViewState& view);
    [[nodiscard]] std::vector<Sized> alive() const;
    void draw_title(const model::Timeline& timeline, ViewState& view) const;
    void draw_sizes(const model::Timeline& timeline,
                    ViewState& view,
                    std::vector<Sized> living) const;
    void draw_chart(const model::Timeline& timeline, ViewState& view) const;
    void draw_grid(const Chart& chart, const ViewState& view) const;
    void draw_line(const Chart& chart,
                   const ViewState& view,
                   const model::GoroutineInfo& goroutine) const;
    void touch(const model::Timeline& timeline, const Chart& chart, ViewState& view) const;
    void draw_histogram() const;
};

bool StacksPanel::State::read(const model::Timeline& timeline, const ViewState& view) {
    const model::RunInfo* at = run_of_moment(timeline, view);
    if (at == nullptr)
        return false;
    run = *at;
    moment = moment_in(timeline, view, run);
    const RecordingKey now = key_of(timeline);
    const double time = ImGui::GetTime();
    const bool same_run = run.number == run_number && now.recording == key.recording;
    if (same_run && (now == key || time - read_at < kRefreshSeconds))
        return true;
    key = now;
    read_at = time;
    run_number = run.number;
    goroutines = timeline.goroutines(run.number);
    history.advance(timeline, run);
    return true;
}

std::vector<Sized> StacksPanel::State::alive() const {
    std::vector<Sized> living;
    for (const model::GoroutineInfo& goroutine : goroutines) {
        if (lives_in(goroutine, moment, moment + 1))
            living.push_back({goroutine.id, history.bytes_at(goroutine.id, moment)});
    }
    return living;
}

void StacksPanel::State::draw_sizes(const model::Timeline& timeline,
                                    ViewState& view,
                                    std::vector<Sized> living) const {
    const std::size_t shown = std::min(living.size(), kNamedSizes);
    std::partial_sort(living.begin(),
                      living.begin() + static_cast<std::ptrdiff_t>(shown),
                      living.end(),
                      [&](const Sized& a, const Sized& b) {
                          const bool a_chosen = a.g == view.selected;
                          const bool b_chosen = b.g == view.selected;
                          if (a_chosen != b_chosen)
                              return a_chosen;
                          return a.bytes != b.bytes ? a.bytes > b.bytes : a.g < b.g;
                      });
    for (std::size_t i = 0; i < shown; ++i) {
        const Sized& one = living[i];
        const std::string name = timeline.goroutine_name(run.number, one.g);
        if (i > 0)
            flow_on(ImGui::CalcTextSize(name.c_str()).x + 110 * ui_scale());
        goroutine_link(fmt::format("stacks.G{}", one.g), timeline, run.number, one.g, view);
        flow_text(palette().text, format_bytes(one.bytes));
    }
    if (living.size() > shown)
        flow_text(palette().dim_text, say(tr("... and {} more"), living.size() - shown));
}

void StacksPanel::State::draw_title(const model::Timeline& timeline, ViewState& view) const {
    const std::vector<Sized> living = alive();
    std::uint64_t bytes = 0;
    for (const Sized& one : living)
        bytes += one.bytes;
    const std::uint64_t as_threads = std::uint64_t{8} * kMegabyte * living.size();
    colored_text(palette().text,
                 say(tr("At {0}: {1} goroutines have {2} of stacks. As many threads would reserve "
                        "{3}."),
                     time_words(timeline, moment),
                     living.size(),
                     format_bytes(bytes),
                     format_bytes(as_threads))
                     .c_str());
    tag("stacks.title");
    draw_sizes(timeline, view, living);
}

void StacksPanel::State::draw_grid(const Chart& chart, const ViewState& view) const {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    ImFont* font = fonts().small;
    const float left = ImGui::GetWindowPos().x + 8 * ui_scale();
    for (std::uint32_t bytes = view::kFirstStackBytes; bytes <= chart.top; bytes *= 4) {
        const float y = chart.y_of(bytes);
        draw->AddRectFilled({chart.min.x, y}, {chart.max.x, y + 1}, palette().grid);
        draw->AddText(font,
                      font->FontSize,
                      {left, y - font->FontSize / 2},
                      palette().dim_text,
                      format_bytes(bytes).c_str());
    }
    for (const ThreadLine& thread : kThreads) {
        const float y = chart.y_of(thread.bytes);
        for (float x = chart.min.x; x < chart.max.x; x += 12 * ui_scale())
            draw->AddRectFilled({x, y},
                                {std::min(x + 7 * ui_scale(), chart.max.x), y + 2 * ui_scale()},
                                palette().warning);
        draw->AddText(font,
                      font->FontSize,
                      {chart.min.x + 6 * ui_scale(), y + 2 * ui_scale()},
                      palette().warning,
                      tr(thread.words));
    }
    const float x = chart.x_of(view.cursor);
    const bool in_view = view.cursor >= view.view_start && view.cursor < view.view_end;
    if (view.cursor >= 0 && in_view)
        draw->AddRectFilled(
            {x, chart.min.y}, {x + std::max(1.0F, ui_scale()), chart.max.y}, palette().accent);
}

// A horizontal line for each stretch of one size, a vertical one for each step.
void StacksPanel::State::draw_line(const Chart& chart,
                                   const ViewState& view,
                                   const model::GoroutineInfo& goroutine) const {
    const bool chosen = view.selected == goroutine.id;
    view::Rgba color = view::goroutine_color(goroutine.id, ground());
    if (view.selected != 0 && !chosen)
        color = mixed(color, view::scene_colors(ground()).lane, 0.6F);
    const float width = (chosen ? 4.0F : 2.0F) * ui_scale();
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const TimeNs end = goroutine.ended >= 0 ? goroutine.ended : view.view_end;
    TimeNs at = goroutine.created;
    std::uint32_t bytes = history.bytes_at(goroutine.id, goroutine.created);
    const auto stretch = [&](TimeNs until) {
        const float y = chart.y_of(bytes);
        draw->AddRectFilled({chart.x_of(at), y - width / 2},
                            {std::max(chart.x_of(until), chart.x_of(at) + 1), y + width / 2},
                            packed(color));
    };
    const auto steps = history.stacks().find(goroutine.id);
    if (steps != history.stacks().end()) {
        for (const view::StackStep& step : steps->second) {
            if (step.time <= goroutine.created || step.time > end)
                continue;
            stretch(step.time);
            const float x = chart.x_of(step.time);
            const auto [low, high] = std::minmax(chart.y_of(bytes), chart.y_of(step.bytes));
            if (step.time >= view.view_start && step.time < view.view_end)
                draw->AddRectFilled({x - width / 2, low - width / 2},
                                    {x + width / 2, high + width / 2},
                                    packed(color));
            at = step.time;
            bytes = step.bytes;
        }
    }
    stretch(end);
}

void StacksPanel::State::touch(const model::Timeline& timeline,
                               const Chart& chart,
                               ViewState& view) const {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    if (!ImGui::IsItemHovered() || mouse.x < chart.min.x)
        return;
    const TimeNs t = chart.time.time_from_px(mouse.x);
    GoroutineId nearest = 0;
    float distance = kNearPx * ui_scale();
    for (const model::GoroutineInfo& goroutine : goroutines) {
        if (!lives_in(goroutine, t, t + 1))
            continue;
        const float away = std::fabs(chart.y_of(history.bytes_at(goroutine.id, t)) - mouse.y);
        if (away < distance || (away == distance && goroutine.id == view.selected)) {
            distance = away;
            nearest = goroutine.id;
        }
    }
    if (nearest != 0)
        hint(say("{}  (G{}): {}",
                 timeline.goroutine_name(run.number, nearest),
                 nearest,
                 format_bytes(history.bytes_at(nearest, t)))
                 .c_str());
    if (!ImGui::IsItemClicked())
        return;
    jump_to(timeline, view, t);
    if (nearest != 0)
        select_goroutine(view, run.number, nearest);
}

void StacksPanel::State::draw_chart(const model::Timeline& timeline, ViewState& view) const {
    const ImVec2 top = ImGui::GetCursorScreenPos();
    const ImVec2 room = ImGui::GetContentRegionAvail();
    if (room.y < 40 * ui_scale())
        return;
    const float left = ImGui::GetWindowPos().x;
    const float width = ImGui::GetWindowWidth();
    const float gutter = timeline_gutter_px(width);
    Chart chart;
    chart.min = {left + gutter, top.y};
    chart.max = {left + width, top.y + room.y};
    chart.time = {{view.view_start, view.view_end}, chart.min.x, std::max(1.0F, width - gutter)};
    chart.top = std::max(kTop, history.most());
    ImGui::InvisibleButton("##stacks.chart", room);
    tag("stacks.chart");
    draw_grid(chart, view);
    for (const model::GoroutineInfo& goroutine : goroutines) {
        const bool drawn = goroutines.size() <= kMany || goroutine.id == view.selected;
        if (drawn && lives_in(goroutine, view.view_start, view.view_end))
            draw_line(chart, view, goroutine);
    }
    touch(timeline, chart, view);
}

void StacksPanel::State::draw_histogram() const {
    const auto bins = view::stack_histogram(history, goroutines, moment);
    std::uint32_t most = 1;
    for (const view::StackBin& bin : bins)
        most = std::max(most, bin.count);
    colored_text(palette().dim_text,
                 tr("How many goroutines have stacks of which size. Select one to see its own."));
    const float label_px = 90 * ui_scale();
    for (const view::StackBin& bin : bins) {
        ImGui::TextUnformatted(say(tr("up to {}"), format_bytes(bin.bytes)).c_str());
        ImGui::SameLine(label_px + 8 * ui_scale());
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float room = ImGui::GetContentRegionAvail().x - 80 * ui_scale();
        const float length = room * static_cast<float>(bin.count) / static_cast<float>(most);
        const float height = ImGui::GetTextLineHeight();
        ImGui::GetWindowDrawList()->AddRectFilled(
            at, {at.x + length, at.y + height}, packed(view::scene_colors(ground()).queue));
        ImGui::Dummy({std::max(1.0F, length), height});
        tag(fmt::format("stacks.bin.{}", bin.bytes));
        ImGui::SameLine(0, 6 * ui_scale());
        ImGui::TextUnformatted(grouped(bin.count).c_str());
    }
}

StacksPanel::StacksPanel() : state_(std::make_unique<State>()) {}

StacksPanel::~StacksPanel() = default;

void StacksPanel::draw(const FrameInput& input, ViewState& view) {
    State& s = *state_;
    const model::Timeline& timeline = shown_timeline(input, view);
    if (timeline.empty() || !s.read(timeline, view)) {
        colored_text(palette().dim_text, tr("No run is in view. Press F to see all."));
        return;
    }
    s.draw_title(timeline, view);
    if (s.history.stacks().empty())
        colored_text(palette().dim_text,
                     tr("No stack has grown: each goroutine has the page it was born with."));
    if (s.goroutines.size() > kMany && view.selected == 0)
        s.draw_histogram();
    else
        s.draw_chart(timeline, view);
}

}  // namespace golanes::ui
