#pragma once
// How many threads and processes this machine allows, and which limit it was that said no.
#include <cstdint>
#include <string>

namespace golanes::host {

/// -1: no limit, or not known.
struct Limits {
    std::int64_t user_processes = -1;  ///< RLIMIT_NPROC: threads of this user. Root is exempt.
    std::int64_t pid_max = -1;         ///< Numbers for processes and threads, machine-wide.
    std::int64_t threads_max = -1;     ///< Threads, machine-wide.
    std::int64_t maps_max = -1;        ///< Memory areas of one process; a thread's stack takes two.
    std::int64_t container_pids = -1;  ///< Threads of this control group.
    std::int64_t container_memory = -1;  ///< Bytes of this control group.
};

Limits read_limits();

/// Bytes of memory that this process could still take without pushing others out: what the machine
/// has available, or what is left to its control group. -1: not known.
std::int64_t available_memory();

/// The limit that most likely made a thread or process fail with `error` (an errno) when this
/// process had `threads` of them: its name and number, in words.
std::string limit_hit(const Limits& limits, int error, std::int64_t threads);

}  // namespace golanes::host
