#pragma once
// The knobs of a scenario's parameters, by kind: number, duration, switch, choice.
#include "ui/panels/context.h"

namespace golanes::ui {

void draw_parameter_knobs(const Context& context, const catalog::Scenario& scenario);

/// A duration with two significant digits, so that a slider shows round numbers.
std::int64_t rounded_duration(std::int64_t ns);

}  // namespace golanes::ui
