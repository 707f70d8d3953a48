#pragma once
// Marks and run bands: moments and stretches drawn over the lanes.
#include "ui/view/gantt.h"

namespace golanes::view {

/// Adds the marks in view. Marks of one kind on one row so near that they would overlap are one
/// with a count.
void add_marks(const model::Timeline& timeline, float scale, Gantt& out);

/// Adds the runs in view that are at least a pixel wide.
void add_run_bands(const model::Timeline& timeline, Gantt& out);

/// Whether a mark is a line over the whole picture (a change of P or of CPUs, a stopped world, an
/// end).
bool is_line(model::MarkKind kind);

}  // namespace golanes::view
