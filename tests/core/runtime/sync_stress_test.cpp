// Package sync under load, at P from 1 to 64: plain variables that only the lock protects. A lock
// that fails shows as a wrong sum here and as a data race under ThreadSanitizer.
#include <array>
#include <deque>
#include <memory>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::RunStatus;

class SyncStress : public ::testing::TestWithParam<int> {
 protected:
    void expect_outcome(std::int64_t number, std::function<void()> main) const {
        const auto result =
            run({.engine = EngineKind::Real, .procs = GetParam(), .seed = seed_}, std::move(main));
        EXPECT_EQ(result.report.status, RunStatus::Ok)
            << result.report.message << " seed " << seed_;
        EXPECT_EQ(result.number(), number) << "seed " << seed_;
    }

    std::uint64_t seed_ = mix64(read_ticks());

 private:
    Watchdog watchdog_;
};

INSTANTIATE_TEST_SUITE_P(Procs, SyncStress, ::testing::Values(1, 2, 4, 16, 64));

// Holders that sometimes stay longer than a millisecond make the mutex change its mode to and fro.
TEST_P(SyncStress, AMutexThatStarvesNowAndThen) {
    const int each = scaled(400);
    expect_outcome(16 * each, [&] {
        rt::Mutex mutex;
        rt::WaitGroup wg;
        int sum = 0;
        for (int i = 0; i < 16; ++i) {
            wg.go("", [&, i] {
                for (int k = 0; k < each; ++k) {
                    mutex.lock();
                    ++sum;
                    if (k % 100 == i)
                        rt::work(400 * kMicrosecond);
                    mutex.unlock();
                }
            });
        }
        wg.wait();
        rt::outcome(sum);
    });
}

TEST_P(SyncStress, TryLockBesideLock) {
    const int each = scaled(1000);
    expect_outcome(8 * each, [&] {
        rt::Mutex mutex;
        rt::WaitGroup wg;
        int sum = 0;
        for (int i = 0; i < 8; ++i) {
            wg.go("", [&, i] {
                for (int k = 0; k < each;) {
                    if (i % 2 == 0) {
                        mutex.lock();
                    } else if (!mutex.try_lock()) {
                        rt::gosched();
                        continue;
                    }
                    ++sum;
                    ++k;
                    mutex.unlock();
                }
            });
        }
        wg.wait();
        rt::outcome(sum);
    });
}

struct Pair {
    int left = 0;
    int right = 0;
};

TEST_P(SyncStress, ReadersNeverSeeATornPair) {
    const int each = scaled(300);
    expect_outcome(4 * each, [&] {
        rt::RWMutex mutex;
        rt::WaitGroup wg;
        Pair pair;
        rt::Atomic<int> torn("torn");
        for (int i = 0; i < 4; ++i) {
            wg.go("writer", [&] {
                for (int k = 0; k < each; ++k) {
                    mutex.lock();
                    ++pair.left;
                    if (k % 16 == 0)
                        rt::gosched();
                    ++pair.right;
                    mutex.unlock();
                }
            });
        }
        for (int i = 0; i < 12; ++i) {
            wg.go("reader", [&, i] {
                for (int k = 0; k < each; ++k) {
                    if (i % 3 != 0) {
                        mutex.rlock();
                    } else if (!mutex.try_rlock()) {
                        rt::gosched();
                        continue;
                    }
                    if (pair.left != pair.right)
                        torn.add(1);
                    mutex.runlock();
                }
            });
        }
        wg.wait();
        rt::check(torn.peek() == 0, "no torn pair");
        rt::outcome(pair.right);
    });
}

// A bounded queue: producers wait for room, consumers for goods.
class Queue {
 public:
    void put(int value) {
        mutex_.lock();
        while (items_.size() == kRoom)
            has_room_.wait();
        items_.push_back(value);
        has_goods_.signal();
        mutex_.unlock();
    }

    int take() {
        mutex_.lock();
        while (items_.empty())
            has_goods_.wait();
        const int value = items_.front();
        items_.pop_front();
        has_room_.signal();
        mutex_.unlock();
        return value;
    }

 private:
    static constexpr std::size_t kRoom = 3;
    rt::Mutex mutex_;
    rt::Cond has_room_{mutex_};
    rt::Cond has_goods_{mutex_};
    std::deque<int> items_;
};

TEST_P(SyncStress, ProducersAndConsumersOverACond) {
    const int each = scaled(600);
    expect_outcome(6 * each, [&] {
        Queue queue;
        rt::WaitGroup wg;
        rt::Atomic<int> sum("sum");
        for (int i = 0; i < 6; ++i) {
            wg.go("producer", [&] {
                for (int k = 0; k < each; ++k)
                    queue.put(1);
            });
            wg.go("consumer", [&] {
                for (int k = 0; k < each; ++k)
                    sum.add(queue.take());
            });
        }
        wg.wait();
        rt::outcome(sum.peek());
    });
}

// Everybody waits for the next round; the last one to come begins it.
TEST_P(SyncStress, BroadcastMissesNobody) {
    const int rounds = scaled(200);
    expect_outcome(rounds, [&] {
        constexpr int kParties = 10;
        rt::Mutex mutex;
        rt::Cond next(mutex);
        rt::WaitGroup wg;
        int round = 0;
        int here = 0;
        for (int i = 0; i < kParties; ++i) {
            wg.go("", [&] {
                for (int k = 0; k < rounds; ++k) {
                    mutex.lock();
                    const int mine = round;
                    if (++here == kParties) {
                        here = 0;
                        ++round;
                        next.broadcast();
                    }
                    while (round == mine)
                        next.wait();
                    mutex.unlock();
                }
            });
        }
        wg.wait();
        rt::outcome(round);
    });
}

TEST_P(SyncStress, OnceRunsOnceInAStorm) {
    const int rounds = scaled(100);
    expect_outcome(rounds, [&] {
        int runs = 0;  // written inside, read after: only the Once orders it
        for (int k = 0; k < rounds; ++k) {
            rt::Once once;
            rt::WaitGroup wg;
            rt::Atomic<int> late("late");
            const int before = runs;
            for (int i = 0; i < 8; ++i) {
                wg.go("", [&] {
                    once.call([&] { ++runs; });
                    if (runs != before + 1)
                        late.add(1);
                });
            }
            wg.wait();
            rt::check(late.peek() == 0, "all see what was done once");
        }
        rt::outcome(runs);
    });
}

// The waiter's stack, with the WaitGroup on it, is used for something else at once.
TEST_P(SyncStress, AWaitGroupMayEndAsSoonAsWaitReturned) {
    const int rounds = scaled(1000);
    expect_outcome(3 * rounds, [&] {
        int sum = 0;
        for (int k = 0; k < rounds; ++k) {
            std::array<int, 3> parts{};
            const auto wg = std::make_unique<rt::WaitGroup>();
            for (int& part : parts)
                wg->go("", [&part] { part = 1; });
            wg->wait();
            for (const int part : parts)
                sum += part;
        }
        rt::outcome(sum);
    });
}

// What was written before the store is seen by who finds the stored value.
// Both ask and yield until the other has answered, which may be a slice of the machine's later.
TEST_P(SyncStress, AnAtomicCarriesAMessage) {
    const int rounds = scaled(100);
    expect_outcome(2 * rounds, [&] {
        rt::Atomic<int> full("full");
        rt::WaitGroup wg;
        int message = 0;  // a plain one
        int sum = 0;
        wg.go("reader", [&] {
            for (int k = 0; k < rounds; ++k) {
                while (full.load() == 0)
                    rt::gosched();
                sum += message;
                full.store(0);
            }
        });
        for (int k = 0; k < rounds; ++k) {
            while (!full.compare_and_swap(0, 0))
                rt::gosched();
            message = 2;
            full.store(1);
            while (full.load() == 1)
                rt::gosched();
            message = 0;
        }
        wg.wait();
        rt::outcome(sum);
    });
}

TEST_P(SyncStress, AtomicSumsLoseNothing) {
    const int each = scaled(2000);
    expect_outcome(16 * each, [&] {
        rt::Atomic<int> sum("sum");
        rt::WaitGroup wg;
        for (int i = 0; i < 8; ++i) {
            wg.go("add", [&] {
                for (int k = 0; k < each; ++k)
                    sum.add(1);
            });
            wg.go("swap", [&] {
                for (int k = 0; k < each; ++k) {
                    for (int seen = sum.load(); !sum.compare_and_swap(seen, seen + 1);)
                        seen = sum.load();
                }
            });
        }
        wg.wait();
        rt::outcome(sum.peek());
    });
}

}  // namespace
}  // namespace golanes::test
