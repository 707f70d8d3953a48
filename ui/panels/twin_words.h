#pragma once
// Twin words: two runs and their speed-up, told in the present language.
#include <optional>
#include <string>

#include "core/model/run_comparison.h"
#include "ui/view/run_differences.h"

namespace golanes::ui {

/// What sets a run apart: "P = 2, stealing=off".
std::string traits_words(const view::RunTraits& traits);

/// The result in one sentence: "B (P = 2) was 1.95 times as fast as A (P = 1)."
std::string verdict_words(const std::string& first,
                          const std::string& second,
                          std::optional<double> speed_up);

/// How the speed-up was computed, with its numbers; why there is none.
std::string speed_up_words(const model::RunCost& first,
                           const model::RunCost& second,
                           std::optional<double> speed_up);

/// "wall time 40.1 ms, CPU time 79.8 ms, at most 2 running at once".
std::string cost_words(const model::RunCost& cost);

}  // namespace golanes::ui
