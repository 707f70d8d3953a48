// RWMutex: many readers or one writer, and a writer that waits goes before new readers.
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::RunStatus;
using trace::WaitReason;

class RWMutexTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(RWMutexTest);

void start_reader(rt::RWMutex& mutex, rt::WaitGroup& wg, const std::string& name) {
    wg.go(name, [&mutex, name] {
        mutex.rlock();
        rt::log(name);
        mutex.runlock();
    });
    rt::gosched();
}

void start_writer(rt::RWMutex& mutex, rt::WaitGroup& wg, const std::string& name) {
    wg.go(name, [&mutex, name] {
        mutex.lock();
        rt::log(name);
        mutex.unlock();
    });
    rt::gosched();
}

std::vector<WaitReason> wait_reasons(const RunResult& result) {
    std::vector<WaitReason> reasons;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::GoBlock)
            reasons.push_back(static_cast<WaitReason>(event.flags));
    }
    return reasons;
}

TEST_P(RWMutexTest, ReadersAreInsideTogether) {
    const auto result = run(on(4), [] {
        rt::RWMutex mutex;
        rt::Barrier inside(5);
        rt::WaitGroup wg;
        for (int i = 0; i < 5; ++i) {
            wg.go("reader", [&] {
                mutex.rlock();
                inside.wait();  // returns only when all five are here
                mutex.runlock();
            });
        }
        wg.wait();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST_P(RWMutexTest, AWriterIsAlone) {
    const auto result = run(on(4), [] {
        rt::RWMutex mutex;
        rt::WaitGroup wg;
        int left = 0;  // plain ones: the lock is their only protection
        int right = 0;
        for (int i = 0; i < 4; ++i) {
            wg.go("writer", [&] {
                for (int k = 0; k < 20; ++k) {
                    mutex.lock();
                    ++left;
                    rt::gosched();
                    ++right;
                    mutex.unlock();
                }
            });
            wg.go("reader", [&] {
                for (int k = 0; k < 20; ++k) {
                    mutex.rlock();
                    rt::check(left == right, "no half-done write is seen");
                    rt::gosched();
                    mutex.runlock();
                }
            });
        }
        wg.wait();
        rt::outcome(left);
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    EXPECT_EQ(result.number(), 80);
}

TEST_P(RWMutexTest, AWriterThatWaitsStopsNewReaders) {
    const auto result = run(on(1), [] {
        rt::RWMutex mutex;
        rt::WaitGroup wg;
        mutex.rlock();
        start_writer(mutex, wg, "writer");
        rt::check(!mutex.try_rlock(), "a new reader is refused");
        start_reader(mutex, wg, "reader");
        rt::log("first");
        mutex.runlock();
        wg.wait();
    });
    EXPECT_EQ(result.words(), "first writer reader");
    EXPECT_EQ(wait_reasons(result),
              (std::vector{
                  WaitReason::RWMutexLock, WaitReason::RWMutexRLock, WaitReason::WaitGroupWait}));
}

TEST_P(RWMutexTest, TheLastOfSeveralReadersLetsTheWriterIn) {
    const auto result = run(on(1), [] {
        rt::RWMutex mutex;
        rt::WaitGroup wg;
        mutex.rlock();
        mutex.rlock();
        start_writer(mutex, wg, "writer");
        mutex.runlock();
        rt::gosched();
        rt::log("one reader left");
        mutex.runlock();
        wg.wait();
    });
    EXPECT_EQ(result.words(), "one reader left writer");
}

TEST_P(RWMutexTest, UnlockLetsAllWaitingReadersInBeforeTheNextWriter) {
    const auto result = run(on(1), [] {
        rt::RWMutex mutex;
        rt::WaitGroup wg;
        mutex.lock();
        start_reader(mutex, wg, "A");
        start_writer(mutex, wg, "writer");
        start_reader(mutex, wg, "B");
        start_reader(mutex, wg, "C");
        mutex.unlock();
        wg.wait();
    });
    EXPECT_EQ(result.words(), "A B C writer");
    EXPECT_EQ(wait_reasons(result)[1], WaitReason::MutexLock);  // the second writer, as in Go
}

TEST_P(RWMutexTest, ReadingTwiceWithAWriterBetweenIsADeadlock) {
    const auto result = run(on(1), [] {
        rt::RWMutex mutex;
        rt::WaitGroup wg;
        mutex.rlock();
        start_writer(mutex, wg, "writer");
        mutex.rlock();
    });
    EXPECT_EQ(result.report.status, RunStatus::Deadlock);
}

TEST_P(RWMutexTest, TheTryFormsTakeOnlyWhatIsFree) {
    const auto result = run(on(1), [] {
        rt::RWMutex mutex;
        rt::check(mutex.try_rlock() && mutex.try_rlock(), "two readers");
        rt::check(!mutex.try_lock(), "no writer beside readers");
        mutex.runlock();
        mutex.runlock();
        rt::check(mutex.try_lock(), "a writer alone");
        rt::check(!mutex.try_lock() && !mutex.try_rlock(), "nobody beside a writer");
        mutex.unlock();
        rt::check(mutex.try_rlock(), "free again");
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST_P(RWMutexTest, AnyGoroutineMayUnlock) {
    const auto result = run(on(1), [] {
        rt::RWMutex mutex;
        mutex.lock();
        rt::go("other", [&] { mutex.unlock(); });
        mutex.rlock();
        rt::go("other", [&] { mutex.runlock(); });
        mutex.lock();
        rt::log("done");
    });
    EXPECT_EQ(result.words(), "done");
}

TEST_P(RWMutexTest, EventsTellReadersFromWriters) {
    RunRequest request = on(1);
    request.level = trace::Level::Full;
    const auto result = run(request, [] {
        rt::RWMutex mutex;
        mutex.rlocker().lock();
        mutex.rlocker().unlock();
        mutex.lock();
        mutex.unlock();
    });
    std::vector<std::pair<EventType, int>> locks;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::LockAcquire || event.type == EventType::LockRelease)
            locks.emplace_back(event.type, event.flags);
    }
    const int read = trace::lock_flag::kRead;
    EXPECT_EQ(locks,
              (std::vector<std::pair<EventType, int>>{{EventType::LockAcquire, read},
                                                      {EventType::LockRelease, read},
                                                      {EventType::LockAcquire, 0},
                                                      {EventType::LockRelease, 0}}));
}

void expect_fatal(const RunResult& result, const std::string& text) {
    EXPECT_EQ(result.report.status, RunStatus::Panic);
    EXPECT_EQ(result.headline(), "fatal error: " + text);
    EXPECT_EQ(result.words(), "");
}

TEST_P(RWMutexTest, RUnlockOfAnUnlockedOneIsFatal) {
    const auto free = run(on(1), [] {
        rt::RWMutex().runlock();
        rt::log("not reached");
    });
    expect_fatal(free, "sync: RUnlock of unlocked RWMutex");
    const auto written = run(on(1), [] {
        rt::RWMutex mutex;
        mutex.lock();
        mutex.runlock();
        rt::log("not reached");
    });
    expect_fatal(written, "sync: RUnlock of unlocked RWMutex");
}

TEST_P(RWMutexTest, UnlockOfAnUnlockedOneIsFatal) {
    const auto free = run(on(1), [] {
        rt::RWMutex().unlock();
        rt::log("not reached");
    });
    expect_fatal(free, "sync: Unlock of unlocked RWMutex");
    const auto read = run(on(1), [] {
        rt::RWMutex mutex;
        mutex.rlock();
        mutex.unlock();
        rt::log("not reached");
    });
    expect_fatal(read, "sync: Unlock of unlocked RWMutex");
}

}  // namespace
}  // namespace golanes::test
