#pragma once
// The logical events of one run of a recording, in a form that is equal for equal runs wherever
// they stand: times count from the run's beginning, names are their texts.
#include <cstdint>
#include <string>
#include <vector>

#include "core/recording/recording.h"

namespace golanes::test {

/// One line an event. `index` counts the runs of the recording from 0.
std::vector<std::string> logical_events(const recording::Snapshot& recording, std::size_t index);

/// A number for them all.
std::uint64_t logical_hash(const std::vector<std::string>& events);

}  // namespace golanes::test
