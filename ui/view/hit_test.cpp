#include "ui/view/hit_test.h"

#include <algorithm>
#include <cmath>

namespace golanes::view {
namespace {

/// How far x is from the item: 0 inside.
float distance(const Item& item, float x) {
    return std::max({item.x0 - x, x - item.x1, 0.0F});
}

bool in_part(const Item& item, const Row& row, float y) {
    const bool in_stripe = row.stripe_height > 0 && y >= row.stripe_top;
    return (item.kind == ItemKind::Queue) == in_stripe;
}

std::uint32_t nearest_item(
    const Gantt& gantt, std::uint32_t row, float x, float y, float reach_px) {
    std::uint32_t best = kNone;
    float best_distance = reach_px;
    for (std::uint32_t i = 0; i < gantt.items.size(); ++i) {
        const Item& item = gantt.items[i];
        if (item.row != row || item.kind == ItemKind::Lane || !in_part(item, gantt.rows[row], y))
            continue;
        const float off = distance(item, x);
        const bool inside = off == 0.0F && x < item.x1;
        if (inside)
            return i;
        if (off < best_distance && item.width() < 2 * reach_px) {
            best = i;
            best_distance = off;
        }
    }
    return best;
}

std::uint32_t nearest_mark(const Gantt& gantt, std::uint32_t row, float x, float reach_px) {
    std::uint32_t best = kNone;
    float best_distance = reach_px;
    for (std::uint32_t i = 0; i < gantt.marks.size(); ++i) {
        const MarkItem& mark = gantt.marks[i];
        const float off = std::fabs(mark.x - x);
        if ((mark.row == kNone || mark.row == row) && off <= best_distance) {
            best = i;
            best_distance = off;
        }
    }
    return best;
}

}  // namespace

std::uint32_t row_at(const Gantt& gantt, float y) {
    const auto found = std::find_if(gantt.rows.begin(), gantt.rows.end(), [&](const Row& row) {
        return y >= row.top && y < row.bottom();
    });
    return found == gantt.rows.end() ? kNone
                                     : static_cast<std::uint32_t>(found - gantt.rows.begin());
}

std::optional<Hit> hit_test(const Gantt& gantt, float x, float y, float reach_px) {
    const std::uint32_t row = row_at(gantt, y);
    if (row == kNone)
        return std::nullopt;
    return Hit{
        row, nearest_item(gantt, row, x, y, reach_px), nearest_mark(gantt, row, x, reach_px)};
}

}  // namespace golanes::view
