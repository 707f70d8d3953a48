#pragma once
// What a process's memory looks like, and that a child has its own: for the scenario that compares
// what threads share with what processes do not.
#include <cstdint>
#include <string>

#include "core/base/result.h"

namespace golanes::host {

struct AddressSpace {
    int areas = 0;        ///< Lines of /proc/self/maps.
    int descriptors = 0;  ///< Open files, pipes and sockets.
    bool has_heap = false;
    bool has_stack = false;  ///< That of the first thread.
};

AddressSpace address_space();

/// The kernel's number of the calling thread. That of the first one is the process's.
std::int64_t thread_number();

struct ChildView {
    std::uint64_t address = 0;  ///< Where the child saw the variable.
    int value = 0;              ///< What it held there after the child had written to it.
};

/// Forks; the child writes `value` to the variable, tells what it sees, and ends. The variable of
/// this process is another one at the same address. Blocks until the child has ended.
/// Errors: the system gives no more processes or pipes.
Result<ChildView> write_in_child(volatile int& variable, int value);

}  // namespace golanes::host
