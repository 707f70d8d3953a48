// Knobs turned while the run goes on: number of Ps, hold, stop, timeout.
#include <thread>

#include "core/base/random.h"
#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/shared.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::RunStatus;

class ControlTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(ControlTest);

// Goroutines that compute, wait and talk until the flag falls; returns what they counted.
struct Crowd {
    explicit Crowd(int count) : members(count) {}

    void operator()() {
        rt::Chan<int> ball(4);
        rt::WaitGroup wg;
        rt::Shared<int> sent("sent");
        rt::Shared<int> received("received");
        wg.add(members);
        for (int i = 0; i < members; ++i) {
            rt::go("sender", [&, i] {
                while (!done.load(std::memory_order_relaxed)) {
                    ball.send(1);
                    sent.fetch_add(1);
                    if (i % 3 == 0)
                        rt::sleep(50 * kMicrosecond);
                    else
                        rt::work(20 * kMicrosecond);
                }
                wg.done();
            });
        }
        rt::WaitGroup readers;
        readers.add(3);
        for (int i = 0; i < 3; ++i) {
            rt::go("receiver", [&] {
                while (ball.recv()) {
                    received.fetch_add(1);
                    has_received.store(true, std::memory_order_relaxed);
                }
                readers.done();
            });
        }
        wg.wait();
        ball.close();
        readers.wait();
        rt::check(sent.peek() == received.peek(), "everything sent was received");
        rt::outcome(received.peek());
    }

    int members;
    std::atomic<bool> done{false};
    std::atomic<bool> has_received{false};
};

std::size_t phases(const trace::Control& control, trace::ChildPhase phase) {
    return control.phase.load(std::memory_order_relaxed) == static_cast<std::uint32_t>(phase) ? 1
                                                                                              : 0;
}

void wait_for_phase(const trace::Control& control, trace::ChildPhase phase) {
    while (phases(control, phase) == 0)
        std::this_thread::yield();
}

TEST_P(ControlTest, ChangingTheNumberOfPsLosesNothing) {
    Crowd crowd(20);
    RunRequest request = on(4);
    const std::uint64_t seed = 20261121;
    request.beside = [&](trace::Control& control, const std::atomic<bool>& /*over*/) {
        Random random(seed, Stream::Scenario);
        for (int i = 0; i < 60 || !crowd.has_received; ++i) {
            rt::request_procs(control, 1 + static_cast<int>(random.uniform(64)));
            std::this_thread::sleep_for(std::chrono::microseconds(200 + random.uniform(2000)));
        }
        crowd.done = true;
    };
    const auto result = run(request, [&] { crowd(); });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message << " seed " << seed;
    EXPECT_GT(result.number(), 0);
    EXPECT_GT(result.count(EventType::ProcCount), 2U);
}

TEST_P(ControlTest, ARunBeginsWithThePsThatWereAskedForBefore) {
    RunRequest request = on(4);
    request.wanted_procs = 2;
    const auto result = run(request, [] { rt::gosched(); });
    EXPECT_EQ(result.count(EventType::ProcCount), 1U);
    EXPECT_EQ(result.timeline.procs_at(result.timeline.end()), 2);
}

TEST_P(ControlTest, AHeldRunStandsAndGoesOn) {
    Crowd crowd(8);
    RunRequest request = on(3);
    request.beside = [&](trace::Control& control, const std::atomic<bool>& /*over*/) {
        for (int i = 0; i < 5; ++i) {
            rt::request_hold(control, true);
            wait_for_phase(control, trace::ChildPhase::Held);
            rt::request_procs(control, 1 + i);
            rt::request_hold(control, false);
            wait_for_phase(control, trace::ChildPhase::Running);
        }
        crowd.done = true;
    };
    const auto result = run(request, [&] { crowd(); });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    std::size_t holds = 0;
    for (const trace::Event& event : result.events())
        holds += event.type == EventType::WorldStop &&
                         event.flags == static_cast<int>(trace::StopWorldReason::Hold)
                     ? 1U
                     : 0U;
    EXPECT_EQ(holds, 5U);
}

TEST_P(ControlTest, NothingStartsWhileTheRunIsHeld) {
    Crowd crowd(8);
    RunRequest request = on(3);
    request.beside = [&](trace::Control& control, const std::atomic<bool>& /*over*/) {
        rt::request_hold(control, true);
        wait_for_phase(control, trace::ChildPhase::Held);
        rt::request_hold(control, false);
        crowd.done = true;
    };
    const auto result = run(request, [&] { crowd(); });
    bool stands = false;
    ProcId running = 0;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::ProcStart)
            ++running;
        if (event.type == EventType::ProcStop)
            --running;
        if (event.type == EventType::WorldStop)
            stands = true;
        if (event.type == EventType::WorldStart) {
            EXPECT_EQ(running, 0);
            stands = false;
        }
        EXPECT_FALSE(stands && running == 0 && event.type == EventType::GoStart);
    }
}

TEST_P(ControlTest, StopEndsARunThatNeverWould) {
    RunRequest request = on(2);
    std::atomic<bool> runs{false};
    request.beside = [&](trace::Control& control, const std::atomic<bool>& /*over*/) {
        while (!runs)
            std::this_thread::yield();
        rt::request_stop(control);
    };
    const auto result = run(request, [&] {
        rt::go("for ever", [&] {
            for (;;) {
                rt::work(kMillisecond);
                runs = true;
            }
        });
        rt::Chan<int>().recv();
    });
    EXPECT_EQ(result.report.status, RunStatus::Stopped);
}

TEST_P(ControlTest, StopEndsAHeldRunWithoutLettingItGoOn) {
    RunRequest request = on(2);
    request.beside = [&](trace::Control& control, const std::atomic<bool>& /*over*/) {
        rt::request_hold(control, true);
        wait_for_phase(control, trace::ChildPhase::Held);
        rt::request_stop(control);
    };
    const auto result = run(request, [&] {
        for (;;)
            rt::work(kMillisecond);
    });
    EXPECT_EQ(result.report.status, RunStatus::Stopped);
    EXPECT_EQ(result.count(EventType::WorldStart), 1U);  // the one at the beginning
}

TEST_P(ControlTest, TheTimeoutEndsARun) {
    RunRequest request = on(2);
    request.timeout = 20 * kMillisecond;
    const auto result = run(request, [] {
        for (;;)
            rt::work(kMillisecond);
    });
    EXPECT_EQ(result.report.status, RunStatus::Timeout);
    EXPECT_EQ(result.report.message, "the time given to the run is over");
}

TEST_P(ControlTest, TheTimeoutEndsAHeldRunToo) {
    RunRequest request = on(2);
    request.timeout = 20 * kMillisecond;
    request.beside = [](trace::Control& control, const std::atomic<bool>& /*over*/) {
        rt::request_hold(control, true);
    };
    const auto result = run(request, [] {
        for (;;)
            rt::work(kMillisecond);
    });
    EXPECT_EQ(result.report.status, RunStatus::Timeout);
}

}  // namespace
}  // namespace golanes::test
