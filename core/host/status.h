#pragma once
// What the kernel says about a process: memory, threads, context switches. Read from /proc, for the
// scenarios that compare processes, threads and goroutines.
#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

#include "core/base/result.h"

namespace golanes::host {

struct ThreadStatus {
    pid_t id = 0;
    std::string name;
    std::uint64_t voluntary_switches = 0;    ///< It waited for something.
    std::uint64_t involuntary_switches = 0;  ///< Its CPU was given to another.
};

/// All threads of a process that can still be read; those that end meanwhile are left out.
std::vector<ThreadStatus> threads_of(pid_t process = 0);

struct ProcessStatus {
    std::int64_t virtual_bytes = 0;   ///< Addresses reserved.
    std::int64_t resident_bytes = 0;  ///< Memory it really has.
    int threads = 0;
    std::uint64_t voluntary_switches = 0;  ///< Of the threads that there are now, like the next.
    std::uint64_t involuntary_switches = 0;
};

/// The state of a process now; 0: this one. Errors: it is not there.
Result<ProcessStatus> status_of(pid_t process = 0);

/// How often this process touched a page of memory for which the kernel had to do something first:
/// mostly, give it one.
std::uint64_t page_faults();

/// The CPU lists, numbers and names of /proc are one line each: the first word after "key:".
/// Empty: the file or the key is not there.
std::string value_in_file(const std::string& path, const std::string& key);

/// The first number in a file; -1: there is none ("max" stands for no limit in the kernel's files).
std::int64_t number_in_file(const std::string& path);

}  // namespace golanes::host
