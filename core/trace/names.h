#pragma once
// Names: the strings and source places that events refer to by number. One process interns them
// into a run region (interner.h); everybody else reads them through these plain tables.
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/ids.h"

namespace golanes::trace {

/// A source place, and for goroutines and objects made there the name they were given.
struct Place {
    std::string file;  ///< As the compiler saw it, relative to the source tree.
    std::uint32_t line = 0;
    std::string function;
    std::string label;  ///< "worker 3", "counter"; empty for plain places.

    friend bool operator==(const Place&, const Place&) = default;
};

/// Number to name. Index 0 of both is the empty one. Grows only: a number never changes its
/// meaning.
struct Names {
    std::vector<std::string> strings{std::string()};
    std::vector<Place> places{Place{}};

    /// The string, or an empty one for an unknown number.
    [[nodiscard]] const std::string& string(StringId id) const {
        return strings[id < strings.size() ? id : 0];
    }

    /// The place, or an empty one for an unknown number.
    [[nodiscard]] const Place& place(PlaceId id) const {
        return places[id < places.size() ? id : 0];
    }
};

}  // namespace golanes::trace
