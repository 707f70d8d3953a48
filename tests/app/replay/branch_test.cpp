// Branching: a run is made again from its token up to an event, stands there, and goes on with
// something else. The new token says both.
#include <algorithm>
#include <functional>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/clock.h"
#include "core/catalog/policy.h"
#include "tests/app/replay/logical.h"
#include "tests/app/replay/play.h"

namespace golanes::app {
namespace {

using test::logical_events;
using test::play;
using test::Played;

struct Branched {
    Played whole;   ///< The run as it was.
    Played branch;  ///< The same up to an event, then something turned.
};

// Makes a run, and again up to its event number `number`; `turn` acts while it stands there.
Branched branch(const RunPlan& plan,
                std::uint64_t number,
                const std::function<void(trace::Control&)>& turn) {
    Branched made;
    made.whole = play(plan);
    std::uint32_t step = 0;
    made.branch = play(
        test::plan_of_token(made.whole.loop.replay),
        {},
        [&](trace::Control& control) {
            // Acquire pairs with the run's release: it stands.
            while (control.step_reached.load(std::memory_order_acquire) != step)
                std::this_thread::yield();
            turn(control);
            trace::request_step(control, trace::StepKind::Free, 0);
        },
        test::Begins::Running,
        [&](trace::Control& control) {
            step = trace::request_step(control, trace::StepKind::UntilNumber, number);
        });
    return made;
}

std::vector<trace::Event> numbered_events(const recording::Snapshot& recording) {
    std::vector<trace::Event> events;
    recording.for_each([&](const trace::Event& event) {
        if (trace::is_numbered(event.type))
            events.push_back(event);
    });
    return events;
}

// How many numbered events both recordings begin with.
std::ptrdiff_t common_events(const recording::Snapshot& left, const recording::Snapshot& right) {
    const auto a = numbered_events(left);
    const auto b = numbered_events(right);
    return std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
}

RunPlan long_plan() {
    return test::virtual_plan("alternate", {"tasks=8", "work=50ms"});
}

void expect_replayed(const Played& branch) {
    const Played again = play(test::plan_of_token(branch.loop.replay));
    EXPECT_EQ(logical_events(again.recording, 0), logical_events(branch.recording, 0))
        << branch.loop.replay;
    EXPECT_EQ(again.loop.replay, branch.loop.replay);
}

TEST(BranchTest, APThatIsAddedThereIsALiveChangeOfTheNewToken) {
    const Branched made =
        branch(long_plan(), 40, [](trace::Control& control) { rt::request_procs(control, 6); });
    EXPECT_NE(made.branch.loop.replay.find("-p6."), std::string::npos) << made.branch.loop.replay;
    EXPECT_GE(common_events(made.whole.recording, made.branch.recording), 40);
    EXPECT_NE(logical_events(made.whole.recording, 0), logical_events(made.branch.recording, 0));
    expect_replayed(made.branch);
}

TEST(BranchTest, APolicyTurnedThereIsALiveChangeOfTheNewToken) {
    const Branched made = branch(long_plan(), 40, [](trace::Control& control) {
        constexpr auto kSlice = static_cast<std::size_t>(catalog::PolicyId::Slice);
        control.policies[kSlice].store(kMillisecond + 1);
        trace::notify_control(control);
    });
    EXPECT_NE(made.branch.loop.replay.find("-_slice-1ms."), std::string::npos)
        << made.branch.loop.replay;
    EXPECT_GT(made.branch.timeline.recording().event_count(),
              2 * made.whole.timeline.recording().event_count())
        << "shorter slices, more switches";
    expect_replayed(made.branch);
}

TEST(BranchTest, AKnobTurnedThereIsALiveChangeOfTheNewToken) {
    const Branched made = branch(long_plan(), 40, [](trace::Control& control) {
        control.values[1].store(kMillisecond);  // the work of a task that has yet to begin
        trace::notify_control(control);
    });
    EXPECT_NE(made.branch.loop.replay.find("-v1-1000000."), std::string::npos)
        << made.branch.loop.replay;
    expect_replayed(made.branch);
}

TEST(BranchTest, WithNothingTurnedItIsTheSameRun) {
    const Branched made = branch(long_plan(), 40, [](trace::Control&) {});
    EXPECT_EQ(logical_events(made.whole.recording, 0), logical_events(made.branch.recording, 0));
    EXPECT_EQ(made.whole.loop.replay, made.branch.loop.replay);
}

// A branch of a branch: what was changed before the place is made again on the way.
TEST(BranchTest, ABranchKeepsTheChangesBeforeIt) {
    const Branched first =
        branch(long_plan(), 40, [](trace::Control& control) { rt::request_procs(control, 6); });
    const Branched second = branch(test::plan_of_token(first.branch.loop.replay),
                                   90,
                                   [](trace::Control& control) { rt::request_procs(control, 1); });
    EXPECT_NE(second.branch.loop.replay.find("-p6."), std::string::npos);
    EXPECT_NE(second.branch.loop.replay.find("-p1."), std::string::npos);
    EXPECT_GE(common_events(first.branch.recording, second.branch.recording), 90);
    expect_replayed(second.branch);
}

}  // namespace
}  // namespace golanes::app
