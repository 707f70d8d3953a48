#pragma once
// Words for what the events name by number: objects and places, as sentences need them.
#include <string>

#include "core/model/timeline.h"

namespace golanes::model {

/// "tasks", or "chan 3" when it was given no name, or "object 3" when nothing is known of it.
std::string object_name(const Timeline& timeline, std::uint32_t run, ObjectId id);

/// "letters.cpp:31"; empty when the place is not known.
std::string place_text(const Timeline& timeline, PlaceId place);

}  // namespace golanes::model
