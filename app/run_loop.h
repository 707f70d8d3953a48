#pragma once
// run_loop: plays a plan into a run region: once, or again and again in one recording (repeat
// mode). Headless runs call it on their own process, the window's child process is little more than
// it.
#include <cstdint>
#include <string>

#include "app/run_options.h"
#include "core/runtime/run.h"
#include "core/trace/region.h"

namespace golanes::app {

struct LoopSettings {
    DurationNs duration = -1;  ///< Repeat until it has passed; negative: see `forever`.
    bool forever = false;      ///< Repeat until Control::stop.
    bool same_seed = false;    ///< Every run has the plan's seed; else the later ones draw theirs.
    DurationNs pause = 0;  ///< After a run shorter than 30 ms; a fifth of it after a longer one.
    bool exits_after =
        false;  ///< The process leaves by _exit after the last run: skip its clean-up.
};

struct LoopReport {
    rt::RunReport last;
    std::string replay;  ///< The token of that run; empty: of the real engine.
    std::uint32_t runs = 0;
};

/// Writes the plan's parameter values into the region's control page.
void store_values(const RunPlan& plan, trace::Control& control);

/// Threads: the caller's thread owns the runs; it returns when the last one is over.
LoopReport run_loop(const RunPlan& plan,
                    const trace::RunRegion& region,
                    const LoopSettings& settings);

}  // namespace golanes::app
