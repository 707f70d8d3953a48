// Go's memory model: what happens before what. Every variable here is a plain one; on the real
// engine ThreadSanitizer reports each pair of accesses that the runtime's operations leave
// unordered. (That it would is seen in sanitizers/planted_missing_edge.cpp.)
#include <array>
#include <vector>

#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "core/runtime/timer.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::RunStatus;

const int kRounds = scaled(200);

class MemoryModelTest : public EngineTest {
 protected:
    // The program on several Ps, so that the two sides of an edge mostly run on two threads.
    void expect_ordered(std::function<void()> main) {
        for (const int procs : {1, 2, 4, 16, 64}) {
            const auto result = run(on(procs), main);
            EXPECT_EQ(result.report.status, RunStatus::Ok)
                << result.report.message << ", P = " << procs;
        }
    }
};

GOLANES_ON_BOTH_ENGINES(MemoryModelTest);

TEST_P(MemoryModelTest, AGoStatementComesBeforeTheFirstLine) {
    expect_ordered([] {
        for (int round = 0; round < kRounds; ++round) {
            rt::Chan<int> done(0);
            int value = round;
            rt::go("", [&value, done, round] {
                rt::check(value == round, "what was written before go");
                done.send(0);
            });
            done.recv();
        }
    });
}

TEST_P(MemoryModelTest, ASendComesBeforeTheEndOfItsReceive) {
    for (const std::size_t capacity : {0U, 3U}) {
        expect_ordered([capacity] {
            rt::Chan<int> ch(capacity);
            std::vector<int> written(static_cast<std::size_t>(kRounds));
            rt::WaitGroup wg;
            wg.go("writer", [&, ch] {
                for (std::size_t i = 0; i < written.size(); ++i) {
                    written[i] = static_cast<int>(i) + 1;
                    ch.send(static_cast<int>(i));
                }
            });
            for (int i = 0; i < kRounds; ++i) {
                const auto at = static_cast<std::size_t>(ch.recv().value_or(0));
                rt::check(written[at] == static_cast<int>(at) + 1, "what was written before send");
            }
            wg.wait();
        });
    }
}

TEST_P(MemoryModelTest, WithoutABufferAReceiveComesBeforeTheEndOfItsSend) {
    expect_ordered([] {
        rt::Chan<int> ch(0);
        std::vector<int> written(static_cast<std::size_t>(kRounds));
        rt::WaitGroup wg;
        wg.go("writer", [&, ch] {
            for (std::size_t i = 0; i < written.size(); ++i) {
                written[i] = 7;
                ch.recv();
            }
        });
        for (const int& value : written) {
            ch.send(0);
            rt::check(value == 7, "what was written before receive");
        }
        wg.wait();
    });
}

TEST_P(MemoryModelTest, AReceiveComesBeforeTheEndOfTheSendThatTakesItsPlace) {
    // With `places` places, receive k comes before the end of send k + places.
    for (const int places : {1, 2, 5}) {
        expect_ordered([places] {
            rt::Chan<int> ch(static_cast<std::size_t>(places));
            std::vector<int> overwritten(static_cast<std::size_t>(kRounds));
            rt::WaitGroup wg;
            wg.go("reader", [&, ch] {
                for (const int& value : overwritten) {
                    rt::check(value == 0, "read before receive");
                    ch.recv();
                }
            });
            for (int i = 0; i < kRounds; ++i) {
                ch.send(0);
                if (i >= places)
                    overwritten[static_cast<std::size_t>(i - places)] = 1;
            }
            wg.wait();
        });
    }
}

// Eight goroutines add to one plain variable, each time between `enter` and `leave`.
void add_together(const std::function<void()>& enter, const std::function<void()>& leave) {
    constexpr int kGoroutines = 8;
    const int additions = kRounds / 8;
    rt::WaitGroup wg;
    int sum = 0;
    wg.add(kGoroutines);
    for (int i = 0; i < kGoroutines; ++i) {
        rt::go("", [&] {
            for (int k = 0; k < additions; ++k) {
                enter();
                ++sum;
                leave();
            }
            wg.done();
        });
    }
    wg.wait();
    rt::check(sum == kGoroutines * additions, "no addition is lost");
}

TEST_P(MemoryModelTest, AChannelWithOnePlaceIsALock) {
    expect_ordered([] {
        rt::Chan<int> place(1);
        add_together([&] { place.send(0); }, [&] { place.recv(); });
    });
}

TEST_P(MemoryModelTest, UnlockComesBeforeTheNextLock) {
    expect_ordered([] {
        rt::Mutex mutex;
        add_together([&] { mutex.lock(); }, [&] { mutex.unlock(); });
    });
}

TEST_P(MemoryModelTest, DoneComesBeforeTheEndOfWait) {
    expect_ordered([] {
        for (int round = 0; round < kRounds / 8; ++round) {
            rt::WaitGroup wg;
            std::array<int, 8> written{};
            wg.add(8);
            for (int& value : written) {
                rt::go("", [&] {
                    value = 1;
                    wg.done();
                });
            }
            wg.wait();
            for (const int value : written)
                rt::check(value == 1, "what was written before done");
        }
    });
}

TEST_P(MemoryModelTest, CloseComesBeforeAReceiveThatEndsBecauseOfIt) {
    expect_ordered([] {
        for (int round = 0; round < kRounds; ++round) {
            rt::Chan<int> closed(0);
            int value = 0;
            rt::go("", [&value, closed]() mutable {
                value = 1;
                closed.close();
            });
            closed.recv();
            rt::check(value == 1, "what was written before close");
        }
    });
}

TEST_P(MemoryModelTest, WritersComeBeforeReadersAndReadersBeforeWriters) {
    expect_ordered([] {
        rt::RWMutex mutex;
        rt::WaitGroup wg;
        int first = 0;
        int second = 0;
        wg.add(8);
        for (int i = 0; i < 8; ++i) {
            rt::go("", [&, i] {
                for (int k = 0; k < kRounds / 8; ++k) {
                    if (i < 2) {
                        mutex.lock();
                        second = ++first;
                        mutex.unlock();
                    } else {
                        mutex.rlock();
                        rt::check(first == second, "between two writers");
                        mutex.runlock();
                    }
                }
                wg.done();
            });
        }
        wg.wait();
    });
}

TEST_P(MemoryModelTest, WhatOnceRunsComesBeforeTheEndOfEveryCall) {
    expect_ordered([] {
        for (int round = 0; round < kRounds / 8; ++round) {
            rt::Once once;
            rt::WaitGroup wg;
            int value = 0;
            wg.add(4);
            for (int i = 0; i < 4; ++i) {
                rt::go("", [&] {
                    once.call([&] { value = 1; });
                    rt::check(value == 1, "what the one call wrote");
                    wg.done();
                });
            }
            wg.wait();
        }
    });
}

TEST_P(MemoryModelTest, AnAtomicStoreComesBeforeTheLoadThatSeesIt) {
    expect_ordered([] {
        for (int round = 0; round < kRounds / 8; ++round) {
            rt::Atomic<int> is_written;
            int value = 0;
            rt::WaitGroup wg;
            wg.add(1);
            rt::go("", [&] {
                value = 1;
                is_written.store(1);
                wg.done();
            });
            while (is_written.load() == 0)
                rt::gosched();
            rt::check(value == 1, "what was written before the store");
            wg.wait();
        }
    });
}

TEST_P(MemoryModelTest, BroadcastComesBeforeTheEndOfWait) {
    expect_ordered([] {
        for (int round = 0; round < kRounds / 8; ++round) {
            rt::Mutex mutex;
            rt::Cond cond(mutex);
            rt::WaitGroup wg;
            bool is_ready = false;
            wg.add(3);
            for (int i = 0; i < 3; ++i) {
                rt::go("", [&] {
                    mutex.lock();
                    while (!is_ready)
                        cond.wait();
                    mutex.unlock();
                    wg.done();
                });
            }
            mutex.lock();
            is_ready = true;
            cond.broadcast();
            mutex.unlock();
            wg.wait();
        }
    });
}

TEST_P(MemoryModelTest, SettingATimerComesBeforeItFires) {
    expect_ordered([] {
        for (int round = 0; round < kRounds / 8; ++round) {
            int value = round;
            rt::Chan<int> done(0);
            const rt::Timer timer = rt::after_func(kMicrosecond, [&value, done, round] {
                rt::check(value == round, "what was written before after_func");
                value = -1;
                done.send(0);
            });
            done.recv();
            rt::check(value == -1, "what was written before send");
        }
    });
}

}  // namespace
}  // namespace golanes::test
