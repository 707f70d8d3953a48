#include "ui/panels/legend.h"

#include <imgui.h>

#include "ui/panels/gantt_paint.h"
#include "ui/panels/items.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"

namespace golanes::ui {
namespace {

/// Places entries side by side and wraps at the right edge.
class Flow {
 public:
    Flow()
        : left_(ImGui::GetCursorScreenPos().x),
          right_(left_ + ImGui::GetContentRegionAvail().x),
          x_(left_) {}

    /// Reserves a sample box and its text; returns the sample's top left corner.
    ImVec2 entry(const char* text) {
        const float sample = 26 * ui_scale();
        const float text_width = ImGui::CalcTextSize(text).x;
        const float width = (sample > 0 ? sample + 6 * ui_scale() : 0) + text_width;
        const float gap = 16 * ui_scale();
        if (x_ > left_ && x_ + gap + width <= right_)
            ImGui::SameLine(0, gap);
        else
            x_ = left_;
        const ImVec2 at = ImGui::GetCursorScreenPos();
        ImGui::Dummy({sample, ImGui::GetTextLineHeight()});
        ImGui::SameLine(0, 6 * ui_scale());
        ImGui::TextUnformatted(text);
        x_ = ImGui::GetItemRectMax().x;
        return at;
    }

 private:
    float left_;
    float right_;
    float x_;
};

ImVec2 sample_max(ImVec2 min) {
    return {min.x + 26 * ui_scale(), min.y + ImGui::GetTextLineHeight() - 1};
}

void state_entry(Flow& flow, const char* text, model::State state) {
    const ImVec2 at = flow.entry(text);
    paint_state_sample(ImGui::GetWindowDrawList(), {at.x, at.y + 1}, sample_max(at), state, 2);
}

void mark_entry(Flow& flow, const char* text, model::MarkKind kind) {
    const ImVec2 at = flow.entry(text);
    const ImVec2 max = sample_max(at);
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled({at.x, at.y + 1}, max, packed(view::goroutine_color(2, ground())));
    paint_mark_sample(draw, {(at.x + max.x) / 2, (at.y + max.y) / 2}, kind);
}

void colors_entry(Flow& flow) {
    const ImVec2 at = flow.entry(tr("each colour is one goroutine"));
    const ImVec2 max = sample_max(at);
    const float third = (max.x - at.x) / 3;
    for (int i = 0; i < 3; ++i) {
        const float x = at.x + third * static_cast<float>(i);
        ImGui::GetWindowDrawList()->AddRectFilled(
            {x, at.y + 1},
            {x + third - 1, max.y},
            packed(view::goroutine_color(static_cast<GoroutineId>(i + 2), ground())));
    }
}

/// A stack: what merged slices look like.
void merged_entry(Flow& flow) {
    const ImVec2 at = flow.entry(tr("many short slices: height is share of time"));
    const ImVec2 max = sample_max(at);
    const float height = max.y - at.y - 1;
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled({at.x, at.y + 1}, max, packed(view::scene_colors(ground()).lane));
    draw->AddRectFilled(
        {at.x, max.y - 0.45F * height}, max, packed(view::goroutine_color(2, ground())));
    draw->AddRectFilled({at.x, max.y - 0.8F * height},
                        {max.x, max.y - 0.45F * height},
                        packed(view::goroutine_color(3, ground())));
}

void queue_entry(Flow& flow) {
    const ImVec2 at = flow.entry(tr("length of a run queue"));
    const ImVec2 max = sample_max(at);
    const float third = (max.x - at.x) / 3;
    for (int i = 0; i < 3; ++i) {
        const float x = at.x + third * static_cast<float>(i);
        const float height = (max.y - at.y - 2) * static_cast<float>(i + 1) / 3;
        ImGui::GetWindowDrawList()->AddRectFilled(
            {x, max.y - height}, {x + third, max.y}, packed(view::scene_colors(ground()).queue));
    }
}

}  // namespace

void draw_legend() {
    ImGui::BeginGroup();
    ImGui::PushFont(fonts().small);
    Flow flow;
    colors_entry(flow);
    state_entry(flow, tr("running"), model::State::Running);
    state_entry(flow, tr("off CPU"), model::State::OffCpu);
    state_entry(flow, tr("runnable"), model::State::Runnable);
    state_entry(flow, tr("waiting"), model::State::Waiting);
    state_entry(flow, tr("idle"), model::State::Idle);
    state_entry(flow, tr("stopped"), model::State::Stopped);
    state_entry(flow, tr("lost"), model::State::Lost);
    mark_entry(flow, tr("preempted"), model::MarkKind::Preempted);
    mark_entry(flow, tr("work stolen"), model::MarkKind::Steal);
    queue_entry(flow);
    merged_entry(flow);
    ImGui::PopFont();
    ImGui::EndGroup();
    tag("legend");
}

}  // namespace golanes::ui
