#pragma once
// Times and durations: signed 64-bit nanoseconds, and their text forms.
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace golanes {

using TimeNs = std::int64_t;      ///< Nanoseconds since a named origin.
using DurationNs = std::int64_t;  ///< A length of time in nanoseconds.

inline constexpr DurationNs kMicrosecond = 1'000;
inline constexpr DurationNs kMillisecond = 1'000'000;
inline constexpr DurationNs kSecond = 1'000'000'000;

/// Reads "250ns", "10us", "1.5ms", "2s" or "1m". Errors: names the text and the units it takes.
Result<DurationNs> parse_duration(std::string_view text);

/// Writes a duration for people: three significant digits and a unit ("12.3 ms").
std::string format_duration(DurationNs duration);

/// CLOCK_MONOTONIC in nanoseconds. Threads: any.
TimeNs monotonic_ns();

}  // namespace golanes
