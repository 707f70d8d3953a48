// Timers under pressure: set, stopped and set again from everywhere, at P from 1 to 64, while the
// number of Ps changes.
#include <atomic>
#include <thread>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/runtime/cancel.h"
#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/select.h"
#include "core/runtime/sync.h"
#include "core/runtime/timer.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::RunStatus;

class TimerStressTest : public ::testing::TestWithParam<int> {
 protected:
    [[nodiscard]] RunRequest request() const {
        RunRequest request{.engine = EngineKind::Real, .procs = GetParam(), .seed = seed_};
        request.beside = [seed = seed_, most = GetParam()](trace::Control& control,
                                                           const std::atomic<bool>& over) {
            Random random(seed, Stream::Scenario, 1);
            while (!over) {
                rt::request_procs(
                    control,
                    1 + static_cast<int>(random.uniform(static_cast<std::uint64_t>(most))));
                for (int i = 0; i < 200 && !over; ++i)
                    std::this_thread::yield();
            }
        };
        return request;
    }

    void expect_ok(const RunResult& result) const {
        EXPECT_EQ(result.report.status, RunStatus::Ok)
            << result.report.message << " seed " << seed_;
        for (const auto& check : result.report.checks)
            EXPECT_TRUE(check.holds) << check.what << " seed " << seed_;
    }

    std::uint64_t seed_ = mix64(read_ticks());

 private:
    Watchdog watchdog_;
};

INSTANTIATE_TEST_SUITE_P(Procs, TimerStressTest, ::testing::Values(1, 2, 4, 16, 64));

DurationNs short_delay() {
    return static_cast<DurationNs>(rt::random(60)) * kMicrosecond;
}

// set + reset that found it unset = fired + stops and resets that found it set.
TEST_P(TimerStressTest, EachTimerFiresOnceOrItsStopSaysItDidNot) {
    const int rounds = scaled(300);
    std::atomic<std::int64_t> set{0};
    std::atomic<std::int64_t> fired{0};
    std::atomic<std::int64_t> prevented{0};
    expect_ok(run(request(), [&] {
        rt::WaitGroup users;
        users.add(12);
        rt::WaitGroup ran;
        for (int user = 0; user < 12; ++user) {
            rt::go("user", [&] {
                for (int i = 0; i < rounds; ++i) {
                    ++set;
                    ran.add(1);
                    const rt::Timer timer = rt::after_func(short_delay(), [&] {
                        ++fired;
                        ran.done();
                    });
                    if (i % 3 == 0)
                        rt::sleep(short_delay());
                    else if (i % 3 == 1)
                        rt::gosched();
                    ran.add(1);
                    if (timer.reset(short_delay())) {
                        ++prevented;
                        ran.done();
                    }
                    ++set;
                    if (i % 2 == 0)
                        rt::sleep(short_delay());
                    if (i % 4 != 3 && timer.stop()) {
                        ++prevented;
                        ran.done();
                    }
                }
                users.done();
            });
        }
        users.wait();
        ran.wait();
    }));
    EXPECT_EQ(set, fired + prevented) << "seed " << seed_;
}

// Many goroutines pass the same timers around and stop and set them for one another.
TEST_P(TimerStressTest, SharedTimersAreSetAndStoppedFromEverywhere) {
    const int rounds = scaled(1000);
    std::atomic<std::int64_t> set{0};
    std::atomic<std::int64_t> fired{0};
    std::atomic<std::int64_t> prevented{0};
    expect_ok(run(request(), [&] {
        std::vector<rt::Timer> timers;
        for (int i = 0; i < 8; ++i) {
            timers.push_back(rt::after_func(short_delay(), [&] { ++fired; }));
            ++set;
        }
        rt::WaitGroup users;
        users.add(8);
        for (int user = 0; user < 8; ++user) {
            rt::go("user", [&] {
                for (int i = 0; i < rounds; ++i) {
                    const rt::Timer& timer = timers[rt::random(timers.size())];
                    if (rt::random(3) == 0) {
                        prevented += timer.stop() ? 1 : 0;
                    } else {
                        ++set;
                        prevented += timer.reset(short_delay()) ? 1 : 0;
                    }
                    if (rt::random(8) == 0)
                        rt::sleep(short_delay());
                }
                users.done();
            });
        }
        users.wait();
        for (const rt::Timer& timer : timers)
            prevented += timer.stop() ? 1 : 0;
        while (set != fired + prevented)
            rt::sleep(10 * kMicrosecond);  // the last ones have fired and are about to run
    }));
}

// Whoever waits on a timer's channel is served by it, or by another who had it reset.
TEST_P(TimerStressTest, SelectsWithTimeLimitsAllEnd) {
    const int rounds = scaled(200);
    std::atomic<int> values{0};
    expect_ok(run(request(), [&] {
        rt::Chan<int> jobs(4);
        rt::WaitGroup workers;
        workers.add(10);
        for (int i = 0; i < 10; ++i) {
            rt::go("worker", [&, jobs] {
                for (bool is_open = true; is_open;)
                    rt::select(rt::on_recv(jobs,
                                           [&](std::optional<int> job) {
                                               is_open = job.has_value();
                                               values += is_open ? 1 : 0;
                                           }),
                               rt::on_recv(rt::after(short_delay())));
                workers.done();
            });
        }
        rt::WaitGroup senders;
        senders.add(3);
        for (int i = 0; i < 3; ++i) {
            rt::go("sender", [&, jobs] {
                const rt::Ticker ticker(20 * kMicrosecond);
                for (int k = 0; k < rounds; ++k) {
                    ticker.channel().recv();
                    jobs.send(k);
                }
                senders.done();
            });
        }
        senders.wait();
        jobs.close();
        workers.wait();
    }));
    EXPECT_EQ(values, 3 * rounds) << "seed " << seed_;
}

// Timeouts and cancels race for the same contexts: every watcher is told, once.
TEST_P(TimerStressTest, CancelsAndDeadlinesRace) {
    const int rounds = scaled(100);
    std::atomic<int> told{0};
    expect_ok(run(request(), [&] {
        for (int i = 0; i < rounds; ++i) {
            rt::WaitGroup wg;
            wg.add(6);
            auto [parent, cancel_parent] = rt::with_timeout(rt::background(), short_delay());
            for (int k = 0; k < 6; ++k) {
                rt::go("watches", [&, parent = parent, cancel_parent = cancel_parent, k] {
                    auto [child, cancel] = rt::with_timeout(parent, short_delay());
                    if (k == 0)
                        cancel_parent();
                    if (k == 1)
                        cancel();
                    child.done().recv();
                    rt::check(!child.err().empty(), "closed means cancelled");
                    ++told;
                    cancel();
                    wg.done();
                });
            }
            wg.wait();
        }
    }));
    EXPECT_EQ(told, 6 * rounds) << "seed " << seed_;
}

}  // namespace
}  // namespace golanes::test
