#pragma once
// What the benchmarks share: event streams that a scheduler could have said.
#include <cstdint>
#include <deque>
#include <utility>
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

/// `count` events of many goroutines on many Ps, drawn at random: they run for about 2 us, yield,
/// wait, and are woken by others; about one microsecond of the whole goes by from event to event.
/// Requires: goroutines > 2 * procs.
inline std::vector<trace::Event> crowd(std::size_t count,
                                       std::uint32_t procs,
                                       std::uint32_t goroutines) {
    using enum trace::EventType;

    struct Proc {
        std::deque<std::uint32_t> ring;
        std::uint32_t head = 0;
        std::uint32_t tail = 0;
        std::uint32_t runs = 0;
    };

    constexpr auto kRing = static_cast<std::uint8_t>(trace::QueueKind::Ring);
    constexpr auto kStop = static_cast<std::uint8_t>(
        kRing | static_cast<unsigned>(trace::StopReason::Gosched) << trace::put_flag::kReasonShift);
    std::vector<trace::Event> events;
    events.reserve(count + 2);
    std::vector<Proc> all(procs);
    std::vector<std::uint32_t> waiting;
    std::vector<std::uint32_t> seq(goroutines + 1);
    Random random(1, Stream::Scenario);
    std::uint64_t time = 0;
    const auto say = [&](trace::EventType type,
                         std::uint32_t g,
                         std::uint32_t p,
                         std::uint8_t flags,
                         std::uint64_t arg) {
        events.push_back({.time = time += random.uniform(60),
                          .a = g,
                          .seq = ++seq[g],
                          .type = type,
                          .flags = flags,
                          .cpu = static_cast<std::uint16_t>(p),
                          .p = static_cast<std::uint16_t>(p),
                          .arg = arg});
    };
    const auto put = [&](trace::EventType type,
                         std::uint32_t g,
                         std::uint32_t p,
                         std::uint8_t flags,
                         std::uint32_t by) {
        say(type, g, p, flags, trace::pack_pair(by, all[p].tail++));
        all[p].ring.push_back(g);
    };
    events.push_back({.a = 1, .type = RunBegin});
    events.push_back({.a = procs, .type = ProcCount});
    for (std::uint32_t g = 1; g <= goroutines; ++g)
        put(GoCreate, g, g % procs, kRing, 0);
    while (events.size() < count) {
        const auto p = static_cast<std::uint32_t>(random.uniform(procs));
        Proc& proc = all[p];
        const std::uint64_t choice = random.uniform(8);
        if (proc.runs == 0 && !proc.ring.empty()) {
            proc.runs = proc.ring.front();
            proc.ring.pop_front();
            say(GoStart, proc.runs, p, kRing, proc.head++);
        } else if (proc.runs != 0 && choice < 3 && !waiting.empty()) {
            const auto at = static_cast<std::size_t>(random.uniform(waiting.size()));
            std::swap(waiting[at], waiting.back());
            put(GoUnblock, waiting.back(), p, kRing, proc.runs);
            waiting.pop_back();
        } else if (proc.runs != 0 && choice < 6) {
            say(GoBlock,
                proc.runs,
                p,
                static_cast<std::uint8_t>(trace::WaitReason::ChanReceive),
                1);
            waiting.push_back(std::exchange(proc.runs, 0));
        } else if (proc.runs != 0) {
            put(GoStop, std::exchange(proc.runs, 0), p, kStop, 0);
        }
    }
    return events;
}

}  // namespace golanes::bench
