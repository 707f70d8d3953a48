#pragma once

// The version of the scheduler's behaviour, as replay tokens name it.

namespace golanes::rt {

/// Grows whenever the same seed may give another log of logical events. A replay token of another
/// version is refused; the checked-in logs (tests/core/runtime/logs) change in the same commit.
inline constexpr int kSchedulerVersion = 1;

}  // namespace golanes::rt
