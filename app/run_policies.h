#pragma once
// The policies of the catalogue as the runtime's settings, and back.
#include <array>
#include <string_view>

#include "core/catalog/policy.h"
#include "core/runtime/run.h"

namespace golanes::app {

/// What the settings say, in the catalogue's order.
catalog::PolicyValues policies_of(const rt::RunSettings& settings);

/// Turns the scheduler's options. Of the costs only the scale: their table stays.
void apply_policies(const catalog::PolicyValues& values, rt::RunSettings& settings);

/// Turns one of them. What is no option of the scheduler (the costs) stays.
void turn_policy(rt::SchedulerOptions& options, std::uint32_t index, std::int64_t value);

/// The operations that cost, in the order of rt::Op, as recordings and `golanes doctor` name them.
inline constexpr std::array<std::string_view, rt::kOpCount> kOpNames{
    "switch", "spawn", "steal", "lock", "chan", "wake"};

/// Whether anything costs virtual time.
bool has_costs(const rt::Costs& costs);

}  // namespace golanes::app
