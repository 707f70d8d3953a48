#pragma once
// The text form of a recording: one event a line, for people and for grep. Complete: every field of
// every event, every name and every fact about the run can be read back from it.
//
//   12.345678ms  P0 cpu1  go_start  g=7 seq=5 flags=2 arg=0:12 where=3  # "worker 3" from ring[12]
//   at letters.cpp:31
//
// Left of the '#' stands the event itself; right of it, what the numbers mean. Fields that are 0
// are left out, as is a P or CPU that is unknown. `g`, `m` and `a` all name Event::a; `arg=x:y` is
// the two halves of Event::arg. The lines before the first event declare the run and the names.
#include <cstdint>
#include <cstdio>
#include <limits>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/recording/recording.h"

namespace golanes::exporting {

/// Which events to write: those with from <= time < to.
struct TextRange {
    TimeNs from = std::numeric_limits<TimeNs>::min();
    TimeNs to = std::numeric_limits<TimeNs>::max();
};

/// Writes declarations, then one line an event, straight to `out`. Memory: one line.
/// Errors: `out` does not take all of it (disk full, closed pipe).
Status write_text(const recording::Snapshot& snapshot, const TextRange& range, std::FILE* out);

/// With control bytes escaped, as \n or \x1b: one line, and harmless to a terminal.
std::string one_line(std::string_view text);

/// In double quotes, with quotes, backslashes and control bytes escaped: one line whatever is
/// inside.
std::string quoted_text(std::string_view text);

}  // namespace golanes::exporting
