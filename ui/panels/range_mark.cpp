#include "ui/panels/range_mark.h"

#include <algorithm>

#include <fmt/format.h>

#include <imgui.h>

#include "core/model/range_statistics.h"
#include "ui/panels/items.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

constexpr double kRefreshSeconds = 0.5;  ///< A range of a run that goes on is counted this often.

}  // namespace

void RangeMark::count(const model::Timeline& timeline, view::TimeRange range) {
    const RecordingKey now = key_of(timeline);
    const double time = ImGui::GetTime();
    const bool is_recent =
        now.recording == key_.recording && range == range_ && time - counted_at_ < kRefreshSeconds;
    if ((now == key_ && range == range_ && counted_at_ >= 0) || is_recent)
        return;
    key_ = now;
    range_ = range;
    counted_at_ = time;
    const model::Statistics sums = model::range_statistics(timeline, range.start, range.end).sums;
    few_words_ = format_duration(range.length());
    words_ = fmt::format(
        fmt::runtime(tr("{0}: {1:.2f} ran at once, at most {2}; CPU time {3}, {4} switches")),
        few_words_,
        sums.parallelism,
        sums.max_running,
        format_duration(sums.cpu_ns),
        grouped(sums.switches));
}

void RangeMark::draw_line(const TimelineArea& area, float x0, float x1) const {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    ImFont* font = fonts().small;
    const auto size_of = [&](const std::string& text) {
        return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text.c_str());
    };
    const float pad = 5 * ui_scale();
    const bool is_wide = size_of(words_).x + 2 * pad <= area.width();
    const std::string& words = is_wide ? words_ : few_words_;
    const ImVec2 size = size_of(words);
    const float most = std::max(area.lanes_min.x, area.max.x - size.x - 2 * pad);
    const float left = std::clamp((x0 + x1 - size.x) / 2 - pad, area.lanes_min.x, most);
    const ImVec2 min{left, area.min.y};
    const ImVec2 max{left + size.x + 2 * pad, area.min.y + size.y + 4 * ui_scale()};
    draw->AddRectFilled(min, max, palette().accent, 3 * ui_scale());
    draw->AddText(font,
                  font->FontSize,
                  {min.x + pad, min.y + 2 * ui_scale()},
                  palette().accent_text,
                  words.c_str());
    tag_rect("timeline.range.words", min, max);
}

void RangeMark::draw(const model::Timeline& timeline,
                     const TimelineArea& area,
                     const ViewState& state) {
    if (!state.range)
        return;
    count(timeline, *state.range);
    const view::Viewport screen{
        {state.view_start, state.view_end}, area.lanes_min.x, std::max(1.0F, area.width())};
    const float x0 = screen.px_from_time(state.range->start);
    const float x1 = std::max(screen.px_from_time(state.range->end), x0 + 1);
    if (x1 < area.lanes_min.x || x0 > area.max.x)
        return;
    const float left = std::max(x0, area.lanes_min.x);
    const float right = std::min(x1, area.max.x);
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const ImU32 band = (palette().accent & ~IM_COL32_A_MASK) | (0x30U << IM_COL32_A_SHIFT);
    draw->AddRectFilled({left, area.lanes_min.y}, {right, area.max.y}, band);
    const float ruler = 4 * ui_scale();
    draw->AddRectFilled(
        {left, area.lanes_min.y - ruler}, {right, area.lanes_min.y}, palette().accent);
    for (const float x : {x0, x1}) {
        if (x >= area.lanes_min.x && x <= area.max.x)
            draw->AddRectFilled(
                {x, area.lanes_min.y}, {x + ui_scale(), area.max.y}, palette().accent);
    }
    tag_rect("timeline.range", {left, area.lanes_min.y}, {right, area.max.y});
    draw_line(area, x0, x1);
}

void zoom_to_range(const model::Timeline& timeline, ViewState& state) {
    if (!state.range)
        return;
    const DurationNs air = std::max<DurationNs>(state.range->length() / 20, 1);
    set_view(
        state,
        view::clamped({state.range->start - air, state.range->end + air}, view_bounds(timeline)));
}

}  // namespace golanes::ui
