#include "core/base/cpu_list.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>
#include <sched.h>

namespace golanes {
namespace {

constexpr int kMostCpus = CPU_SETSIZE;

Error not_a_list(std::string_view text) {
    return {fmt::format("\"{}\" is no list of CPUs like 0-1,3", text)};
}

bool read_number(std::string_view& text, int& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || number < 0 || number >= kMostCpus)
        return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return true;
}

bool read_range(std::string_view& text, std::vector<int>& cpus) {
    int first = 0;
    if (!read_number(text, first))
        return false;
    int last = first;
    if (text.starts_with('-')) {
        text.remove_prefix(1);
        if (!read_number(text, last) || last < first)
            return false;
    }
    for (int cpu = first; cpu <= last; ++cpu)
        cpus.push_back(cpu);
    return true;
}

}  // namespace

Result<std::vector<int>> parse_cpu_list(std::string_view text) {
    std::vector<int> cpus;
    for (std::string_view rest = text;;) {
        if (!read_range(rest, cpus))
            return not_a_list(text);
        if (rest.empty())
            break;
        if (rest.front() != ',')
            return not_a_list(text);
        rest.remove_prefix(1);
    }
    std::sort(cpus.begin(), cpus.end());
    cpus.erase(std::unique(cpus.begin(), cpus.end()), cpus.end());
    return cpus;
}

std::string cpu_list_text(const std::vector<int>& cpus) {
    std::string text;
    for (std::size_t i = 0; i < cpus.size();) {
        std::size_t last = i;
        while (last + 1 < cpus.size() && cpus[last + 1] == cpus[last] + 1)
            ++last;
        text += fmt::format("{}{}", text.empty() ? "" : ",", cpus[i]);
        if (last != i)
            text += fmt::format("-{}", cpus[last]);
        i = last + 1;
    }
    return text;
}

std::vector<int> allowed_cpus() {
    std::vector<int> cpus;
    cpu_set_t mine;
    CPU_ZERO(&mine);
    if (sched_getaffinity(0, sizeof mine, &mine) != 0)
        return {0};
    for (int cpu = 0; cpu < kMostCpus; ++cpu) {
        if (CPU_ISSET(cpu, &mine))
            cpus.push_back(cpu);
    }
    return cpus;
}

}  // namespace golanes
