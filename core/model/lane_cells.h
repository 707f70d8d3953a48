#pragma once
// Lane cells: what neighbouring spans of a lane add up to, for pictures in which they are narrower
// than a pixel. A pyramid over the spans of one lane in one sealed segment: cells of 16 spans, over
// them cells of 128, and so on up to one of all; the last one of a level may be of fewer. No cell
// hides a span: it says how many there are, and what.
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "core/model/timeline.h"

namespace golanes::model {

inline constexpr std::size_t kCellSpans = 16;  ///< Of the lowest level.
inline constexpr std::size_t kCellFan = 8;     ///< Cells in a cell of the next level.

/// Where the levels of a pyramid over `items` items lie: the lowest one first, each ends in one
/// block that may be of fewer items, the last one is a single block. Requires: lowest and fan are
/// powers of two.
class PyramidLevels {
 public:
    struct Level {
        std::size_t first = 0;  ///< Its first block among all.
        std::size_t size = 0;   ///< Items in a block: a power of two.

        [[nodiscard]] constexpr bool begins_at(std::size_t item) const {
            return (item & (size - 1)) == 0;
        }

        /// The block of an item, among all.
        [[nodiscard]] constexpr std::size_t block_of(std::size_t item) const {
            return first + (item >> std::countr_zero(size));
        }
    };

    constexpr PyramidLevels(std::size_t items, std::size_t lowest, std::size_t fan) {
        for (std::size_t size = lowest; items > 0; size *= fan) {
            levels_[count_++] = {blocks_, size};
            const std::size_t blocks = (items + size - 1) >> std::countr_zero(size);
            blocks_ += blocks;
            if (blocks == 1)
                break;
        }
    }

    [[nodiscard]] constexpr std::span<const Level> list() const { return {levels_.data(), count_}; }

 private:
    std::array<Level, 24> levels_{};
    std::size_t count_ = 0;
    std::size_t blocks_ = 0;
};

/// The cells of one lane's spans: where they begin among a segment's cells.
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
    const bool has_cells = !cells.empty() && blur >= 0;
    const PyramidLevels levels(has_cells ? spans.size() : 0, kCellSpans, kCellFan);
    for (std::size_t i = from; i < spans.size();) {
        const LaneCell* best = nullptr;
        std::size_t best_size = 1;
        for (std::size_t k = levels.list().size(); k-- > 0 && best == nullptr;) {
            const PyramidLevels::Level& level = levels.list()[k];
            if (!level.begins_at(i))
                continue;
            const LaneCell& cell = cells[level.block_of(i)];
            if (cell.end - cell.start > blur || cell.end > t1)
                continue;
            best = &cell;
            best_size = level.size;
        }
        if (!(best != nullptr ? on_cell(*best) : on_span(spans[i])))
            return false;
        i += best_size;
    }
    return true;
}

}  // namespace golanes::model
