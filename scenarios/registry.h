#pragma once
// The scenarios of this build: what the catalogue says of each, and its program.
#include <span>
#include <string_view>

#include "core/catalog/catalog.h"

namespace golanes::scenarios {

struct Entry {
    const catalog::Scenario* scenario;
    void (*program)(const catalog::Values&);  ///< What the main goroutine runs.
};

/// All of them, in the order of the list.
std::span<const Entry> all();

/// The one with that id, or null.
const Entry* find(std::string_view id);

}  // namespace golanes::scenarios
