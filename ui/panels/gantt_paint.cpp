#include "ui/panels/gantt_paint.h"

#include <algorithm>

#include <fmt/format.h>

#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/view/hatch.h"
#include "ui/view/marks.h"

namespace golanes::ui {
namespace {

using view::Item;
using view::ItemKind;
using view::Rgba;
using view::Texture;

constexpr std::size_t kMaxHatchLines = 6'000;
constexpr float kDimmed = 0.78F;  ///< Share of the lane's colour in what is not selected.

/// Screen rectangle of an item, less the one-pixel gap to its neighbour.
struct Box {
    ImVec2 min;
    ImVec2 max;

    [[nodiscard]] float width() const { return max.x - min.x; }

    [[nodiscard]] float height() const { return max.y - min.y; }
};

class Painter {
 public:
    Painter(ImDrawList* draw, const view::SceneColors& scene) : draw_(draw), scene_(scene) {}

    void state(const Box& box, Texture texture, Rgba color) {
        switch (texture) {
            case Texture::None:
                break;
            case Texture::Solid:
            case Texture::Line:
                fill(box, color);
                break;
            case Texture::Hollow:
                hollow(box, color);
                break;
            case Texture::Dashes:
                dashes(box, color);
                break;
            case Texture::Diagonal:
                fill(box, color);
                hatch(box, scene_.hatch, 6, view::Slope::Rising);
                break;
            case Texture::GreyHatch:
                fill(box, mixed(scene_.lane, scene_.stopped, 0.35F));
                hatch(box, scene_.stopped, 7, view::Slope::Falling);
                break;
            case Texture::CrossHatch:
                fill(box, mixed(scene_.lane, scene_.lost, 0.35F));
                hatch(box, scene_.lost, 6, view::Slope::Rising);
                hatch(box, scene_.lost, 6, view::Slope::Falling);
                break;
        }
    }

    void fill(const Box& box, Rgba color) { draw_->AddRectFilled(box.min, box.max, packed(color)); }

 private:
    void hollow(const Box& box, Rgba color) {
        const float stroke = std::max(1.0F, 1.5F * ui_scale());
        if (box.width() < 4 * stroke || box.height() < 3 * stroke) {
            fill(box, mixed(scene_.lane, color, 0.6F));
            return;
        }
        fill(box, color);
        fill({{box.min.x + stroke, box.min.y + stroke}, {box.max.x - stroke, box.max.y - stroke}},
             scene_.lane);
    }

    void dashes(const Box& box, Rgba color) {
        const float on = 5 * ui_scale();
        const float pitch = 8 * ui_scale();
        const auto count = static_cast<int>(std::min(box.width() / pitch, 400.0F)) + 1;
        for (int i = 0; i < count; ++i) {
            const float x = box.min.x + static_cast<float>(i) * pitch;
            fill({{x, box.min.y}, {std::min(x + on, box.max.x), box.max.y}}, color);
        }
    }

    void hatch(const Box& box, Rgba color, float step, view::Slope slope) {
        if (box.width() < 3 || drawn_lines_ > kMaxHatchLines)
            return;
        lines_.clear();
        add_hatch(box.min.x, box.min.y, box.max.x, box.max.y, step * ui_scale(), slope, lines_);
        for (const view::HatchLine& line : lines_)
            draw_->AddLine({line.x0, line.y0},
                           {line.x1, line.y1},
                           packed(color),
                           std::max(1.0F, 1.5F * ui_scale()));
        drawn_lines_ += lines_.size();
    }

    ImDrawList* draw_;
    const view::SceneColors& scene_;
    std::vector<view::HatchLine> lines_;
    std::size_t drawn_lines_ = 0;
};

Box box_of(const Item& item, const GanttCanvas& canvas) {
    const float gap = item.kind == ItemKind::Span && item.width() > 4 ? 1.0F : 0.0F;
    return {
        {canvas.origin.x + std::max(item.x0, -8.0F), canvas.origin.y + item.y0},
        {std::min(canvas.origin.x + item.x1 - gap, canvas.max.x + 8), canvas.origin.y + item.y1}};
}

Rgba item_color(const Item& item, const GanttCanvas& canvas, const view::SceneColors& scene) {
    const bool colored = view::look_of(item.state).colored;
    Rgba color = colored ? view::goroutine_color(item.g, ground()) : scene.stopped;
    if (canvas.selected != 0 && item.g != canvas.selected)
        color = mixed(color, scene.lane, kDimmed);
    return color;
}

float text_px(const std::string& text) {
    ImFont* font = fonts().small;
    return font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text.c_str()).x;
}

/// Writes the name, or "G7" where only that fits: half a name could be another goroutine's.
void paint_label(const Item& item,
                 const Box& box,
                 const view::Gantt& gantt,
                 const GanttCanvas& canvas,
                 Rgba fill) {
    ImFont* font = fonts().small;
    const float pad = 4 * ui_scale();
    const float left = std::max(box.min.x, canvas.min.x) + pad;
    const float room = std::min(box.max.x, canvas.max.x) - left - pad;
    std::string text = gantt.labels[item.label];
    if (text_px(text) > room)
        text = fmt::format("G{}", item.g);
    const bool own_row = gantt.rows[item.row].kind == view::RowKind::Goroutine;
    if (text_px(text) > room || (own_row && text != gantt.labels[item.label]))
        return;
    const ImVec2 at{left, box.min.y + (box.height() - font->FontSize) / 2};
    const ImVec4 clip{canvas.min.x, canvas.min.y, canvas.max.x, canvas.max.y};
    canvas.draw->AddText(
        font, font->FontSize, at, packed(text_on(fill)), text.c_str(), nullptr, 0, &clip);
}

bool in_sight(const Box& box, const GanttCanvas& canvas) {
    return box.max.x >= canvas.min.x && box.min.x <= canvas.max.x && box.max.y >= canvas.min.y &&
           box.min.y <= canvas.max.y;
}

void paint_one(const Item& item,
               const view::Gantt& gantt,
               const GanttCanvas& canvas,
               Painter& painter) {
    const Box box = box_of(item, canvas);
    if (!in_sight(box, canvas))
        return;
    const view::SceneColors& scene = view::scene_colors(ground());
    if (item.kind == ItemKind::Lane || item.kind == ItemKind::Queue) {
        painter.fill(box, item.kind == ItemKind::Lane ? scene.lane : scene.queue);
        return;
    }
    const Rgba color = item_color(item, canvas, scene);
    const bool faint_layer = item.kind == ItemKind::Merged && view::is_thin(item.state);
    if (faint_layer)
        painter.fill(box, mixed(scene.lane, color, 0.35F));
    else
        painter.state(box, view::look_of(item.state).texture, color);
    if (item.label != view::kNone && item.state == model::State::Running)
        paint_label(item, box, gantt, canvas, color);
}

/// A triangle whose tip points down (direction 1) or up (-1), edged so that it shows on any fill.
void triangle(ImDrawList* draw, ImVec2 tip, float size, float direction, ImU32 color) {
    const ImU32 edge = packed(view::scene_colors(ground()).lane);
    for (const float grow : {1.5F * ui_scale(), 0.0F}) {
        const float foot = tip.y - direction * (1.6F * size + grow * 0.5F);
        draw->AddTriangleFilled({tip.x - size - grow, foot},
                                {tip.x + size + grow, foot},
                                {tip.x, tip.y + direction * grow},
                                grow > 0 ? edge : color);
    }
}

void diamond(ImDrawList* draw, ImVec2 center, float size, ImU32 fill, ImU32 edge) {
    draw->AddQuadFilled({center.x - size - 1, center.y},
                        {center.x, center.y - size - 1},
                        {center.x + size + 1, center.y},
                        {center.x, center.y + size + 1},
                        edge);
    draw->AddQuadFilled({center.x - size, center.y},
                        {center.x, center.y - size},
                        {center.x + size, center.y},
                        {center.x, center.y + size},
                        fill);
}

/// Draws a mark that belongs to a row whose bar spans [top, bottom].
void paint_row_mark(ImDrawList* draw, float x, float top, float bottom, model::MarkKind kind) {
    const float size = 3.5F * ui_scale();
    const view::SceneColors& scene = view::scene_colors(ground());
    const ImU32 mark = packed(scene.mark);
    switch (kind) {
        case model::MarkKind::Preempted:
            triangle(draw, {x, top + 1.6F * size}, size, 1, mark);
            break;
        case model::MarkKind::Steal:
            diamond(draw, {x, bottom - size}, size, mark, packed(scene.lane));
            break;
        case model::MarkKind::HandOff:
            triangle(draw, {x, bottom - 1.6F * size}, size, -1, mark);
            break;
        case model::MarkKind::Panic:
            triangle(draw, {x, top + 1.6F * size}, 1.4F * size, 1, packed(scene.lost));
            break;
        default:
            draw->AddRectFilled(
                {x, top}, {x + std::max(1.0F, ui_scale()), top + 4 * ui_scale()}, mark);
            break;
    }
}

std::string line_label(const model::Mark& mark) {
    switch (mark.kind) {
        case model::MarkKind::ProcCount:
            return fmt::format("P = {}", mark.value);
        case model::MarkKind::CpuCount:
            return fmt::format(fmt::runtime(tr("CPUs: {}")), mark.value);
        case model::MarkKind::Deadlock:
            return tr("deadlock");
        case model::MarkKind::Loss:
            return tr("events lost");
        case model::MarkKind::Violation:
            return tr("inconsistent");
        default:
            return {};
    }
}

bool is_bad(model::MarkKind kind) {
    return kind == model::MarkKind::Deadlock || kind == model::MarkKind::Loss ||
           kind == model::MarkKind::Violation;
}

/// Writes labels from left to right in one row; what would touch the one before is left out.
class LabelRow {
 public:
    explicit LabelRow(const GanttCanvas& canvas) : canvas_(canvas) {}

    void add(float x, float y, const std::string& text, ImU32 color) {
        ImFont* font = fonts().small;
        const float width = font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text.c_str()).x;
        const float left = std::min(std::max(x, canvas_.min.x) + 4 * ui_scale(),
                                    canvas_.max.x - width - 8 * ui_scale());
        if (left < free_from_ || text.empty())
            return;
        canvas_.draw->AddText(font, font->FontSize, {left, y}, color, text.c_str());
        free_from_ = left + width + 10 * ui_scale();
    }

 private:
    const GanttCanvas& canvas_;
    float free_from_ = -FLT_MAX;
};

}  // namespace

ImU32 packed(Rgba color) {
    return IM_COL32(color.r, color.g, color.b, color.a);
}

view::Ground ground() {
    return is_dark() ? view::Ground::Dark : view::Ground::Light;
}

void paint_items(const view::Gantt& gantt, const GanttCanvas& canvas) {
    Painter painter(canvas.draw, view::scene_colors(ground()));
    for (const Item& item : gantt.items)
        paint_one(item, gantt, canvas, painter);
}

void paint_marks(const view::Gantt& gantt, const GanttCanvas& canvas) {
    LabelRow labels(canvas);
    const view::SceneColors& scene = view::scene_colors(ground());
    for (const view::MarkItem& item : gantt.marks) {
        const float x = canvas.origin.x + item.x;
        if (item.row != view::kNone) {
            const view::Row& row = gantt.rows[item.row];
            const float top = canvas.origin.y + row.top;
            paint_row_mark(canvas.draw, x, top, top + row.bar_height, item.mark.kind);
            continue;
        }
        const ImU32 color = is_bad(item.mark.kind) ? packed(scene.lost)
                                                   : packed(mixed(scene.mark, scene.lane, 0.35F));
        canvas.draw->AddRectFilled(
            {x, canvas.min.y}, {x + std::max(1.0F, ui_scale()), canvas.max.y}, color);
        labels.add(x,
                   canvas.min.y + 3 * ui_scale(),
                   line_label(item.mark),
                   is_bad(item.mark.kind) ? color : palette().text);
    }
}

void paint_runs(const view::Gantt& gantt, const GanttCanvas& canvas) {
    const ImU32 shade = packed(view::scene_colors(ground()).idle_gap);
    float gap_from = canvas.min.x;
    const auto shade_to = [&](float x) {
        if (x - gap_from >= 1)
            canvas.draw->AddRectFilled({std::max(gap_from, canvas.min.x), canvas.min.y},
                                       {std::min(x, canvas.max.x), canvas.max.y},
                                       shade);
    };
    if (gantt.runs.empty())
        return;
    for (const view::RunBand& run : gantt.runs) {
        shade_to(canvas.origin.x + run.x0);
        gap_from = canvas.origin.x + run.x1;
    }
    shade_to(canvas.max.x);
}

void paint_state_sample(
    ImDrawList* draw, ImVec2 min, ImVec2 max, model::State state, GoroutineId g) {
    const view::SceneColors& scene = view::scene_colors(ground());
    const view::StateLook& look = view::look_of(state);
    Painter painter(draw, scene);
    painter.fill({min, max}, scene.lane);
    const float height = (max.y - min.y) * (look.texture == Texture::Hollow ? 0.55F : look.height);
    const float top = min.y + (max.y - min.y - height) / 2;
    painter.state({{min.x, top}, {max.x, top + height}},
                  look.texture,
                  look.colored ? view::goroutine_color(g, ground()) : scene.stopped);
}

void paint_mark_sample(ImDrawList* draw, ImVec2 center, model::MarkKind kind) {
    const float half = 4.5F * ui_scale();
    paint_row_mark(draw, center.x, center.y - half, center.y + half, kind);
}

}  // namespace golanes::ui
