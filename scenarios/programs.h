#pragma once
// One function a scenario file: its entry in the registry.
#include "scenarios/registry.h"

namespace golanes::scenarios {

Entry alternate();
Entry serial_parallel();
Entry window();
Entry speedup();
Entry hello_main();
Entry waitgroup();
Entry letters();
Entry generator();
Entry stack_growth();
Entry runqueue();
Entry steal();
Entry handoff();
Entry preempt();
Entry race_counter();
Entry buffered_pool();
Entry unbuffered_chain();
Entry cost_ladder();
Entry memory_map();
Entry hundred_k();
Entry crash_domain();
Entry crash();

}  // namespace golanes::scenarios
