#include "ui/panels/cycle_drawing.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/goroutine_link.h"
#include "ui/panels/items.h"
#include "ui/panels/reason_words.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

ImVec2 between(ImVec2 a, ImVec2 b, float share) {
    return {a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share};
}

/// An arrow that bends a little to the left of its way, so that two between the same goroutines
/// stand apart. Returns the place of its label.
ImVec2 draw_arrow(ImVec2 from, ImVec2 to, ImU32 color) {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const ImVec2 way{to.x - from.x, to.y - from.y};
    const float length = std::max(1.0F, std::hypot(way.x, way.y));
    const float bend = std::min(0.22F * length, 40 * ui_scale());
    const ImVec2 middle = between(from, to, 0.5F);
    const ImVec2 control{middle.x + way.y / length * 2 * bend,
                         middle.y - way.x / length * 2 * bend};
    const float width = 2 * ui_scale();
    draw->AddBezierQuadratic(from, control, to, color, width);
    const ImVec2 back{to.x - control.x, to.y - control.y};
    const float last = std::max(1.0F, std::hypot(back.x, back.y));
    const float head = 9 * ui_scale();
    const ImVec2 along{back.x / last * head, back.y / last * head};
    draw->AddTriangleFilled(to,
                            {to.x - along.x + along.y / 2, to.y - along.y - along.x / 2},
                            {to.x - along.x - along.y / 2, to.y - along.y + along.x / 2},
                            color);
    const ImVec2 bow = between(between(from, control, 0.5F), between(control, to, 0.5F), 0.5F);
    const float aside = length < 90 * ui_scale() ? 12 * ui_scale() : 0;  // beside a short arrow
    return {bow.x + way.y / length * aside, bow.y - way.x / length * aside};
}

std::string object_words(const model::Timeline& timeline, std::uint32_t run, ObjectId id) {
    const auto object = timeline.object(run, id);
    if (!object)
        return fmt::format("#{}", id);
    const std::string& label = timeline.recording().names->place(object->made_at).label;
    return label.empty() ? fmt::format("{} #{}", object_kind_words(object->kind), id) : label;
}

ImVec2 link_size(const std::string& name) {
    const ImVec2 text = ImGui::CalcTextSize(name.c_str());
    return {text.x + ImGui::GetTextLineHeight() * 0.7F + 16 * ui_scale(), text.y + 2 * ui_scale()};
}

/// Where the line between two boxes leaves the box at `from`.
ImVec2 edge_of_box(ImVec2 from, ImVec2 towards, ImVec2 size) {
    const ImVec2 way{towards.x - from.x, towards.y - from.y};
    const float gap = 5 * ui_scale();
    const float x = way.x == 0 ? 1e6F : (size.x / 2 + gap) / std::fabs(way.x);
    const float y = way.y == 0 ? 1e6F : (size.y / 2 + gap) / std::fabs(way.y);
    return between(from, towards, std::min({x, y, 0.45F}));
}

void draw_label(ImVec2 center, const std::string& text) {
    ImFont* font = fonts().small;
    const ImVec2 size = font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text.c_str());
    const ImVec2 min{center.x - size.x / 2, center.y - size.y / 2};
    const float pad = 3 * ui_scale();
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled({min.x - pad, min.y - pad / 2},
                        {min.x + size.x + pad, min.y + size.y + pad / 2},
                        palette().background);
    draw->AddText(font, font->FontSize, min, palette().text, text.c_str());
}

}  // namespace

void draw_cycle(const model::Timeline& timeline,
                std::uint32_t run,
                const std::vector<view::WaitEdge>& ring,
                ViewState& state) {
    colored_text(
        palette().error,
        tr("A ring: each waits for the lock at its arrow, and the next one holds it. Nobody can go "
           "on."));
    const ImVec2 top = ImGui::GetCursorScreenPos();
    const ImVec2 room = ImGui::GetContentRegionAvail();
    float widest = 0;
    for (const view::WaitEdge& edge : ring)
        widest = std::max(widest, link_size(timeline.goroutine_name(run, edge.from)).x);
    const float box = ImGui::GetTextLineHeight() + 4 * ui_scale();
    const ImVec2 margin{widest / 2 + 8 * ui_scale(), box / 2 + 22 * ui_scale()};
    const auto places = view::ring_places(ring.size(),
                                          std::max(60.0F, room.x - 2 * margin.x),
                                          std::max(40.0F, room.y - 2 * margin.y));
    const auto center = [&](std::size_t i) {
        const view::RingPlace& place = places[i % ring.size()];
        return ImVec2{top.x + margin.x + place.x, top.y + margin.y + place.y};
    };
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const ImVec2 size{widest, box};
        const ImVec2 from = edge_of_box(center(i), center(i + 1), size);
        const ImVec2 to = edge_of_box(center(i + 1), center(i), size);
        const ImVec2 middle = draw_arrow(from, to, palette().error);
        draw_label(middle, object_words(timeline, run, ring[i].object));
    }
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const ImVec2 size = link_size(timeline.goroutine_name(run, ring[i].from));
        ImGui::SetCursorScreenPos({center(i).x - size.x / 2, center(i).y - size.y / 2});
        goroutine_link(
            fmt::format("why.ring.G{}", ring[i].from), timeline, run, ring[i].from, state);
    }
    ImGui::SetCursorScreenPos({top.x, top.y + std::max(1.0F, room.y - 1)});
    ImGui::Dummy({1, 1});
    tag_rect("why.ring", top, {top.x + room.x, top.y + room.y});
}

}  // namespace golanes::ui
