#pragma once
// Runs a program with a planted bug on the real engine.
#include <functional>

#include "core/base/clock.h"
#include "core/runtime/run.h"

namespace golanes::test {

inline int run_planted(int procs, std::function<void()> main) {
    auto region = trace::RunRegion::create_anonymous({.rings = 16}, process_tick_clock());
    if (!region.ok())
        return 1;
    rt::RunHost host(region.value(), trace::Level::Scheduler, false);
    rt::RunSettings settings;
    settings.scheduler.procs = procs;
    rt::run_program(host, settings, std::move(main));
    return 0;
}

}  // namespace golanes::test
