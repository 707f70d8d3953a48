#include "core/base/check.h"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <unistd.h>

namespace golanes {

void check_failed(const char* what, const char* file, int line) {
    std::array<char, 512> text{};
    const int length = std::snprintf(
        text.data(), text.size(), "golanes: internal error: %s (%s:%d)\n", what, file, line);
    if (length > 0) {
        [[maybe_unused]] const auto written =
            ::write(STDERR_FILENO, text.data(), std::strlen(text.data()));
    }
    std::abort();
}

}  // namespace golanes
