#include "scenarios/registry.h"

#include <algorithm>
#include <array>

#include "scenarios/programs.h"

namespace golanes::scenarios {

std::span<const Entry> all() {
    static const std::array kEntries{alternate(),        serial_parallel(), window(),
                                     speedup(),          hello_main(),      waitgroup(),
                                     letters(),          generator(),       stack_growth(),
                                     runqueue(),         steal(),           handoff(),
                                     preempt(),          race_counter(),    buffered_pool(),
                                     unbuffered_chain(), cost_ladder(),     memory_map(),
                                     hundred_k(),        crash_domain(),    crash()};
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
