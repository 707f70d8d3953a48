#include "ui/view/hatch.h"

#include <algorithm>
#include <cmath>

namespace golanes::view {

void add_hatch(float x0,
               float y0,
               float x1,
               float y1,
               float step_px,
               Slope slope,
               std::vector<HatchLine>& out) {
    const float height = y1 - y0;
    if (height <= 0 || x1 <= x0)
        return;
    // A line goes through (c, bottom) and (c + height, top) when rising; mirrored when falling.
    const float first = std::ceil((x0 - height) / step_px) * step_px;
    for (int i = 0;; ++i) {
        const float c = first + static_cast<float>(i) * step_px;
        if (c >= x1)
            return;
        const float from = std::max(c, x0);
        const float to = std::min(c + height, x1);
        if (to <= from)
            continue;
        const float rise0 = from - c;
        const float rise1 = to - c;
        if (slope == Slope::Rising)
            out.push_back({from, y1 - rise0, to, y1 - rise1});
        else
            out.push_back({from, y0 + rise0, to, y0 + rise1});
    }
}

}  // namespace golanes::view
