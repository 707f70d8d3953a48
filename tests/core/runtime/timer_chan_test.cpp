// Timers of the program: after, after_func, Timer, Ticker. Go 1.23's rules.
#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/select.h"
#include "core/runtime/sync.h"
#include "core/runtime/timer.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::RunStatus;

class TimerChanTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(TimerChanTest);

bool has_value(const rt::Chan<TimeNs>& channel) {
    std::optional<TimeNs> value;
    return channel.try_recv(value);
}

TEST_P(TimerChanTest, AfterBringsTheTimeItWasDueOnce) {
    expect_ok(run(on(2), [] {
        const TimeNs before = rt::now();
        const auto channel = rt::after(2 * kMillisecond);
        const TimeNs due = channel.recv().value_or(-1);
        rt::check(due - before >= 2 * kMillisecond - 1, "not before its time");
        rt::check(due <= rt::now(), "not in the future");
        rt::check(!has_value(channel), "only once");
    }));
}

TEST_P(TimerChanTest, ATimersChannelLooksUnbuffered) {
    expect_ok(run(on(1), [] {
        const rt::Timer timer(0);
        const rt::Ticker ticker(kMillisecond);
        rt::sleep(3 * kMillisecond);
        for (const auto& channel : {timer.channel(), ticker.channel()}) {
            rt::check(channel.len() == 0, "len 0, though a value waits");
            rt::check(channel.cap() == 0, "cap 0");
            rt::check(has_value(channel), "a value waits");
        }
    }));
}

TEST_P(TimerChanTest, StopTellsWhetherTheTimerWasSet) {
    expect_ok(run(on(2), [] {
        const rt::Timer set(kSecond);
        rt::check(set.stop(), "was set");
        rt::check(!set.stop(), "was stopped already");
        const rt::Timer received(kMillisecond);
        received.channel().recv();
        rt::check(!received.stop(), "its time was received");
        const rt::Timer unseen(0);
        rt::sleep(kMillisecond);
        rt::check(unseen.stop(), "due, but nobody has received it");
        rt::check(!has_value(unseen.channel()), "and nobody will");
    }));
}

// A select that looked and took another case has left the time in the channel.
TEST_P(TimerChanTest, NobodyReceivesAStaleTimeAfterStopOrReset) {
    expect_ok(run(on(2), [] {
        int left_behind = 0;
        for (int i = 0; i < 60; ++i) {
            const rt::Timer timer(0);
            rt::Chan<int> ready(1);
            ready.send(1);
            if (rt::select(rt::on_recv(timer.channel()), rt::on_recv(ready)) == 0)
                continue;
            ++left_behind;
            if (i % 2 == 0) {
                rt::check(timer.stop(), "due, but nobody has received it");
                rt::check(!has_value(timer.channel()), "nothing after stop");
                continue;
            }
            const TimeNs before = rt::now();
            rt::check(timer.reset(kMicrosecond), "due, but nobody has received it");
            const TimeNs due = timer.channel().recv().value_or(-1);
            rt::check(due >= before + kMicrosecond - 1, "the new time, not the old one");
        }
        rt::check(left_behind > 0, "a fair select leaves some");
    }));
}

TEST_P(TimerChanTest, ASelectWithATimerHasATimeLimit) {
    expect_ok(run(on(2), [] {
        rt::Chan<int> silent(0);
        bool late = false;
        rt::select(rt::on_recv(silent, [] { rt::check(false, "nobody sends"); }),
                   rt::on_recv(rt::after(2 * kMillisecond), [&] { late = true; }));
        rt::check(late, "the time limit came");
        rt::Chan<int> quick(0);
        rt::go("sends", [quick] { quick.send(1); });
        const rt::Timer limit(3600 * kSecond);
        rt::check(rt::select(rt::on_recv(limit.channel()), rt::on_recv(quick)) == 1, "in time");
        rt::check(limit.stop(), "the limit did not come");
        const auto tried =
            rt::select(rt::on_recv(limit.channel()), rt::on_recv(silent), rt::on_default());
        rt::check(tried == 2, "neither is ready");
    }));
}

// The timer of a select that ended otherwise is in no heap: it keeps no run alive.
TEST_P(TimerChanTest, ATimeLimitThatIsNotNeededIsForgotten) {
    const auto result = run(on(2), [] {
        rt::Chan<int> quick(0);
        rt::go("sends", [quick] { quick.send(1); });
        rt::select(rt::on_recv(rt::after(3600 * kSecond)), rt::on_recv(quick));
        rt::Chan<int>(0).recv();
    });
    EXPECT_EQ(result.report.status, RunStatus::Deadlock) << result.report.message;
    if (GetParam() == EngineKind::Virtual) {
        EXPECT_EQ(result.report.wall_ns, 0);
    }
}

TEST_P(TimerChanTest, ResetTellsWhetherTheTimerWasSetAndSetsItEitherWay) {
    expect_ok(run(on(2), [] {
        const rt::Timer timer(kSecond);
        rt::check(timer.reset(kMillisecond), "was set");
        timer.channel().recv();
        rt::check(!timer.reset(kMillisecond), "had fired");
        timer.channel().recv();
        timer.stop();
        rt::check(!timer.reset(kMillisecond), "was stopped");
        timer.channel().recv();
        rt::outcome("fired thrice");
    }));
}

TEST_P(TimerChanTest, OneWhoWaitsIsServedByAResetToEarlier) {
    expect_ok(run(on(2), [] {
        const rt::Timer timer(3600 * kSecond);
        rt::WaitGroup wg;
        wg.add(1);
        rt::go("waits", [&] {
            timer.channel().recv();
            wg.done();
        });
        rt::sleep(kMillisecond);
        rt::check(timer.reset(kMillisecond), "was set");
        wg.wait();
    }));
}

TEST_P(TimerChanTest, AfterFuncStartsAGoroutineOnce) {
    const auto result = run(on(2), [] {
        rt::Chan<int> done(1);
        const rt::Timer timer = rt::after_func(
            kMillisecond, [done] { done.send(1); }, "later");
        rt::check(timer.channel() == rt::Chan<TimeNs>(), "its channel is the nil channel");
        done.recv();
        rt::check(!timer.stop(), "it has fired");
        rt::check(!timer.reset(kMillisecond), "it has fired, and is set again");
        done.recv();
    });
    expect_ok(result);
    EXPECT_EQ(result.count(EventType::TimerFire), 2U);
}

TEST_P(TimerChanTest, AStoppedFuncNeverRuns) {
    expect_ok(run(on(2), [] {
        const rt::Timer timer =
            rt::after_func(100 * kMillisecond, [] { rt::check(false, "it must not run"); });
        rt::check(timer.stop(), "was set");
        rt::sleep(150 * kMillisecond);
    }));
}

TEST_P(TimerChanTest, AFuncOfNoDelayRunsAndMayWait) {
    expect_ok(run(on(2), [] {
        rt::Chan<int> there(0);
        rt::after_func(-kSecond, [there] {
            rt::sleep(kMillisecond);
            there.send(7);
        });
        rt::check(there.recv() == 7, "it ran, and waited");
    }));
}

TEST_P(TimerChanTest, ATickerTicksUntilItIsStopped) {
    expect_ok(run(on(2), [] {
        const rt::Ticker ticker(kMillisecond);
        TimeNs last = -1;
        for (int i = 0; i < 5; ++i) {
            const TimeNs tick = ticker.channel().recv().value_or(-1);
            rt::check(tick > last, "later than the one before");
            last = tick;
        }
        ticker.stop();
        rt::sleep(3 * kMillisecond);
        rt::check(!has_value(ticker.channel()), "no tick after stop");
        ticker.reset(kMillisecond);
        rt::check(ticker.channel().recv().has_value(), "it ticks again");
    }));
}

TEST_P(TimerChanTest, ATickerWithoutAPositivePeriodPanics) {
    const auto made = run(on(1), [] { const rt::Ticker ticker(0); });
    EXPECT_EQ(made.report.status, RunStatus::Panic);
    EXPECT_TRUE(made.report.message.starts_with("panic: non-positive interval for NewTicker"))
        << made.report.message;
    const auto reset = run(on(1), [] {
        const rt::Ticker ticker(1);
        ticker.reset(-1);
    });
    EXPECT_TRUE(reset.report.message.starts_with("panic: non-positive interval for Ticker.Reset"))
        << reset.report.message;
}

TEST_P(TimerChanTest, WaitingForATimerThatIsSetIsNoDeadlock) {
    expect_ok(run(on(4), [] { rt::after(5 * kMillisecond).recv(); }));
}

TEST_P(TimerChanTest, WaitingForAStoppedTimerIsADeadlock) {
    for (const int procs : {1, 4}) {
        const auto result = run(on(procs), [] {
            const rt::Timer timer(3600 * kSecond);
            timer.stop();
            timer.channel().recv();
        });
        EXPECT_EQ(result.report.status, RunStatus::Deadlock) << result.report.message;
    }
}

// The timer is in the heap of a P, maybe another's, and a poller may sleep for it, when it is
// stopped. A virtual run must not go to the time it was set to, a real one must not sleep till
// then.
TEST_P(TimerChanTest, StoppingTheTimerOfOneWhoWaitsIsADeadlockAtOnce) {
    for (const int procs : {1, 2, 4}) {
        const auto result = run(on(procs), [] {
            const rt::Timer timer(3600 * kSecond);
            rt::go("waits", [timer] { timer.channel().recv(); });
            rt::sleep(kMillisecond);
            rt::check(timer.stop(), "was set");
            rt::Chan<int>(0).recv();
        });
        EXPECT_EQ(result.report.status, RunStatus::Deadlock) << result.report.message;
        if (GetParam() == EngineKind::Virtual) {
            EXPECT_EQ(result.report.wall_ns, kMillisecond);
        }
    }
}

TEST_P(TimerChanTest, ATimerNobodyWaitsForKeepsNoRunAlive) {
    const auto result = run(on(2), [] {
        const rt::Timer timer(3600 * kSecond);
        const rt::Ticker ticker(kMillisecond);
        rt::Chan<int>(0).recv();
    });
    EXPECT_EQ(result.report.status, RunStatus::Deadlock) << result.report.message;
}

TEST_P(TimerChanTest, ATimerOutlivesItsHandleWhileSomebodyWaits) {
    expect_ok(run(on(2), [] {
        rt::Chan<TimeNs> channel;
        {
            const rt::Timer timer(2 * kMillisecond);
            channel = timer.channel();
        }
        rt::check(channel.recv().has_value(), "it fired");
        rt::after_func(kMillisecond, [channel] {});  // nobody keeps this one
        rt::sleep(3 * kMillisecond);
    }));
}

// What is left behind in every state a timer can have; AddressSanitizer looks for leaks.
TEST_P(TimerChanTest, ARunMayEndWithTimersInAnyState) {
    for (const int procs : {1, 2}) {
        expect_ok(run(on(procs), [] {
            auto text = std::make_shared<std::string>("a text that is long enough for the heap");
            const rt::Timer set = rt::after_func(kSecond, [text] { rt::log(*text); });
            rt::after_func(kSecond, [text] { rt::log(*text); });
            const rt::Timer stopped = rt::after_func(kSecond, [text] { rt::log(*text); });
            stopped.stop();
            rt::after_func(0, [text] { rt::sleep(kSecond); });
            rt::go("waits", [] { rt::after(kSecond).recv(); });
            rt::go("ticks", [] {
                const rt::Ticker ticker(kMillisecond / 4);
                while (ticker.channel().recv()) {
                }
            });
            rt::go("sleeps", [text] { rt::sleep(kSecond); });
            rt::sleep(kMillisecond);
            rt::after_func(0, [text] { rt::log(*text); });
        }));
    }
}

}  // namespace
}  // namespace golanes::test
