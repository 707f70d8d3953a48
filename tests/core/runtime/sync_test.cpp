// Mutex, WaitGroup, Barrier, Shared.
#include "core/runtime/sync.h"

#include "core/runtime/runtime.h"
#include "core/runtime/shared.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::RunStatus;

class SyncTest : public EngineTest {};

// Unlocks when the scope ends, also when that is because the run has ended.
template <typename Lock>
class Scope {
 public:
    explicit Scope(Lock& lock) : lock_(lock) { lock_.lock(); }

    ~Scope() noexcept(false) { lock_.unlock(); }

    Scope(const Scope&) = delete;
    Scope& operator=(const Scope&) = delete;

 private:
    Lock& lock_;
};

class ReadScope {
 public:
    explicit ReadScope(rt::RWMutex& mutex) : mutex_(mutex) { mutex_.rlock(); }

    ~ReadScope() noexcept(false) { mutex_.runlock(); }

    ReadScope(const ReadScope&) = delete;
    ReadScope& operator=(const ReadScope&) = delete;

 private:
    rt::RWMutex& mutex_;
};

GOLANES_ON_BOTH_ENGINES(SyncTest);

TEST_P(SyncTest, AMutexLetsOneInAtATime) {
    const auto result = run(on(4), [] {
        rt::Mutex mutex("m");
        rt::WaitGroup wg;
        int counter = 0;  // a plain one: the mutex is its only protection
        int inside = 0;
        wg.add(8);
        for (int i = 0; i < 8; ++i) {
            rt::go("", [&] {
                for (int k = 0; k < 20; ++k) {
                    mutex.lock();
                    rt::check(++inside == 1, "alone");
                    rt::gosched();
                    ++counter;
                    --inside;
                    mutex.unlock();
                }
                wg.done();
            });
        }
        wg.wait();
        rt::outcome(counter);
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    EXPECT_EQ(result.number(), 160);
}

TEST_P(SyncTest, TryLockSaysWhetherItIsHeld) {
    const auto result = run(on(1), [] {
        rt::Mutex mutex;
        rt::check(mutex.try_lock() && !mutex.try_lock(), "held");
        mutex.unlock();
        rt::check(mutex.try_lock(), "free again");
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST_P(SyncTest, UnlockOfAnUnlockedMutexIsFatal) {
    const auto result = run(on(1), [] {
        rt::Mutex mutex;
        rt::go("goes on", [] { rt::log("not reached"); });
        mutex.unlock();
        rt::log("not reached");
    });
    EXPECT_EQ(result.report.status, RunStatus::Panic);
    EXPECT_EQ(result.headline(), "fatal error: sync: unlock of unlocked mutex");
    EXPECT_EQ(result.words(), "");
}

TEST_P(SyncTest, LocksAreRecordedReleaseBeforeTheNextAcquire) {
    RunRequest request = on(2);
    request.level = trace::Level::Full;
    const auto result = run(request, [] {
        rt::Mutex mutex;
        rt::WaitGroup wg;
        wg.add(4);
        for (int i = 0; i < 4; ++i) {
            rt::go("", [&] {
                for (int k = 0; k < 10; ++k) {
                    mutex.lock();
                    mutex.unlock();
                }
                wg.done();
            });
        }
        wg.wait();
    });
    EXPECT_EQ(result.count(EventType::LockAcquire), 40U);
    EXPECT_EQ(result.count(EventType::LockRelease), 40U);
}

TEST_P(SyncTest, AWaitGroupWakesAllWhoWait) {
    const auto result = run(on(2), [] {
        rt::WaitGroup work;
        rt::WaitGroup all;
        rt::Shared<int> woken("woken");
        work.add(1);
        all.add(5);
        for (int i = 0; i < 5; ++i) {
            rt::go("", [&] {
                work.wait();
                woken.fetch_add(1);
                all.done();
            });
        }
        rt::gosched();
        work.done();
        all.wait();
        rt::outcome(woken.peek());
    });
    EXPECT_EQ(result.number(), 5);
}

TEST_P(SyncTest, ANegativeWaitGroupPanicsWithGosWords) {
    const auto result = run(on(1), [] { rt::WaitGroup().done(); });
    EXPECT_EQ(result.report.status, RunStatus::Panic);
    EXPECT_EQ(result.headline(), "panic: sync: negative WaitGroup counter");
}

TEST_P(SyncTest, ABarrierHoldsAllUntilTheLastOne) {
    const auto result = run(on(4), [] {
        rt::Barrier line(6);
        rt::WaitGroup wg;
        rt::Shared<int> arrived("arrived");
        wg.add(6);
        for (int i = 0; i < 6; ++i) {
            rt::go("", [&] {
                arrived.fetch_add(1);
                line.wait();
                rt::check(arrived.peek() == 6, "all are there");
                wg.done();
            });
        }
        wg.wait();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

// Main's locks are gone when the others are unwound, and these hold them or wait for them.
TEST_P(SyncTest, WhenTheRunEndsThoseWhoWaitAndHoldAreUnwound) {
    const auto result = run(on(1), [] {
        rt::Mutex mutex;
        rt::Mutex free;
        rt::RWMutex written;
        rt::RWMutex read;
        rt::Cond cond(free);
        rt::Once once;
        rt::WaitGroup never;
        never.add(1);
        const auto start = [](std::function<void()> f) {
            rt::go("", std::move(f));
            rt::gosched();  // it runs until it waits
        };
        start([&] {
            const Scope a(mutex);
            const Scope b(written);
            const ReadScope c(read);
            rt::sleep(3600 * kSecond);
        });
        start([&] { const Scope scope(mutex); });
        start([&] { const ReadScope scope(written); });
        start([&] { const Scope scope(written); });
        start([&] { const Scope scope(read); });
        start([&] { once.call([] { rt::sleep(3600 * kSecond); }); });
        start([&] { once.call([] {}); });
        start([&] { never.wait(); });
        start([&] {
            const Scope scope(free);
            cond.wait();
        });
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    EXPECT_EQ(result.count(EventType::GoKilled), 9U);
}

TEST_P(SyncTest, ReadYieldWriteLosesUpdatesAndFetchAddDoesNot) {
    RunRequest request = on(1);
    request.global_tick = 0;
    const auto result = run(request, [] {
        rt::Shared<int> raced("raced");
        rt::Shared<int> atomic("atomic");
        rt::WaitGroup wg;
        wg.add(4);
        for (int i = 0; i < 4; ++i) {
            rt::go("", [&] {
                for (int k = 0; k < 5; ++k) {
                    const int value = raced.load();
                    rt::gosched();
                    raced.store(value + 1);
                    atomic.fetch_add(1);
                }
                wg.done();
            });
        }
        wg.wait();
        rt::check(atomic.peek() == 20, "no atomic update is lost");
        rt::outcome(raced.peek());
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
    EXPECT_EQ(result.number(), 5);
}

}  // namespace
}  // namespace golanes::test
