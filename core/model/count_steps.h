#pragma once
// CountSteps: how a number (of Ps, of CPUs) went through a recording. Shared with the views that
// were made of it, so a change makes a new list.
#include <memory>
#include <optional>
#include <vector>

#include "core/model/timeline.h"

namespace golanes::model {

/// In time order.
using CountSteps = std::shared_ptr<const std::vector<CountStep>>;

CountSteps no_count_steps();

/// Adds a step, unless the number stays the same.
void note_count(CountSteps& steps, TimeNs now, int count);

/// Drops the steps that were over at `start`.
void drop_counts(CountSteps& steps, TimeNs start);

/// The number in force at t; nothing before the first step.
std::optional<int> count_at(const CountSteps& steps, TimeNs t);

}  // namespace golanes::model
