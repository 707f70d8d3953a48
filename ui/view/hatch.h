#pragma once
// Hatch: the line pieces of a diagonal pattern inside a rectangle. The pattern is anchored to the
// picture, not to the rectangle, so that neighbours join up.
#include <vector>

namespace golanes::view {

struct HatchLine {
    float x0 = 0;
    float y0 = 0;
    float x1 = 0;
    float y1 = 0;
};

enum class Slope { Rising, Falling };

/// Appends the lines of slope 1 that are `step_px` apart (along x) and lie in the rectangle.
void add_hatch(float x0,
               float y0,
               float x1,
               float y1,
               float step_px,
               Slope slope,
               std::vector<HatchLine>& out);

}  // namespace golanes::view
