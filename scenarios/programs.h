#pragma once
// One function a scenario file: its entry in the registry.
#include "scenarios/registry.h"

namespace golanes::scenarios {

Entry alternate();
Entry race_counter();
Entry buffered_pool();
Entry unbuffered_chain();
Entry letters();
Entry crash();

}  // namespace golanes::scenarios
