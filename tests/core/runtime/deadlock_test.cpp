// The deadlock report: when it is made, and what it says, word for word.
#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::RunStatus;

class DeadlockTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(DeadlockTest);

std::string place(int line) {
    return "tests/core/runtime/deadlock_test.cpp:" + std::to_string(line);
}

constexpr const char* kAsleep = "fatal error: all goroutines are asleep - deadlock!";

TEST_P(DeadlockTest, TheReportTellsWhatEachGoroutineWaitsForAndWhere) {
    for (const int procs : {1, 2, 4, 16, 64}) {
        int waits = 0;
        int made = 0;
        int receives = 0;
        const auto result = run(on(procs), [&] {
            const rt::Chan<int> ch(0, "box");
            rt::Mutex mutex;
            mutex.lock();
            made = __LINE__ + 1;
            rt::go("receiver", [&, ch] {
                receives = __LINE__ + 1;
                ch.recv();
            });
            waits = __LINE__ + 1;
            mutex.lock();
        });
        EXPECT_EQ(result.report.status, RunStatus::Deadlock);
        EXPECT_EQ(in_tree(result.report.message),
                  std::string(kAsleep) + "\n\ngoroutine 1 [sync.Mutex.Lock]:\nmain\n\t" +
                      place(waits) + "\n\ngoroutine 2 [chan receive]:\nreceiver\n\t" +
                      place(receives) + "\ncreated by main in goroutine 1\n\t" + place(made));
    }
}

TEST_P(DeadlockTest, TheRecordingKeepsTheReport) {
    const auto result = run(on(1), [] { rt::Chan<int>().recv(); });
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::RunEnd) {
            EXPECT_EQ(result.recording.names->string(static_cast<StringId>(event.arg)),
                      result.report.message);
        }
    }
    EXPECT_EQ(result.timeline.runs().back().message, result.report.message);
}

TEST_P(DeadlockTest, OfManyGoroutinesTheFirstHundredAreTold) {
    const auto result = run(on(2), [] {
        for (int i = 0; i < 300; ++i)
            rt::go("", [] { rt::Chan<int>().recv(); });
        rt::Chan<int>().recv();
    });
    const std::string& text = result.report.message;
    std::size_t told = 0;
    for (std::size_t at = text.find("\n\ngoroutine "); at != std::string::npos;
         at = text.find("\n\ngoroutine ", at + 1))
        ++told;
    EXPECT_EQ(told, 100U);
    EXPECT_TRUE(text.ends_with("\n\n... and 201 more goroutines")) << text.substr(text.size() - 60);
}

TEST_P(DeadlockTest, APartialDeadlockIsNotReported) {
    const auto result = run(on(2), [] {
        rt::go("stuck", [] { rt::Chan<int>().recv(); });
        rt::go("stuck too", [] { rt::Chan<int>().send(1); });
        for (int i = 0; i < 20; ++i)
            rt::sleep(100 * kMicrosecond);
        rt::log("main goes on");
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
    EXPECT_EQ(result.words(), "main goes on");
}

TEST_P(DeadlockTest, AGoroutineThatComputesIsNoDeadlock) {
    const auto result = run(on(2), [] {
        const rt::Chan<int> ch(0, "box");
        rt::go("computes", [ch] {
            rt::work(3 * kMillisecond);
            ch.send(1);
        });
        ch.recv();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
}

class LongWaitTest : public RunTest {};

TEST_F(LongWaitTest, MinutesOfWaitingAreTold) {
    // In virtual time: the real engine would have to wait.
    const auto wait_after = [](DurationNs sleep) {
        return run({.procs = 1},
                   [=] {
                       rt::go("sleeper", [=] { rt::sleep(sleep); });
                       rt::Chan<int>(0, "box").recv();
                   })
            .report.message;
    };
    EXPECT_NE(wait_after(59 * kSecond).find("\n\ngoroutine 1 [chan receive]:\n"),
              std::string::npos);
    EXPECT_NE(wait_after(61 * kSecond).find("\n\ngoroutine 1 [chan receive, 1 minutes]:\n"),
              std::string::npos);
    EXPECT_NE(wait_after(301 * kSecond).find("\n\ngoroutine 1 [chan receive, 5 minutes]:\n"),
              std::string::npos);
}

}  // namespace
}  // namespace golanes::test
