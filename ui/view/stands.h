#pragma once
// Stands: at which line of the program each goroutine stands at a moment, as far as the events say:
// the place of its last event.
#include <vector>

#include "core/model/timeline.h"

namespace golanes::view {

struct Stand {
    GoroutineId g = 0;
    PlaceId place = 0;
};

/// The goroutines of the run that live at t and of which a place is known, by number. One that has
/// not run yet stands nowhere. Looks back no further than some hundred thousand events.
std::vector<Stand> stands_at(const model::Timeline& timeline, const model::RunInfo& run, TimeNs t);

}  // namespace golanes::view
