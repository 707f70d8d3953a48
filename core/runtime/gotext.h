#pragma once
// Which code is the program's own: scenarios and the bodies of tests. The linker script
// cmake/gotext.ld puts it into a section; everything else (runtime, libraries) must not be left in
// the middle.
#include <cstdint>

extern "C" {
/// Weak: null in a program that was linked without the script.
extern const char golanes_gotext_begin[] __attribute__((weak));
extern const char golanes_gotext_end[] __attribute__((weak));
}

namespace golanes::rt {

/// Async-signal-safe.
inline bool in_scenario_code(std::uintptr_t address) {
    return address >= reinterpret_cast<std::uintptr_t>(golanes_gotext_begin) &&
           address < reinterpret_cast<std::uintptr_t>(golanes_gotext_end);
}

}  // namespace golanes::rt
