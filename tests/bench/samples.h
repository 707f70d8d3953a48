#pragma once
// What the benchmarks share: event streams that a scheduler could have said.
#include <cstdint>
#include <vector>

#include "core/base/random.h"
#include "core/trace/event.h"

namespace golanes::bench {

/// `count` events: goroutines start and yield in turn on one P, about 1 us each.
/// Requires: goroutines > 1.
inline std::vector<trace::Event> yielding(std::size_t count, std::uint32_t goroutines) {
    using enum trace::EventType;
    std::vector<trace::Event> events;
    std::vector<std::uint32_t> seq(goroutines + 1);
    Random random(1, Stream::Scenario);
    std::uint64_t time = 0;
    std::uint32_t head = 0;
    std::uint32_t tail = 0;
    const auto say =
        [&](trace::EventType type, std::uint32_t g, std::uint8_t flags, std::uint64_t arg) {
            events.push_back({.time = time += 300 + random.uniform(400),
                              .a = g,
                              .seq = g == 0 || g > goroutines ? 0 : ++seq[g],
                              .type = type,
                              .flags = flags,
                              .cpu = 0,
                              .p = 0,
                              .arg = arg});
        };
    constexpr auto kGlobal = static_cast<std::uint8_t>(trace::QueueKind::Global);
    constexpr auto kStop =
        static_cast<std::uint8_t>(kGlobal | static_cast<unsigned>(trace::StopReason::Gosched)
                                                << trace::put_flag::kReasonShift);
    events.push_back({.a = 1, .type = RunBegin});
    events.push_back({.a = 1, .type = ProcCount});
    for (std::uint32_t g = 1; g <= goroutines; ++g)
        say(GoCreate, g, kGlobal, tail++);
    for (std::uint32_t i = 0; events.size() < count; ++i) {
        const std::uint32_t g = i % goroutines + 1;
        say(GoStart, g, kGlobal, head++);
        say(GoStop, g, kStop, tail++);
    }
    return events;
}

}  // namespace golanes::bench
