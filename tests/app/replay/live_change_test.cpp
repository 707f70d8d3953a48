// What a person changes while a virtual run goes on is part of its token: the run can be made again
// with all of it.
#include <functional>
#include <thread>

#include <gtest/gtest.h>

#include "core/base/clock.h"
#include "tests/app/replay/logical.h"
#include "tests/app/replay/play.h"

namespace golanes::app {
namespace {

using test::logical_events;
using test::play;
using test::Played;

void wait_until(const std::function<bool()>& it_is_so) {
    while (!it_is_so())
        std::this_thread::yield();
}

std::uint32_t ask_for(trace::Control& control, TimeNs time) {
    return trace::request_step(
        control, trace::StepKind::UntilTime, static_cast<std::uint64_t>(time));
}

void wait_for(trace::Control& control, std::uint32_t step) {
    // Acquire pairs with the run's release: it stands.
    wait_until([&] { return control.step_reached.load(std::memory_order_acquire) == step; });
}

// Lets a run that stands go on to a virtual time and waits until it stands there.
void run_to(trace::Control& control, TimeNs time) {
    wait_for(control, ask_for(control, time));
}

// The same for a run that began held: a virtual run would be over before anybody asks.
void begin_and_run_to(trace::Control& control, TimeNs time) {
    wait_until([&] {
        return control.phase.load() == static_cast<std::uint32_t>(trace::ChildPhase::Held);
    });
    const std::uint32_t step = ask_for(control, time);
    rt::request_hold(control, false);
    wait_for(control, step);
}

void drive(trace::Control& control) {
    begin_and_run_to(control, 3 * kMillisecond);
    rt::request_procs(control, 5);
    run_to(control, 7 * kMillisecond);
    control.values[1].store(2 * kMillisecond);  // the work of a task
    rt::request_procs(control, 1);
    run_to(control, 20 * kMillisecond);
    rt::request_procs(control, 3);
    trace::request_step(control, trace::StepKind::Free, 0);
}

TEST(LiveChangeTest, ARunWithLiveChangesIsMadeAgainFromItsToken) {
    const RunPlan plan = test::virtual_plan("alternate", {"tasks=8", "work=5ms"});
    const Played first = play(plan, {}, drive, test::Begins::Held);
    const RunPlan token = test::plan_of_token(first.loop.replay);
    EXPECT_GE(token.settings.changes.size(), 3U) << first.loop.replay;
    const Played again = play(token);
    EXPECT_EQ(logical_events(first.recording, 0), logical_events(again.recording, 0))
        << first.loop.replay;
    EXPECT_EQ(again.loop.replay, first.loop.replay) << "the replay tells the same token";
    EXPECT_EQ(first.timeline.runs().back().replay, first.loop.replay)
        << "and so does the recording";
    EXPECT_NE(logical_events(first.recording, 0), logical_events(play(plan).recording, 0))
        << "the changes changed something";
}

TEST(LiveChangeTest, AStoppedRunStopsAgainAtTheSamePlace) {
    const RunPlan plan = test::virtual_plan("alternate", {"tasks=8", "work=50ms"});
    const auto stop = [](trace::Control& control) {
        begin_and_run_to(control, 33 * kMillisecond);
        rt::request_stop(control);
    };
    const Played first = play(plan, {}, stop, test::Begins::Held);
    ASSERT_EQ(first.loop.last.status, trace::RunStatus::Stopped);
    const Played again = play(test::plan_of_token(first.loop.replay));
    EXPECT_EQ(again.loop.last.status, trace::RunStatus::Stopped);
    EXPECT_EQ(logical_events(first.recording, 0), logical_events(again.recording, 0));
}

TEST(LiveChangeTest, EveryRunOfARepetitionHasATokenOfItsOwn) {
    const RunPlan plan = test::virtual_plan("race_counter");
    const Played repeated = play(plan, {.forever = true}, [](trace::Control& control) {
        wait_until([&] { return control.runs_finished.load() >= 1; });
        rt::request_procs(control, 4);
        wait_until([&] { return control.runs_finished.load() >= 4; });
        rt::request_stop(control);
    });
    const auto runs = repeated.timeline.runs();
    ASSERT_GE(runs.size(), 4U);
    for (std::size_t i = 0; i < 4; ++i) {
        const Played alone = play(test::plan_of_token(runs[i].replay));
        EXPECT_EQ(logical_events(repeated.recording, i), logical_events(alone.recording, 0))
            << "run " << i << ": " << runs[i].replay;
        EXPECT_EQ(alone.loop.replay, runs[i].replay);
    }
    EXPECT_NE(runs[0].seed, runs[1].seed);
}

TEST(LiveChangeTest, TheSameSeedRepeatsTheSameRun) {
    const Played repeated = play(test::virtual_plan("race_counter"),
                                 {.forever = true, .same_seed = true},
                                 [](trace::Control& control) {
                                     wait_until([&] { return control.runs_finished.load() >= 2; });
                                     rt::request_stop(control);
                                 });
    ASSERT_GE(repeated.timeline.runs().size(), 2U);
    EXPECT_EQ(logical_events(repeated.recording, 0), logical_events(repeated.recording, 1));
}

TEST(LiveChangeTest, ARealRunHasNoToken) {
    RunPlan plan = test::virtual_plan("letters");
    plan.settings.is_virtual = false;
    auto region = trace::RunRegion::create_anonymous({}, process_tick_clock());
    store_values(plan, region->control());
    EXPECT_EQ(run_loop(plan, region.value(), {}).replay, "");
}

}  // namespace
}  // namespace golanes::app
