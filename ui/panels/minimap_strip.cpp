#include "ui/panels/minimap_strip.h"

#include <algorithm>

#include <imgui.h>

#include "ui/panels/gantt_paint.h"
#include "ui/panels/items.h"
#include "ui/panels/theme.h"
#include "ui/panels/timeline_input.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"
#include "ui/view/palette.h"

namespace golanes::ui {
namespace {

constexpr float kHeightPx = 16;          // at scale 1
constexpr float kColumnPx = 3;           // at scale 1
constexpr double kRefreshSeconds = 0.5;  ///< A recording that grows is summed up this often.

}  // namespace

void MinimapStrip::refresh(const model::Timeline& timeline, std::size_t columns) {
    const RecordingKey now = key_of(timeline);
    const double time = ImGui::GetTime();
    const bool same = now.recording == key_.recording && map_.activity.size() == columns;
    if (same && (now == key_ || time - made_at_ < kRefreshSeconds))
        return;
    key_ = now;
    made_at_ = time;
    map_ = view::build_minimap(timeline, columns);
}

void MinimapStrip::paint(const view::Viewport& screen,
                         float top,
                         float bottom,
                         const ViewState& state) const {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const float right = screen.left_px + screen.width_px;
    const view::SceneColors& scene = view::scene_colors(ground());
    draw->AddRectFilled({screen.left_px, top}, {right, bottom}, packed(scene.lane));
    const float width = screen.width_px / static_cast<float>(map_.activity.size());
    for (std::size_t i = 0; i < map_.activity.size(); ++i) {
        const float height = (bottom - top - 2) * map_.activity[i];
        const float x = screen.left_px + width * static_cast<float>(i);
        if (height > 0)
            draw->AddRectFilled(
                {x, bottom - std::max(1.0F, height)}, {x + width, bottom}, packed(scene.queue));
    }
    const float tick = 3 * ui_scale();
    for (const view::MinimapNote& note : map_.notes) {
        const float x = screen.px_from_time(note.time);
        const bool failed = note.kind == view::NoteKind::Failed;
        draw->AddTriangleFilled({x - tick, top},
                                {x + tick, top},
                                {x, top + 2 * tick},
                                failed ? palette().error : packed(scene.lost));
    }
    if (state.findings != nullptr) {
        for (const view::MinimapNote& note : view::finding_notes(map_, state.findings->list)) {
            const float x = screen.px_from_time(note.time);
            draw->AddTriangleFilled({x - 1.3F * tick, bottom},
                                    {x, bottom - 2.4F * tick},
                                    {x + 1.3F * tick, bottom},
                                    palette().warning);
        }
    }
    const float x0 = std::clamp(screen.px_from_time(state.view_start), screen.left_px, right - 2);
    const float x1 = std::clamp(screen.px_from_time(state.view_end), x0 + 2, right);
    draw->AddRect({x0, top}, {x1, bottom}, palette().accent, 0, 0, 2 * ui_scale());
}

void MinimapStrip::draw(const model::Timeline& timeline, ViewState& state, float gutter_px) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x - gutter_px;
    const float height = kHeightPx * ui_scale();
    refresh(timeline, static_cast<std::size_t>(std::max(8.0F, width / (kColumnPx * ui_scale()))));
    ImFont* font = fonts().small;
    ImGui::GetWindowDrawList()->AddText(
        font,
        font->FontSize,
        {at.x + 8 * ui_scale(), at.y + (height - font->FontSize) / 2},
        palette().dim_text,
        tr("all of it"));
    ImGui::SetCursorScreenPos({at.x + gutter_px, at.y});
    ImGui::InvisibleButton("##minimap", {std::max(1.0F, width), height});
    tag("timeline.minimap");
    const view::Viewport screen{map_.range, at.x + gutter_px, std::max(1.0F, width)};
    if (ImGui::IsItemActive())
        set_view(state,
                 view::centered({state.view_start, state.view_end},
                                screen.time_from_px(ImGui::GetIO().MousePos.x),
                                view_bounds(timeline)));
    hint(
        tr("The whole recording: height is how much happened, a red mark above is a run that "
           "failed, a "
           "mark below is a finding, the frame is what you see below. Click or drag to go "
           "elsewhere."));
    paint(screen, at.y, at.y + height, state);
    ImGui::SetCursorScreenPos({at.x, at.y + height + 3 * ui_scale()});
}

}  // namespace golanes::ui
