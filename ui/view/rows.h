#pragma once
// Rows: which lanes the picture has, in which order and how high. P lanes that exist in view, the
// global queue, where asked for the Ms and CPUs, then one row a goroutine of the runs in view.
#include "ui/view/gantt.h"
#include "ui/view/row_choice.h"

namespace golanes::view {

/// Lengths in pixels, already multiplied by the scale of the window.
struct RowStyle {
    float scale = 1;
    float available_px = 600;          ///< Height of the picture: few rows grow to use it.
    bool shows_machines = false;       ///< One row an M.
    bool shows_cpus = false;           ///< One row a CPU.
    RowChoice choice;                  ///< What the person filtered, folded and pinned.
    std::size_t max_goroutines = 500;  ///< Further ones are counted in a row "and N more".
};

/// Fills `rows`, pinned ones first, all but the names (cleared first), and returns their height
/// together.
float build_rows(const model::Timeline& timeline,
                 TimeRange range,
                 const RowStyle& style,
                 std::vector<Row>& rows);

/// Gives a goroutine's row its name; other rows have none.
void name_row(const model::Timeline& timeline, TimeRange range, Row& row);

/// The row of a kind and number; kNone: it has none.
std::uint32_t row_of(const std::vector<Row>& rows, RowKind kind, std::uint32_t number);

}  // namespace golanes::view
