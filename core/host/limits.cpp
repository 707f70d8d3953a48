#include "core/host/limits.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/host/status.h"

namespace golanes::host {
namespace {

// The control group of this process, version 2.
std::string group_folder() {
    const std::string path = value_in_file("/proc/self/cgroup", "0:");
    return "/sys/fs/cgroup" + (path == "/" ? "" : path);
}

struct Bound {
    std::string_view name;
    std::int64_t number;
};

}  // namespace

Limits read_limits() {
    Limits limits;
    rlimit processes{};
    if (getrlimit(RLIMIT_NPROC, &processes) == 0 && processes.rlim_cur != RLIM_INFINITY)
        limits.user_processes = static_cast<std::int64_t>(processes.rlim_cur);
    limits.pid_max = number_in_file("/proc/sys/kernel/pid_max");
    limits.threads_max = number_in_file("/proc/sys/kernel/threads-max");
    limits.maps_max = number_in_file("/proc/sys/vm/max_map_count");
    limits.container_pids = number_in_file(group_folder() + "/pids.max");
    limits.container_memory = number_in_file(group_folder() + "/memory.max");
    return limits;
}

std::int64_t available_memory() {
    const std::string line = value_in_file("/proc/meminfo", "MemAvailable");
    const std::int64_t machine = line.empty() ? -1 : std::strtoll(line.c_str(), nullptr, 10) * 1024;
    const std::int64_t most = number_in_file(group_folder() + "/memory.max");
    const std::int64_t used = number_in_file(group_folder() + "/memory.current");
    if (most < 0 || used < 0)
        return machine;
    const std::int64_t group = std::max<std::int64_t>(0, most - used);
    return machine < 0 ? group : std::min(machine, group);
}

// The smallest bound is the one that is met first. Memory areas bound threads by half of them.
std::string limit_hit(const Limits& limits, int error, std::int64_t threads) {
    if (error != EAGAIN && error != ENOMEM)
        return fmt::format("no limit: {}", std::strerror(error));
    const std::array bounds{
        Bound{"RLIMIT_NPROC (ulimit -u)", geteuid() == 0 ? -1 : limits.user_processes},
        Bound{"kernel.pid_max", limits.pid_max},
        Bound{"kernel.threads-max", limits.threads_max},
        Bound{"pids.max of the control group", limits.container_pids},
        Bound{"vm.max_map_count", limits.maps_max},
    };
    const Bound* nearest = nullptr;
    for (const Bound& bound : bounds) {
        const std::int64_t reach = &bound == &bounds.back() ? bound.number / 2 : bound.number;
        // Other processes have threads, too: a bound may be met a good deal before its number.
        if (bound.number < 0 || threads < reach / 2)
            continue;
        if (nearest == nullptr || bound.number < nearest->number)
            nearest = &bound;
    }
    if (nearest == nullptr)
        return fmt::format("memory, or what other processes use: {}", std::strerror(error));
    return fmt::format("{} = {}", nearest->name, nearest->number);
}

}  // namespace golanes::host
