#pragma once
// Run differences: what sets two runs apart, as far as their recordings tell it.
#include <string>
#include <utility>
#include <vector>

#include "core/model/timeline.h"

namespace golanes::view {

/// One run of two. Of what both have alike only the Ps are told.
struct RunTraits {
    std::string scenario;  ///< Empty: the other's.
    std::string source;    ///< Who recorded it; empty: who recorded the other.
    int procs = 0;
    int cpus = 0;               ///< 0: as many as the other has, or one a P.
    bool tells_engine = false;  ///< The other ran on the other engine.
    bool is_virtual = false;
    std::vector<std::string> settings;  ///< Parameters and policies: "stealing=off".
};

std::pair<RunTraits, RunTraits> differences(const model::Timeline& first,
                                            const model::RunInfo& first_run,
                                            const model::Timeline& second,
                                            const model::RunInfo& second_run);

}  // namespace golanes::view
