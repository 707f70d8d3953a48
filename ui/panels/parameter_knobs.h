#pragma once
// The knobs of a scenario's parameters, by kind: number, duration, switch, choice.
#include "ui/panels/context.h"

namespace golanes::ui {

void draw_parameter_knobs(const Context& context, const catalog::Scenario& scenario);

/// The knob alone, without its title. Returns whether the person changed the value.
bool draw_knob(const catalog::Parameter& parameter, std::int64_t& value);

/// A duration with two significant digits, so that a slider shows round numbers.
std::int64_t rounded_duration(std::int64_t ns);

}  // namespace golanes::ui
