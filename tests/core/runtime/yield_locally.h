#pragma once
// Go's goyield, which no program of ours can call.
#include "core/runtime/machine.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::test {

/// What a Mutex in starvation mode does with its lock: the caller goes to the tail of its P's own
/// ring.
inline void yield_locally() {
    rt::this_machine()->scheduler->yield_local(trace::StopReason::HandedOver, trace::Where::here());
}

}  // namespace golanes::test
