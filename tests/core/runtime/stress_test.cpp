// Many goroutines, many switches, at P from 1 to 64: sums, ledger and seeds.
#include <thread>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/shared.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::RunStatus;

class StressTest : public ::testing::TestWithParam<int> {
 protected:
    [[nodiscard]] RunRequest request() const {
        return {.engine = EngineKind::Real, .procs = GetParam(), .seed = seed_};
    }

    void expect_sum(const RunResult& result, std::int64_t sum) const {
        EXPECT_EQ(result.report.status, RunStatus::Ok)
            << result.report.message << " seed " << seed_;
        EXPECT_EQ(result.number(), sum) << "seed " << seed_;
    }

    std::uint64_t seed_ = mix64(read_ticks());

 private:
    Watchdog watchdog_;
};

INSTANTIATE_TEST_SUITE_P(Procs, StressTest, ::testing::Values(1, 2, 4, 16, 64));

TEST_P(StressTest, PingPongPairs) {
    const int rounds = scaled(1000);
    const auto result = run(request(), [&] {
        rt::WaitGroup wg;
        rt::Shared<int> sum("sum");
        wg.add(8);
        for (int i = 0; i < 8; ++i) {
            rt::Chan<int> ping(0);
            rt::Chan<int> pong(0);
            rt::go("pong", [ping, pong] {
                while (const auto value = ping.recv())
                    pong.send(*value + 1);
            });
            rt::go("ping", [&, ping, pong] {
                int value = 0;
                for (int k = 0; k < rounds; ++k) {
                    ping.send(value);
                    value = pong.recv().value_or(0);
                }
                ping.close();
                sum.fetch_add(value);
                wg.done();
            });
        }
        wg.wait();
        rt::outcome(sum.peek());
    });
    expect_sum(result, 8 * rounds);
}

TEST_P(StressTest, ProducersAndConsumers) {
    const int each = scaled(2000);
    const auto result = run(request(), [&] {
        rt::Chan<std::string> ch(16);
        rt::WaitGroup producers;
        rt::WaitGroup consumers;
        rt::Shared<int> sum("sum");
        producers.add(4);
        consumers.add(4);
        for (int i = 0; i < 4; ++i) {
            rt::go("producer", [&] {
                for (int k = 0; k < each; ++k)
                    ch.send("number " + std::to_string(k) + " of a text that is not short");
                producers.done();
            });
            rt::go("consumer", [&] {
                while (const auto text = ch.recv())
                    sum.fetch_add(text->starts_with("number ") ? 1 : 1'000'000);
                consumers.done();
            });
        }
        producers.wait();
        ch.close();
        consumers.wait();
        rt::outcome(sum.peek());
    });
    expect_sum(result, 4 * each);
}

TEST_P(StressTest, MutexCounters) {
    const int each = scaled(1000);
    const auto result = run(request(), [&] {
        rt::Mutex mutex;
        rt::WaitGroup wg;
        int counter = 0;
        wg.add(16);
        for (int i = 0; i < 16; ++i) {
            rt::go("", [&] {
                for (int k = 0; k < each; ++k) {
                    mutex.lock();
                    ++counter;
                    if (k % 64 == 0)
                        rt::gosched();
                    mutex.unlock();
                }
                wg.done();
            });
        }
        wg.wait();
        rt::outcome(counter);
    });
    expect_sum(result, 16 * each);
}

// One that yields and was then moved into its own P's ring, together with the batch from the global
// queue, was stolen from there before it had left its stack, and went on from an older place.
TEST_P(StressTest, AYielderIsNotStolenWhileItStandsOnItsStack) {
    const int rounds = scaled(400);
    const auto result = run(request(), [&] {
        rt::Shared<int> sum("sum");
        for (int round = 0; round < rounds; ++round) {
            rt::WaitGroup wg;  // each round a P falls idle and searches
            for (int i = 0; i < 3; ++i) {
                wg.go("yielder", [&] {
                    for (int k = 0; k < 20; ++k)
                        rt::gosched();
                    sum.fetch_add(1);
                });
            }
            wg.wait();
        }
        rt::outcome(sum.load());
    });
    expect_sum(result, 3 * rounds);
}

TEST_P(StressTest, SpawnStorm) {
    const int parents = 20;
    const int children = kUnderTsan ? 20 : 400;
    const auto result = run(request(), [&] {
        rt::WaitGroup wg;
        rt::Shared<int> ran("ran");
        wg.add(parents * children);
        for (int i = 0; i < parents; ++i) {
            rt::go("parent", [&] {
                for (int k = 0; k < children; ++k) {
                    rt::go("", [&] {
                        ran.fetch_add(1);
                        wg.done();
                    });
                    if (k % 32 == 0)
                        rt::gosched();
                }
            });
        }
        wg.wait();
        rt::outcome(ran.peek());
    });
    expect_sum(result, parents * children);
}

TEST_P(StressTest, Sleepers) {
    const int sleepers = kUnderTsan ? 100 : 400;
    const auto result = run(request(), [&] {
        rt::WaitGroup wg;
        rt::Shared<int> woken("woken");
        wg.add(sleepers);
        for (int i = 0; i < sleepers; ++i) {
            rt::go("", [&] {
                for (int k = 0; k < 10; ++k) {
                    rt::sleep(static_cast<DurationNs>(rt::random(2'000'000)));
                    woken.fetch_add(1);
                }
                wg.done();
            });
        }
        wg.wait();
        rt::outcome(woken.peek());
    });
    expect_sum(result, sleepers * 10);
}

TEST_P(StressTest, RandomNumbersOfPsAndHolds) {
    RunRequest changing = request();
    changing.beside = [&](trace::Control& control, const std::atomic<bool>& over) {
        Random random(seed_, Stream::Scenario);
        while (!over) {
            rt::request_procs(control, 1 + static_cast<int>(random.uniform(64)));
            rt::request_hold(control, random.uniform(8) == 0);
            std::this_thread::sleep_for(std::chrono::microseconds(random.uniform(1000)));
        }
        rt::request_hold(control, false);
    };
    const int each = scaled(300);
    const auto result = run(changing, [&] {
        rt::Chan<int> ch(3);
        rt::WaitGroup wg;
        rt::Mutex mutex;
        int sum = 0;
        wg.add(40);
        for (int i = 0; i < 20; ++i) {
            rt::go("sender", [&] {
                for (int k = 0; k < each; ++k)
                    ch.send(1);
                wg.done();
            });
            rt::go("receiver", [&] {
                for (int k = 0; k < each; ++k) {
                    const int value = ch.recv().value_or(0);
                    mutex.lock();
                    sum += value;
                    mutex.unlock();
                    if (k % 16 == 0)
                        rt::sleep(10 * kMicrosecond);
                    else if (k % 5 == 0)
                        rt::gosched();
                }
                wg.done();
            });
        }
        wg.wait();
        rt::outcome(sum);
    });
    expect_sum(result, 20 * each);
}

// The story: the last M to stop was slow to lie down; the world had started again by then, no M had
// been given its P yet, and it took that moment for a deadlock.
TEST_P(StressTest, StartingTheWorldIsNoDeadlock) {
    RunRequest holding = request();
    holding.beside = [](trace::Control& control, const std::atomic<bool>& over) {
        for (int procs = 1; !over; procs = 3 - procs)
            rt::request_procs(control, procs);
    };
    const int rounds = scaled(20'000);
    const auto result = run(holding, [&] {
        rt::Chan<int> ping(0);
        rt::go("pong", [ping] {
            while (ping.recv()) {
            }
        });
        for (int i = 0; i < rounds; ++i)
            ping.send(i);
        rt::outcome(rounds);
    });
    expect_sum(result, rounds);
}

TEST_P(StressTest, ShortRunsOneAfterTheOther) {
    for (int i = 0; i < 20; ++i) {
        const auto result = run(request(), [] {
            rt::WaitGroup wg;
            wg.add(10);
            for (int k = 0; k < 10; ++k)
                rt::go("", [&] { wg.done(); });
            wg.wait();
            rt::outcome(1);
        });
        expect_sum(result, 1);
    }
}

}  // namespace
}  // namespace golanes::test
