#include "core/base/clock.h"

#include <sched.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "core/base/cpu.h"
#include "core/base/current_cpu.h"

namespace golanes {
namespace {

TEST(TickClockTest, TheBaseIsTimeZero) {
    const TickClock clock{.base_ticks = 1'000, .ns_per_tick = 0.5};
    EXPECT_EQ(clock.ns_from_ticks(1'000), 0);
    EXPECT_EQ(clock.ns_from_ticks(3'000), 1'000);
}

TEST(TickClockTest, TicksBeforeTheBaseAreNegative) {
    const TickClock clock{.base_ticks = 1'000, .ns_per_tick = 0.5};
    EXPECT_EQ(clock.ns_from_ticks(800), -100);
}

TEST(TickClockTest, LengthsConvertBack) {
    const TickClock clock{.base_ticks = 77, .ns_per_tick = 0.4};
    EXPECT_EQ(clock.ticks_from_ns(1'000), 2'500U);
    EXPECT_EQ(clock.ns_from_ticks(77 + clock.ticks_from_ns(kSecond)), kSecond);
}

TEST(TickClockTest, TheIdentityClockOfVirtualRunsChangesNothing) {
    const TickClock clock;
    EXPECT_EQ(clock.ns_from_ticks(123'456'789), 123'456'789);
}

TEST(ProcessClockTest, EveryCallNamesTheSameClock) {
    EXPECT_EQ(&process_tick_clock(), &process_tick_clock());
    EXPECT_GT(process_tick_clock().ns_per_tick, 0.0);
}

// The two clocks measure the same stretch: within 1 %, or the line through the anchors is wrong.
TEST(ProcessClockTest, AgreesWithTheMonotonicClock) {
    if (!ticks_are_invariant())
        GTEST_SKIP() << "the tick rate of this machine is not constant";
    const TickClock& clock = process_tick_clock();
    const TimeNs outer_begin = monotonic_ns();
    const std::uint64_t begin = read_ticks();
    const TimeNs inner_begin = monotonic_ns();
    while (monotonic_ns() - inner_begin < 5 * kMillisecond)
        cpu_pause();
    const TimeNs inner_end = monotonic_ns();
    const std::uint64_t end = read_ticks();
    const TimeNs outer_end = monotonic_ns();
    const auto measured =
        static_cast<double>(clock.ns_from_ticks(end) - clock.ns_from_ticks(begin));
    EXPECT_GE(measured, static_cast<double>(inner_end - inner_begin) * 0.99);
    EXPECT_LE(measured, static_cast<double>(outer_end - outer_begin) * 1.01);
}

TEST(CurrentCpuTest, NamesTheCpuAThreadIsBoundTo) {
    cpu_set_t before;
    CPU_ZERO(&before);
    ASSERT_EQ(sched_getaffinity(0, sizeof before, &before), 0);
    for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
        if (!CPU_ISSET(cpu, &before))
            continue;
        cpu_set_t one;
        CPU_ZERO(&one);
        CPU_SET(cpu, &one);
        ASSERT_EQ(sched_setaffinity(0, sizeof one, &one), 0);
        EXPECT_EQ(current_cpu(), static_cast<CpuId>(cpu));
    }
    ASSERT_EQ(sched_setaffinity(0, sizeof before, &before), 0);
}

}  // namespace
}  // namespace golanes
