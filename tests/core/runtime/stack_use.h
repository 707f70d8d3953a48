#pragma once
// Ways to use a goroutine's stack up to a measured depth, and what a recording says about stacks.
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/runtime/machine.h"
#include "core/runtime/this_machine.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {

/// Bytes of its stack that the calling goroutine uses here.
inline std::size_t stack_used() {
    const volatile char here = 0;
    return static_cast<std::size_t>(rt::this_machine()->current->stack.top() -
                                    const_cast<const char*>(&here));
}

/// Calls itself until so many bytes of the stack are used, `at_bottom` there. Returns a number that
/// depends on every frame having kept what was written into it.
template <typename F>
__attribute__((noinline)) std::uint64_t descend(std::size_t bytes, F&& at_bottom, int depth = 1) {
    volatile char frame[512];
    frame[0] = static_cast<char>(depth);
    frame[511] = static_cast<char>(depth + 1);
    std::uint64_t below = 0;
    if (stack_used() < bytes)
        below = descend(bytes, at_bottom, depth + 1);
    else
        at_bottom();
    const bool kept =
        frame[0] == static_cast<char>(depth) && frame[511] == static_cast<char>(depth + 1);
    return kept ? below : below + 1;
}

/// How many frames were damaged on the way down and up.
inline std::uint64_t descend(std::size_t bytes) {
    return descend(bytes, [] {});
}

/// One StackSize event.
struct StackStep {
    GoroutineId goroutine = 0;
    trace::StackChange change = trace::StackChange::Grown;
    std::uint32_t before = 0;
    std::uint32_t now = 0;
};

inline std::vector<StackStep> stack_steps(const RunResult& result, trace::StackChange change) {
    std::vector<StackStep> steps;
    for (const trace::Event& event : result.events()) {
        if (event.type == trace::EventType::StackSize &&
            static_cast<trace::StackChange>(event.flags) == change)
            steps.push_back(
                {event.a, change, trace::high_half(event.arg), trace::low_half(event.arg)});
    }
    return steps;
}

}  // namespace golanes::test
