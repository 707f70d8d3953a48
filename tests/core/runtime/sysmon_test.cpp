// When sysmon looks, and when it does not.
#include "core/runtime/sysmon.h"

#include <atomic>
#include <thread>

#include "core/runtime/sysmon_pause.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

class SysmonTest : public RunTest {};

TEST_F(SysmonTest, ThePauseDoublesAfterFiftyLooksInVain) {
    rt::SysmonPause pause;
    EXPECT_EQ(pause.after_look(true), 20 * kMicrosecond);
    for (int i = 0; i < 50; ++i)
        EXPECT_EQ(pause.after_look(false), 20 * kMicrosecond) << i;
    for (const DurationNs us : {40, 80, 160, 320, 640, 1280, 2560, 5120, 10000, 10000})
        EXPECT_EQ(pause.after_look(false), us * kMicrosecond);
    EXPECT_EQ(pause.after_look(true), 20 * kMicrosecond);
    EXPECT_EQ(pause.after_look(false), 20 * kMicrosecond) << "it counts anew";
}

TEST_F(SysmonTest, ItSleepsWhileAllPsAreIdle) {
    std::atomic<int> looks{0};
    std::atomic<int> asked{0};
    std::atomic<bool> idle{true};
    rt::Sysmon sysmon(
        [&] {
            ++looks;
            return rt::SysmonLook{.all_idle = idle.load()};
        },
        [&] {
            ++asked;
            return idle.load();
        });
    sysmon.start();
    while (asked == 0)
        std::this_thread::yield();
    EXPECT_EQ(looks, 1) << "one look, and none while nobody runs";
    idle = false;
    sysmon.p_runs();
    while (looks < 10)
        std::this_thread::yield();
    sysmon.stop();
}

TEST_F(SysmonTest, ACallEndsItsPause) {
    std::atomic<int> looks{0};
    rt::Sysmon sysmon(
        [&] {
            ++looks;
            return rt::SysmonLook{.all_idle = true};
        },
        [] { return true; });
    sysmon.start();
    for (int i = 1; i <= 20; ++i) {
        while (looks < i)
            std::this_thread::yield();
        sysmon.look_now();
    }
    sysmon.stop();
    EXPECT_GE(looks, 20);
}

}  // namespace
}  // namespace golanes::test
