#include "scenarios/registry.h"

#include <algorithm>
#include <array>

#include "scenarios/programs.h"

namespace golanes::scenarios {

std::span<const Entry> all() {
    static const std::array<Entry, 6> kEntries{
        alternate(), race_counter(), buffered_pool(), unbuffered_chain(), letters(), crash()};
    return kEntries;
}

const Entry* find(std::string_view id) {
    const auto entries = all();
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) {
        return entry.scenario->id == id;
    });
    return found == entries.end() ? nullptr : &*found;
}

}  // namespace golanes::scenarios
