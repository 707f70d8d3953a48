#include "ui/panels/tour.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/items.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

constexpr float kWidthPx = 270;  // at scale 1
constexpr float kGapPx = 12;

struct Step {
    const char* item;  ///< What it speaks of.
    const char* text;
};

constexpr std::array<Step, 3> kSteps{{
    {"panel.scenarios",
     tr_later("Here are the programs. One is running already; a click starts another.")},
    {"panel.controls",
     tr_later("Here you change it while it runs: how many Ps it has, on how many CPUs, how fast.")},
    {"panel.timeline",
     tr_later("Here you see it: what each P runs, and below what each goroutine does. Turn the "
              "wheel to zoom, drag to go back in time, click a bar to ask about it.")},
}};

struct Place {
    ImVec2 min;
    ImVec2 size;
};

/// The side with room for the callout: right, left, below or above of what it speaks of; where none
/// has, the widest of right and left, and the text gets narrower.
Place place_beside(const ItemRect& target, ImVec2 size) {
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    const float gap = kGapPx * ui_scale();
    const float right = screen.x - target.max.x - 2 * gap;
    const float left = target.min.x - 2 * gap;
    const float y = std::clamp(target.min.y + 2 * gap, gap, std::max(gap, screen.y - size.y - gap));
    const float x = std::clamp(target.min.x + gap, gap, std::max(gap, screen.x - size.x - gap));
    if (right >= size.x)
        return {{target.max.x + gap, y}, size};
    if (left >= size.x)
        return {{target.min.x - gap - size.x, y}, size};
    if (screen.y - target.max.y - 2 * gap >= size.y)
        return {{x, target.max.y + gap}, size};
    if (target.min.y - 2 * gap >= size.y)
        return {{x, target.min.y - gap - size.y}, size};
    if (right >= left)
        return {{target.max.x + gap, y}, {right, size.y}};
    return {{gap, y}, {left, size.y}};
}

void draw_frame(const ItemRect& target) {
    ImGui::GetForegroundDrawList()->AddRect(
        target.min, target.max, palette().accent, 0, 0, 3 * ui_scale());
}

/// How high the callout is at that width.
float height_of(const char* text, float width) {
    const ImGuiStyle& style = ImGui::GetStyle();
    const float inner = width - 2 * style.WindowPadding.x;
    return ImGui::CalcTextSize(text, nullptr, false, inner).y + ImGui::GetFrameHeight() +
           ImGui::GetTextLineHeight() + 3 * style.ItemSpacing.y + 2 * style.WindowPadding.y;
}

}  // namespace

void Tour::start() {
    step_ = 0;
    named_items_ = !recording_items();
    if (named_items_)
        record_items(true);
}

void Tour::end() {
    step_ = -1;
    if (named_items_)
        record_items(false);
    named_items_ = false;
}

void Tour::draw() {
    if (!active())
        return;
    const Step& step = kSteps[static_cast<std::size_t>(step_)];
    const std::optional<ItemRect> target = find_item(step.item);
    if (!target)
        return;  // hidden, or not drawn yet
    draw_frame(*target);
    const char* text = tr(step.text);
    const float width = kWidthPx * ui_scale();
    Place place = place_beside(*target, {width, height_of(text, width)});
    place.size.y = height_of(text, place.size.x);
    ImGui::SetNextWindowPos(place.min);
    ImGui::SetNextWindowSize(place.size);
    ImGui::PushStyleColor(ImGuiCol_WindowBg, palette().panel);
    ImGui::PushStyleColor(ImGuiCol_Border, palette().accent);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 2 * ui_scale());
    ImGui::Begin("##tour",
                 nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing);
    ImGui::PopStyleVar();
    ImGui::PopStyleColor(2);
    const bool last = step_ + 1 == static_cast<int>(kSteps.size());
    colored_text(palette().dim_text,
                 fmt::format(fmt::runtime(tr("{0} of {1}")), step_ + 1, kSteps.size()).c_str());
    colored_text(palette().text, text);
    const bool next = button("tour.next", last ? tr("Done") : tr("Next"));
    bool skip = false;
    if (!last) {
        ImGui::SameLine();
        skip = button("tour.skip", tr("Skip the tour"));
    }
    const ImVec2 at = ImGui::GetWindowPos();
    tag_rect("tour", at, {at.x + place.size.x, at.y + place.size.y});
    ImGui::End();
    if (skip || (next && last))
        end();
    else if (next)
        ++step_;
}

}  // namespace golanes::ui
