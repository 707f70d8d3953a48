#pragma once
// Where: the source place of a call, taken by default arguments (clang 14 has no
// std::source_location). Public runtime calls end in `trace::Where where = trace::Where::here()`.
#include <cstdint>

namespace golanes::trace {

/// Pointers into the program's own literals: compare and hash them as pointers.
struct Where {
    const char* file = "";
    std::uint32_t line = 0;
    const char* function = "";

    static constexpr Where here(const char* file = __builtin_FILE(),
                                std::uint32_t line = static_cast<std::uint32_t>(__builtin_LINE()),
                                const char* function = __builtin_FUNCTION()) {
        return {file, line, function};
    }
};

}  // namespace golanes::trace
