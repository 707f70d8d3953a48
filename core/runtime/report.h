#pragma once
// The words with which a run ends that failed, in Go's form: lines of panics, and what each
// goroutine does.
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/runtime/goroutine.h"
#include "core/trace/interner.h"

namespace golanes::rt {

/// "panic: x". Further lines of the text are indented.
std::string panic_line(std::string_view text);

/// The lines of all panics in progress, the first one first: "panic: x [recovered]", and below it,
/// behind a tab, "panic: y".
std::string panic_lines(const PanicRecord& newest);

/// The goroutine that runs: "goroutine 7 [running]:", its name, its place, who made it.
std::string own_lines(const G& g, PlaceId stands_at, const trace::Names& names);

/// All goroutines given, the one that ended the run first, then by number; of a crowd the first
/// hundred, and how many more there are. `minutes` tells how long one has waited.
std::string all_lines(std::vector<const G*> goroutines,
                      const std::function<std::int64_t(const G&)>& minutes,
                      const trace::Names& names);

}  // namespace golanes::rt
