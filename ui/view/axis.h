#pragma once
// Axis: where the ticks of the time axis stand and what they say. Steps of 1, 2 or 5 times a power
// of ten; the step is the smallest whose labels do not touch. All labels of one axis have one unit.
#include <string>
#include <vector>

#include "ui/view/viewport.h"

namespace golanes::view {

struct Tick {
    TimeNs time = 0;
    float px = 0;
    bool major = true;  ///< Minor ticks carry no label.
    std::string label;  ///< "1.5 ms", relative to the origin.
};

struct AxisStyle {
    float char_px = 8;  ///< Width of one character of a label.
    float gap_px = 16;  ///< Least air between two labels.
};

/// Fills `ticks` (cleared first) for the times in view, by time. Labels count from `origin`, the
/// begin of the run in view; times before it are negative.
void make_ticks(const Viewport& viewport,
                TimeNs origin,
                const AxisStyle& style,
                std::vector<Tick>& ticks);

/// Width of a label in the style: one character cell a code point.
float label_width_px(const std::string& label, const AxisStyle& style);

}  // namespace golanes::view
