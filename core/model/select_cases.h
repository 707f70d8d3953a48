#pragma once
// What the selects that goroutines wait in are waiting for: read from the SelectCase events, which
// stand just before the GoBlock.
#include <span>
#include <vector>

#include "core/base/ids.h"
#include "core/base/time.h"
#include "core/recording/recording.h"

namespace golanes::model {

/// One case: an operation on a channel.
struct SelectCaseInfo {
    ObjectId object = 0;
    bool is_send = false;

    friend bool operator==(const SelectCaseInfo&, const SelectCaseInfo&) = default;
};

/// A goroutine that waits in a select since that time.
struct SelectWait {
    GoroutineId goroutine = 0;
    TimeNs since = 0;
    std::vector<SelectCaseInfo> cases;  ///< Filled in; in the order of the statement.
};

/// Fills in the cases. Where the events are no longer held, or were lost, there are none.
/// Cost: one look at the events of each distinct moment, and at a few thousand before it.
void find_select_cases(const recording::Snapshot& recording, std::span<SelectWait> waits);

}  // namespace golanes::model
