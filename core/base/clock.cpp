#include "core/base/clock.h"

#include <fstream>
#include <string>

#include "core/base/cpu.h"

namespace golanes {
namespace {

struct Anchor {
    std::uint64_t ticks;
    TimeNs ns;
};

// Of several readings the one taken fastest: an interrupt between the two clocks shows as a wide
// one.
Anchor read_anchor() {
    Anchor best{};
    std::uint64_t narrowest = UINT64_MAX;
    for (int i = 0; i < 16; ++i) {
        const std::uint64_t before = read_ticks();
        const TimeNs ns = monotonic_ns();
        const std::uint64_t width = read_ticks() - before;
        if (width < narrowest) {
            narrowest = width;
            best = {before + width / 2, ns};
        }
    }
    return best;
}

TickClock calibrate() {
    constexpr DurationNs kWindow = 10 * kMillisecond;
    const Anchor first = read_anchor();
    while (monotonic_ns() - first.ns < kWindow)
        cpu_pause();
    const Anchor last = read_anchor();
    const double rate =
        static_cast<double>(last.ns - first.ns) / static_cast<double>(last.ticks - first.ticks);
    return {first.ticks, rate};
}

}  // namespace

const TickClock& process_tick_clock() {
    static const TickClock clock = calibrate();
    return clock;
}

bool ticks_are_invariant() {
#if defined(__x86_64__)
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        if (line.rfind("flags", 0) == 0)
            return line.find(" constant_tsc") != std::string::npos &&
                   line.find(" nonstop_tsc") != std::string::npos;
    }
    return false;
#else
    return true;
#endif
}

}  // namespace golanes
