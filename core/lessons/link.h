#pragma once
// Links of lessons: the few places to which a word of a lesson can lead inside the window.
//
//   view:why                            another view, by the names of `golanes shot --view`
//   goroutine:7                         selects G7 of the run in view; goroutine:worker one of that
//                                       name
//   time:1.5ms                          puts the cursor there, counted from the run's beginning
//   run:steal?preset=without&procs=4    runs a scenario: as --preset without --procs 4
//   procs:4                             the number of Ps, at once
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/time.h"

namespace golanes::lessons {

enum class LinkKind { View, Goroutine, Time, Run, Procs };

struct Link {
    LinkKind kind = LinkKind::View;
    std::string name;        ///< View; the goroutine's, if it is no number; the scenario.
    std::string words;       ///< Run: words of the command line behind the scenario.
    DurationNs time = 0;     ///< Time: since the run began.
    std::uint32_t number{};  ///< Goroutine (0: see name), Procs.
};

/// Reads a link. Errors: one sentence that names it. Whether there is such a view, goroutine or
/// scenario is for who follows it to say.
Result<Link> parse_link(std::string_view text);

}  // namespace golanes::lessons
