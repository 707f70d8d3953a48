#pragma once
// The Linux futex calls we use, on 32-bit atomics. Shared variants work across processes (memfd).
#include <atomic>
#include <cstdint>

#include "core/base/time.h"

namespace golanes {

enum class FutexScope { Private, Shared };

/// Sleeps while `word` holds `expected`, until woken or for at most `timeout` (negative: no limit).
/// Returns for any reason, spurious wake-ups and signals included: callers re-check their
/// condition.
void futex_wait(std::atomic<std::uint32_t>& word,
                std::uint32_t expected,
                DurationNs timeout = -1,
                FutexScope scope = FutexScope::Private);

/// Wakes up to `count` sleepers of `word`.
void futex_wake(std::atomic<std::uint32_t>& word,
                int count,
                FutexScope scope = FutexScope::Private);

}  // namespace golanes
