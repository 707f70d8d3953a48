#pragma once
// Lane cells: what neighbouring spans of a lane add up to, for pictures in which they are narrower
// than a pixel. A pyramid over the spans of one lane in one sealed segment: cells of 16 spans, over
// them cells of 128, and so on. No cell hides a span: it says how many there are, and what.
#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "core/model/timeline.h"

namespace golanes::model {

inline constexpr std::size_t kCellSpans = 16;  ///< Of the lowest level.
inline constexpr std::size_t kCellFan = 8;     ///< Cells in a cell of the next level.

/// The cells of one lane's spans: where each level begins among a segment's cells.
struct CellRange {
    std::uint32_t first = 0;
    std::uint32_t spans = 0;  ///< How many spans they are over; 0: the lane has no cells.
};

/// Adds the cells over `spans`, which are those of one lane in time order. Lanes with few spans get
/// none.
CellRange add_cells(std::span<const Span> spans, std::vector<LaneCell>& cells);

/// Calls on_cell or on_span for the spans from number `from` on: for a cell where a whole one is at
/// most `blur` long and ends by `t1`, the largest such; for a span elsewhere. Either returns false
/// to end.
template <typename OnSpan, typename OnCell>
bool walk_cells(std::span<const Span> spans,
                std::span<const LaneCell> cells,
                std::size_t from,
                TimeNs t1,
                DurationNs blur,
                OnSpan&& on_span,
                OnCell&& on_cell) {
    for (std::size_t i = from; i < spans.size();) {
        std::size_t size = kCellSpans;
        std::size_t level = 0;  // where the level begins
        const LaneCell* best = nullptr;
        std::size_t best_size = 1;
        while (i % size == 0 && i + size <= spans.size() && !cells.empty()) {
            const LaneCell& cell = cells[level + i / size];
            if (cell.end - cell.start > blur || cell.end > t1)
                break;
            best = &cell;
            best_size = size;
            level += spans.size() / size;
            size *= kCellFan;
        }
        if (!(best != nullptr ? on_cell(*best) : on_span(spans[i])))
            return false;
        i += best_size;
    }
    return true;
}

}  // namespace golanes::model
