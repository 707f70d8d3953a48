// Mutex: Go's two modes. Virtual time makes the millisecond exact.
#include "core/model/statistics.h"
#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::RunStatus;

class MutexTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(MutexTest);

/// For what depends on the time that passes.
class MutexTimeTest : public RunTest {
 protected:
    static RunRequest full(int procs) { return {.procs = procs, .level = trace::Level::Full}; }
};

// Starts a goroutine that says its name while it holds the mutex, and lets it come to wait for it.
void start_waiter(rt::Mutex& mutex, rt::WaitGroup& wg, const std::string& name) {
    wg.go(name, [&mutex, name] {
        mutex.lock();
        rt::log(name);
        mutex.unlock();
    });
    rt::gosched();
}

std::size_t count_with_flags(const RunResult& result, EventType type, unsigned flags) {
    std::size_t count = 0;
    for (const trace::Event& event : result.events())
        count += event.type == type && event.flags == flags ? 1 : 0;
    return count;
}

std::size_t hand_overs(const RunResult& result) {
    std::size_t count = 0;
    for (const trace::Event& event : result.events())
        count +=
            event.type == EventType::GoStop && event.flags >> trace::put_flag::kReasonShift ==
                                                   static_cast<int>(trace::StopReason::HandedOver)
                ? 1
                : 0;
    return count;
}

TEST_P(MutexTest, WaitersGetItInTheOrderTheyCame) {
    const auto result = run(on(1), [] {
        rt::Mutex mutex;
        rt::WaitGroup wg;
        mutex.lock();
        for (const char* name : {"A", "B", "C", "D"})
            start_waiter(mutex, wg, name);
        mutex.unlock();
        wg.wait();
    });
    EXPECT_EQ(result.words(), "A B C D");
}

TEST_P(MutexTest, UnlockWakesNoSecondWaiterWhileTheFirstIsAwake) {
    const auto result = run(on(1), [] {
        rt::Mutex mutex;
        rt::WaitGroup wg;
        mutex.lock();
        start_waiter(mutex, wg, "A");
        start_waiter(mutex, wg, "B");
        for (int i = 0; i < 3; ++i) {  // A is woken by the first and does not run yet
            mutex.unlock();
            mutex.lock();
        }
        rt::outcome(1);
        mutex.unlock();
        wg.wait();
    });
    std::size_t woken = 0;
    for (const trace::Event& event : result.events()) {
        woken += event.type == EventType::GoUnblock ? 1 : 0;
        if (event.type == EventType::Outcome)
            break;
    }
    EXPECT_EQ(woken, 1U);
}

TEST_P(MutexTest, AnyGoroutineMayUnlock) {
    const auto result = run(on(1), [] {
        rt::Mutex mutex;
        mutex.lock();
        rt::go("other", [&] { mutex.unlock(); });
        mutex.lock();
        rt::log("mine again");
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    EXPECT_EQ(result.words(), "mine again");
}

std::vector<std::string> sentences_at_end(const RunResult& result) {
    return model::waiting_sentences(result.timeline, result.timeline.end());
}

TEST_P(MutexTest, LockingTwiceIsADeadlockThatNamesTheMutex) {
    const auto result = run(on(1), [] {
        rt::Mutex mutex("m");
        mutex.lock();
        mutex.lock();
    });
    EXPECT_EQ(result.report.status, RunStatus::Deadlock);
    ASSERT_EQ(sentences_at_end(result).size(), 1U);
    const std::string sentence = sentences_at_end(result).front();
    EXPECT_TRUE(sentence.starts_with("main waits in sync.Mutex.Lock on m, mutex_test.cpp:"))
        << sentence;
}

TEST_P(MutexTest, AtLevelFullADeadlockTellsWhoHoldsTheMutex) {
    RunRequest request = on(1);
    request.level = trace::Level::Full;
    const auto result = run(request, [] {
        rt::Mutex mutex("m");
        rt::go("holder", [&] {
            mutex.lock();
            rt::Chan<int>(0).recv();
        });
        rt::gosched();
        mutex.lock();
    });
    EXPECT_EQ(result.report.status, RunStatus::Deadlock);
    ASSERT_EQ(sentences_at_end(result).size(), 2U);
    const std::string sentence = sentences_at_end(result).front();
    EXPECT_TRUE(sentence.starts_with("main waits in sync.Mutex.Lock on m, held by holder, "))
        << sentence;
}

TEST_F(MutexTimeTest, InNormalModeARunningGoroutinePassesTheWokenOne) {
    const auto result = run(full(1), [] {
        rt::Mutex mutex;
        rt::WaitGroup wg;
        mutex.lock();
        start_waiter(mutex, wg, "waiter");
        mutex.unlock();
        mutex.lock();
        rt::log("main");
        mutex.unlock();
        wg.wait();
    });
    EXPECT_EQ(result.words(), "main waiter");
    EXPECT_EQ(hand_overs(result), 0U);
}

TEST_F(MutexTimeTest, AWaiterThatLostTheRaceQueuesAtTheFront) {
    const auto result = run(full(1), [] {
        rt::Mutex mutex;
        rt::WaitGroup wg;
        mutex.lock();
        start_waiter(mutex, wg, "A");
        start_waiter(mutex, wg, "B");
        mutex.unlock();  // wakes A
        mutex.lock();
        rt::gosched();  // A finds it locked
        mutex.unlock();
        wg.wait();
    });
    EXPECT_EQ(result.words(), "A B");
    EXPECT_EQ(result.count(EventType::LockContend), 3U);
}

// Main takes the mutex again and again in front of the waiter, which wakes every time `hold` passed
// and finds it locked; at last main unlocks and says so.
void barge(DurationNs hold, int times) {
    rt::Mutex mutex;
    rt::WaitGroup wg;
    mutex.lock();
    start_waiter(mutex, wg, "waiter");
    for (int i = 0; i < times; ++i) {
        rt::work(hold);
        mutex.unlock();
        mutex.lock();
        rt::gosched();
    }
    mutex.unlock();
    mutex.lock();
    rt::log("main");
    mutex.unlock();
    wg.wait();
}

TEST_F(MutexTimeTest, AfterMoreThanAMillisecondTheWaiterIsGivenTheMutex) {
    const auto result = run(full(1), [] { barge(600 * kMicrosecond, 2); });
    EXPECT_EQ(result.words(), "waiter main");
    EXPECT_EQ(hand_overs(result), 1U);
    EXPECT_EQ(count_with_flags(result, EventType::LockAcquire, trace::lock_flag::kHandedOff), 1U);
    EXPECT_EQ(count_with_flags(result, EventType::LockRelease, trace::lock_flag::kHandedOff), 1U);
}

TEST_F(MutexTimeTest, ExactlyAMillisecondIsNotStarvationYet) {
    EXPECT_EQ(run(full(1), [] { barge(kMillisecond, 1); }).words(), "main waiter");
    EXPECT_EQ(run(full(1), [] { barge(kMillisecond + 1, 1); }).words(), "waiter main");
}

TEST_F(MutexTimeTest, ALongWaitAloneDoesNotStarve) {
    // The waiter finds the mutex free when it wakes, so nothing switches.
    const auto result = run(full(1), [] {
        rt::Mutex mutex;
        rt::WaitGroup wg;
        mutex.lock();
        start_waiter(mutex, wg, "waiter");
        rt::work(5 * kMillisecond);
        mutex.unlock();
        wg.wait();
    });
    EXPECT_EQ(result.words(), "waiter");
    EXPECT_EQ(hand_overs(result), 0U);
}

// Without runnext a goroutine that was runnable before runs between the hand-over and the new
// owner.
TEST_F(MutexTimeTest, NobodyTakesAMutexThatIsBeingHandedOver) {
    RunRequest request = full(1);
    request.runnext = false;
    request.global_tick = 0;
    const auto result = run(request, [] {
        rt::Mutex mutex;
        rt::WaitGroup wg;
        mutex.lock();
        start_waiter(mutex, wg, "waiter");
        rt::work(2 * kMillisecond);
        mutex.unlock();
        mutex.lock();
        rt::gosched();  // the waiter starves
        wg.go("newcomer", [&] {
            rt::log(mutex.try_lock() ? "stolen" : "refused");
            mutex.lock();
            rt::log("newcomer");
            mutex.unlock();
        });
        mutex.unlock();
        wg.wait();
    });
    EXPECT_EQ(result.words(), "refused waiter newcomer");
}

// The first waiter starves; the others have hardly waited when their turn comes.
void starve_one_of_three(rt::Mutex& mutex, rt::WaitGroup& wg) {
    mutex.lock();
    start_waiter(mutex, wg, "old");
    rt::work(2 * kMillisecond);
    mutex.unlock();
    mutex.lock();
    rt::gosched();  // the old one starves
    wg.go("young", [&] {
        mutex.lock();
        rt::log("young");
        mutex.unlock();
        mutex.lock();
        rt::log("young again");
        mutex.unlock();
    });
    rt::gosched();
    start_waiter(mutex, wg, "last");
    mutex.unlock();
}

TEST_F(MutexTimeTest, AnOwnerThatWaitedBrieflyEndsStarvationMode) {
    const auto result = run(full(1), [] {
        rt::Mutex mutex;
        rt::WaitGroup wg;
        starve_one_of_three(mutex, wg);
        wg.wait();
    });
    EXPECT_EQ(result.words(), "old young young again last");
    EXPECT_EQ(hand_overs(result), 2U);  // main to old, old to young
}

TEST_F(MutexTimeTest, TheLastWaiterEndsStarvationMode) {
    const auto result = run(full(1), [] {
        rt::Mutex mutex;
        rt::WaitGroup wg;
        mutex.lock();
        start_waiter(mutex, wg, "old");
        rt::work(2 * kMillisecond);
        mutex.unlock();
        mutex.lock();
        rt::gosched();
        mutex.unlock();
        wg.wait();
        rt::check(mutex.try_lock(), "it is an ordinary free mutex");
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    EXPECT_EQ(hand_overs(result), 1U);
}

}  // namespace
}  // namespace golanes::test
