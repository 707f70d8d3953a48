#include "core/host/status.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

namespace golanes::host {
namespace {

std::string folder_of(pid_t process) {
    return process == 0 ? "/proc/self" : fmt::format("/proc/{}", process);
}

std::uint64_t count_in(const std::string& path, const std::string& key) {
    return std::strtoull(value_in_file(path, key).c_str(), nullptr, 10);
}

}  // namespace

std::string value_in_file(const std::string& path, const std::string& key) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (!line.starts_with(key + ":"))
            continue;
        const auto begin = line.find_first_not_of(" \t", key.size() + 1);
        return begin == std::string::npos ? "" : line.substr(begin);
    }
    return {};
}

std::uint64_t page_faults() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_minflt);
}

std::int64_t number_in_file(const std::string& path) {
    std::ifstream file(path);
    std::int64_t number = -1;
    return file >> number ? number : -1;
}

std::vector<ThreadStatus> threads_of(pid_t process) {
    std::vector<ThreadStatus> threads;
    std::error_code error;
    const std::filesystem::directory_iterator tasks(folder_of(process) + "/task", error);
    if (error)
        return threads;
    for (const auto& task : tasks) {
        const std::string path = task.path().string() + "/status";
        ThreadStatus thread;
        thread.id = std::atoi(task.path().filename().c_str());
        thread.name = value_in_file(path, "Name");
        thread.voluntary_switches = count_in(path, "voluntary_ctxt_switches");
        thread.involuntary_switches = count_in(path, "nonvoluntary_ctxt_switches");
        if (!thread.name.empty())
            threads.push_back(std::move(thread));
    }
    return threads;
}

Result<ProcessStatus> status_of(pid_t process) {
    const std::string folder = folder_of(process);
    std::ifstream memory(folder + "/statm");
    std::int64_t virtual_pages = 0;
    std::int64_t resident_pages = 0;
    if (!(memory >> virtual_pages >> resident_pages))
        return Error{fmt::format("{}: there is no such process", folder)};
    const std::int64_t page = sysconf(_SC_PAGESIZE);
    ProcessStatus status;
    status.virtual_bytes = virtual_pages * page;
    status.resident_bytes = resident_pages * page;
    for (const ThreadStatus& thread : threads_of(process)) {
        ++status.threads;
        status.voluntary_switches += thread.voluntary_switches;
        status.involuntary_switches += thread.involuntary_switches;
    }
    return status;
}

}  // namespace golanes::host
