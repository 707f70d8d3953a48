#include "ui/panels/race_drawing.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/event_words.h"
#include "ui/panels/finding_evidence.h"
#include "ui/panels/gantt_paint.h"
#include "ui/panels/items.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"
#include "ui/view/palette.h"

namespace golanes::ui {
namespace {

constexpr float kLineGapPx = 44;  // at scale 1
constexpr float kRadiusPx = 9;

/// Where the events stand: parts of the width, by order and not by time.
constexpr float kEarlier = 0.12F, kLearned = 0.4F, kGiven = 0.6F, kLater = 0.88F;

struct Sketch {
    ImVec2 min;
    float width = 0;
    float lines[2] = {};  ///< Heights of the earlier goroutine's line and of the later one's.

    [[nodiscard]] ImVec2 at(float part, int line) const {
        return {min.x + part * width, lines[line]};
    }
};

void draw_number(ImVec2 center, const char* number, ImU32 fill, ImU32 text) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    ImFont* font = fonts().small;
    draw->AddCircleFilled(center, kRadiusPx * ui_scale(), fill);
    const ImVec2 size = font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, number);
    draw->AddText(
        font, font->FontSize, {center.x - size.x / 2, center.y - size.y / 2}, text, number);
}

void draw_dashes(ImVec2 from, ImVec2 to, ImU32 color) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const float length = std::max(1.0F, std::hypot(to.x - from.x, to.y - from.y));
    const ImVec2 step{(to.x - from.x) / length, (to.y - from.y) / length};
    const float dash = 6 * ui_scale();
    const float head = 9 * ui_scale();
    for (float done = 0; done < length - head; done += 2 * dash) {
        const float end = std::min(done + dash, length - head);
        draw->AddLine({from.x + step.x * done, from.y + step.y * done},
                      {from.x + step.x * end, from.y + step.y * end},
                      color,
                      2 * ui_scale());
    }
    const ImVec2 base{to.x - step.x * head, to.y - step.y * head};
    draw->AddTriangleFilled(to,
                            {base.x - step.y * head / 2, base.y + step.x * head / 2},
                            {base.x + step.y * head / 2, base.y - step.x * head / 2},
                            color);
}

void draw_label(ImVec2 center, const char* text, ImU32 color) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    ImFont* font = fonts().small;
    const ImVec2 size = font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text);
    const float pad = 3 * ui_scale();
    const ImVec2 min{center.x - size.x / 2, center.y - size.y / 2};
    draw->AddRectFilled(
        {min.x - pad, min.y}, {min.x + size.x + pad, min.y + size.y}, palette().background);
    draw->AddText(font, font->FontSize, min, color, text);
}

void draw_lines(const Sketch& sketch, const model::Finding& race) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    for (int i = 0; i < 2; ++i) {
        const GoroutineId g = race.goroutines[static_cast<std::size_t>(i)];
        draw->AddLine(sketch.at(0, i),
                      sketch.at(1, i),
                      packed(view::goroutine_color(g, ground())),
                      3 * ui_scale());
    }
}

void draw_edge(const Sketch& sketch) {
    const ImVec2 from = sketch.at(kEarlier, 0);
    const ImVec2 to = sketch.at(kLater, 1);
    const float length = std::max(1.0F, std::hypot(to.x - from.x, to.y - from.y));
    const float off = (kRadiusPx + 2) * ui_scale();
    const ImVec2 gap{(to.x - from.x) / length * off, (to.y - from.y) / length * off};
    draw_dashes({from.x + gap.x, from.y + gap.y}, {to.x - gap.x, to.y - gap.y}, palette().error);
    draw_label({(from.x + to.x) / 2, (from.y + to.y) / 2},
               tr("missing: nothing leads from 1 to 2"),
               palette().error);
    tag_rect("findings.race.edge", from, to);
}

void draw_sketch(const model::Finding& race) {
    Sketch sketch;
    sketch.min = ImGui::GetCursorScreenPos();
    sketch.width = ImGui::GetContentRegionAvail().x;
    const float scale = ui_scale();
    sketch.lines[0] = sketch.min.y + (kRadiusPx + 2) * scale;
    sketch.lines[1] = sketch.lines[0] + kLineGapPx * scale;
    draw_lines(sketch, race);
    draw_edge(sketch);
    draw_number(sketch.at(kEarlier, 0), "1", palette().error, palette().background);
    draw_number(sketch.at(kLater, 1), "2", palette().error, palette().background);
    if (race.given != 0)
        draw_number(sketch.at(kGiven, 0), "3", palette().raised, palette().text);
    if (race.learned != 0)
        draw_number(sketch.at(kLearned, 1), "4", palette().raised, palette().text);
    const float height = (2 * kRadiusPx + kLineGapPx + 6) * scale;
    ImGui::Dummy({sketch.width, height});
    tag_rect("findings.race", sketch.min, {sketch.min.x + sketch.width, sketch.min.y + height});
}

}  // namespace

void draw_race(const FrameInput& input,
               const model::Timeline& timeline,
               const model::Finding& race,
               ViewState& state) {
    draw_sketch(race);
    draw_event_line(input, timeline, {race.events[0], "1 "}, state);
    draw_event_line(input, timeline, {race.events[1], "2 "}, state);
    if (race.given != 0)
        draw_event_line(
            input, timeline, {race.given, tr("3 (what 1's goroutine told others next) ")}, state);
    if (race.learned != 0)
        draw_event_line(
            input, timeline, {race.learned, tr("4 (what 2's goroutine learned last) ")}, state);
}

}  // namespace golanes::ui
