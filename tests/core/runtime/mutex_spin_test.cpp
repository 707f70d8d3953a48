// When a lock is worth spinning for, and what a spinner meets: exact on the virtual engine.
#include "core/runtime/runtime.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/sync.h"
#include "core/runtime/this_machine.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;

class MutexSpinTest : public RunTest {};

// Both cores act at the same instant, the newcomer first: it spins and meets the unlock.
RunResult meet_at(DurationNs newcomer, int procs) {
    return run({.procs = procs}, [newcomer] {
        rt::Mutex mutex;
        rt::WaitGroup wg;
        mutex.lock();
        wg.go("newcomer", [&] {
            rt::work(newcomer);
            mutex.lock();
            mutex.unlock();
        });
        rt::work(500);
        rt::work(500);
        mutex.unlock();
        wg.wait();
    });
}

TEST_F(MutexSpinTest, ASpinnerMeetsAnUnlockOfTheSameInstant) {
    EXPECT_EQ(meet_at(1000, 2).count(EventType::LockContend), 0U);
}

TEST_F(MutexSpinTest, ASpinnerThatMeetsNoUnlockWaits) {
    EXPECT_EQ(meet_at(999, 2).count(EventType::LockContend), 1U);
}

// What Lock asks before each round.
bool may_spin() {
    return rt::this_machine()->scheduler->may_spin();
}

TEST_F(MutexSpinTest, WithOnePNobodySpins) {
    run({.procs = 1}, [] { EXPECT_FALSE(may_spin()); });
}

TEST_F(MutexSpinTest, OnOneCoreNobodySpins) {
    run({.procs = 2, .cpus = 1}, [] {
        rt::go("other", [] { rt::work(kMillisecond); });
        rt::work(kMicrosecond);
        EXPECT_FALSE(may_spin());
    });
}

TEST_F(MutexSpinTest, NobodySpinsWhileTheOtherPsAreIdle) {
    run({.procs = 4}, [] {
        rt::work(kMicrosecond);
        EXPECT_FALSE(may_spin());
    });
}

TEST_F(MutexSpinTest, OneMaySpinWhileAnotherPRunsAndNothingWaitsOnItsOwn) {
    run({.procs = 2}, [] {
        rt::go("other", [] { rt::work(kMillisecond); });
        rt::work(kMicrosecond);
        EXPECT_TRUE(may_spin());
        rt::go("waits", [] {});
        EXPECT_FALSE(may_spin());
    });
}

}  // namespace
}  // namespace golanes::test
