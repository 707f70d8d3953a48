// Live changes of a virtual run are made again at the same steps: the same events.
#include <algorithm>
#include <thread>

#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using rt::ChangeKind;
using rt::LiveChange;

class VirtualReplayTest : public RunTest {};

// Goroutines that compute, sleep and yield until the first parameter is no longer 0.
void crowd(const trace::ControlValues& values) {
    rt::WaitGroup wg;
    wg.add(10);
    for (int i = 0; i < 10; ++i) {
        rt::go("", [&values, &wg, i] {
            while (values[0] == 0) {
                rt::work(static_cast<DurationNs>(100 + rt::random(500)) * kMicrosecond);
                if (i % 3 == 0)
                    rt::sleep(700 * kMicrosecond);
                else
                    rt::gosched();
            }
            rt::outcome(values[1]);
            wg.done();
        });
    }
    wg.wait();
}

struct Played {
    RunResult result;
    std::vector<LiveChange> changes;
};

// With the clock while a person turns knobs, as fast as it goes when they are turned again.
Played play(RunRequest request, std::vector<LiveChange> changes) {
    Played played;
    trace::ControlValues values{};
    request.tune = [&](rt::RunSettings& settings) {
        settings.pace = changes.empty() ? 1.0 : 0.0;
        settings.changes = std::move(changes);
        settings.values = &values;
        settings.on_change = [&](const LiveChange& change) {
            played.changes.push_back(change);
        };
    };
    played.result = run(request, [&] { crowd(values); });
    return played;
}

void let_it_run(const trace::Control& control, std::uint64_t steps) {
    const std::uint64_t until = control.virtual_steps.load() + steps;
    while (control.virtual_steps.load() < until)
        std::this_thread::yield();
}

void wait_for_phase(const trace::Control& control, trace::ChildPhase phase) {
    while (control.phase.load() != static_cast<std::uint32_t>(phase))
        std::this_thread::yield();
}

void turn_knobs(trace::Control& control) {
    for (const int procs : {1, 7, 3}) {
        let_it_run(control, 200);
        rt::request_procs(control, procs);
    }
    let_it_run(control, 200);
    rt::request_hold(control, true);
    wait_for_phase(control, trace::ChildPhase::Held);
    rt::request_procs(control, 5);
    rt::request_hold(control, false);
    wait_for_phase(control, trace::ChildPhase::Running);
    let_it_run(control, 200);
    control.values[1] = 42;
    trace::notify_control(control);
    let_it_run(control, 200);
}

RunRequest turned() {
    RunRequest request{.procs = 4, .seed = 3};
    request.beside = [](trace::Control& control, const std::atomic<bool>& /*over*/) {
        turn_knobs(control);
        control.values[0] = 1;
        trace::notify_control(control);
    };
    return request;
}

TEST_F(VirtualReplayTest, EveryChangeIsToldWithItsPlaceAndTime) {
    const Played live = play(turned(), {});
    std::vector<ChangeKind> kinds;
    for (std::size_t i = 0; i < live.changes.size(); ++i) {
        kinds.push_back(live.changes[i].kind);
        if (i > 0) {
            EXPECT_GE(live.changes[i].step, live.changes[i - 1].step);
            EXPECT_GE(live.changes[i].at, live.changes[i - 1].at);
        }
    }
    using enum ChangeKind;
    EXPECT_EQ(std::count(kinds.begin(), kinds.end(), Procs), 4);
    EXPECT_EQ(std::count(kinds.begin(), kinds.end(), Hold), 1);
    EXPECT_EQ(std::count(kinds.begin(), kinds.end(), Release), 1);
    EXPECT_EQ(std::count(kinds.begin(), kinds.end(), Value), 2);
    EXPECT_EQ(live.result.number(), 42);
}

TEST_F(VirtualReplayTest, TheSameChangesAtTheSameStepsGiveTheSameEvents) {
    const Played live = play(turned(), {});
    const Played again = play({.procs = 4, .seed = 3}, live.changes);
    EXPECT_EQ(again.changes, live.changes);
    EXPECT_EQ(again.result.logical_hash(), live.result.logical_hash());
    EXPECT_EQ(again.result.report.wall_ns, live.result.report.wall_ns);
}

TEST_F(VirtualReplayTest, AStopIsMadeAgainAtItsStep) {
    RunRequest request{.procs = 2};
    request.beside = [](trace::Control& control, const std::atomic<bool>& /*over*/) {
        let_it_run(control, 300);
        rt::request_stop(control);
    };
    const Played live = play(request, {});
    const Played again = play({.procs = 2}, live.changes);
    EXPECT_EQ(again.result.report.status, trace::RunStatus::Stopped);
    EXPECT_EQ(again.result.logical_hash(), live.result.logical_hash());
}

// The clock of a paced run stands between two due moments when a person turns a knob.
TEST_F(VirtualReplayTest, AChangeInTheMiddleOfAStretchOfWorkIsMadeThereAgain) {
    const auto program = [] {
        rt::WaitGroup wg;
        wg.add(3);
        for (int i = 0; i < 3; ++i) {
            rt::go("", [&wg] {
                rt::work(9 * kMillisecond);
                wg.done();
            });
        }
        wg.wait();
    };
    const std::vector<LiveChange> changes{
        {.step = 3, .at = 4 * kMillisecond, .kind = ChangeKind::Procs, .value = 3}};
    const auto once = [&] {
        RunRequest request{.procs = 1};
        request.tune = [&](rt::RunSettings& settings) {
            settings.changes = changes;
        };
        return run(request, program);
    };
    const auto result = once();
    // 4 ms on one P, the rest of 27 ms on three: 4 + (9 - 4) for the first; 4 + 9 for the others.
    EXPECT_EQ(result.report.wall_ns, 13 * kMillisecond);
    EXPECT_EQ(once().logical_hash(), result.logical_hash());
}

}  // namespace
}  // namespace golanes::test
