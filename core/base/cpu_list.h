#pragma once
// Lists of CPU numbers, as the kernel writes them: "0-1,3".
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace golanes {

/// Reads a list: ascending, each number once. Errors: what is wrong with the text.
Result<std::vector<int>> parse_cpu_list(std::string_view text);

/// The inverse.
std::string cpu_list_text(const std::vector<int>& cpus);

/// The CPUs that this process may use, by its affinity mask.
std::vector<int> allowed_cpus();

}  // namespace golanes
