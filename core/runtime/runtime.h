#pragma once
// The runtime's public face: what a scenario may say. Goroutines, time, work, and words for the
// person who watches. Deferred functions and panics are in panic.h (included here), channels in
// chan.h, locks in sync.h, shared variables in shared.h.
//
// Threads: all calls are for goroutines. No thread_local, no errno after a call that may park, no
// std::mutex around one: a goroutine resumes on another thread. catch (...) must rethrow.
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "core/base/time.h"
#include "core/runtime/panic.h"
#include "core/trace/where.h"

namespace golanes::rt {

using trace::Where;

/// Starts a goroutine: `go f()`. The name is shown in the picture. A null `f` is a fatal error.
void go(std::string_view name, std::function<void()> f, const Where& where = Where::here());

/// Yields: the goroutine goes to the global run queue and stays runnable.
void gosched(const Where& where = Where::here());

/// Parks the goroutine for at least `duration`. Zero or less returns at once.
void sleep(DurationNs duration, const Where& where = Where::here());

/// The run's clock: nanoseconds since the run began (virtual ones in the virtual engine).
TimeNs now();

/// Computes for `duration` of CPU time. What the operating system takes away meanwhile does not
/// count and is recorded; after 10 ms the goroutine is preempted.
void work(DurationNs duration, const Where& where = Where::here());

/// Prints a line: it appears in the recording.
void log(std::string_view text, const Where& where = Where::here());

/// Reports the result of the run. The last report counts.
void outcome(std::int64_t value, const Where& where = Where::here());
void outcome(std::string_view value, const Where& where = Where::here());

/// Tests an invariant of the scenario; a false one fails the run. Returns `holds`.
bool check(bool holds, std::string_view what, const Where& where = Where::here());

/// A number in [0, bound) from the run's own seeded stream.
std::uint64_t random(std::uint64_t bound);

}  // namespace golanes::rt
