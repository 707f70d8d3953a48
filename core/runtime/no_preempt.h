#pragma once
// NoPreempt: while it lives, no signal preempts the code on this M. For the few places where the
// runtime calls the program's code (a value's move) with a lock held.
#include "core/runtime/machine.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

/// Requires: nothing parks while it lives.
class NoPreempt {
 public:
    NoPreempt() : machine_(*this_machine()) { ++machine_.no_preempt; }

    ~NoPreempt() { --machine_.no_preempt; }

    NoPreempt(const NoPreempt&) = delete;
    NoPreempt& operator=(const NoPreempt&) = delete;

 private:
    M& machine_;
};

}  // namespace golanes::rt
