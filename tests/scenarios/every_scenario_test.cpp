// Every scenario, on both engines, at P = 1, 2, 4, 16, 64: it ends as it should and loses nothing.
#include "app/run_json.h"
#include "app/run_policies.h"
#include "tests/core/runtime/run_fixture.h"
#include "tests/scenarios/scenario_run.h"

namespace golanes::test {
namespace {

using trace::RunStatus;

struct Case {
    std::string scenario;
    std::string engine;
    int procs;
};

void PrintTo(const Case& c, std::ostream* out) {
    *out << c.scenario << " " << c.engine << " P=" << c.procs;
}

std::vector<Case> cases() {
    std::vector<Case> all;
    for (const scenarios::Entry& entry : scenarios::all()) {
        for (const char* engine : {"real", "virtual"}) {
            if (entry.scenario->id == "crash" ||
                (entry.scenario->real_only && engine == std::string_view("virtual")))
                continue;  // crashes end the process: tests/app/cli
            for (const int procs : {1, 2, 4, 16, 64})
                all.push_back({std::string(entry.scenario->id), engine, procs});
        }
    }
    return all;
}

class EveryScenario : public ::testing::TestWithParam<Case> {
    Watchdog watchdog_;
};

INSTANTIATE_TEST_SUITE_P(All, EveryScenario, ::testing::ValuesIn(cases()));

RunStatus expected_status(const app::RunPlan& plan) {
    switch (
        catalog::expectation(*plan.entry->scenario, plan.values, app::policies_of(plan.settings))) {
        case catalog::Expects::Ok:
            return RunStatus::Ok;
        case catalog::Expects::Deadlock:
            return RunStatus::Deadlock;
        case catalog::Expects::Panic:
            return RunStatus::Panic;
        case catalog::Expects::Starvation:
            return RunStatus::Starved;
    }
    return RunStatus::Crashed;
}

// Every run is a run of its own: virtual ones with a seed each, real ones by themselves.
void expect_good(const ScenarioRun& run) {
    EXPECT_EQ(run.report().status, expected_status(run.plan)) << run.report().message;
    EXPECT_TRUE(app::ended_as_expected(run.plan, run.report()));
    EXPECT_EQ(run.report().drops.all, run.report().drops.cut_off);
    for (const rt::CheckResult& check : run.report().checks)
        EXPECT_TRUE(check.holds) << check.what;
    EXPECT_EQ(run.timeline.violations(), 0U)
        << (run.timeline.violation_texts().empty() ? "" : run.timeline.violation_texts().front());
    EXPECT_EQ(run.timeline.recording().honesty.lost, 0U);
    EXPECT_EQ(run.timeline.recording().honesty.unordered, 0U);
}

TEST_P(EveryScenario, EndsAsExpectedAndLosesNothing) {
    const Case& c = GetParam();
    app::RunOptions options = options_of(c.scenario, c.engine, c.procs);
    options.preset = "quick";
    options.seed_given = true;
    const int runs = c.engine == "real" ? 3 : scaled(100);
    for (int seed = 1; seed <= runs && !HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        options.seed = static_cast<std::uint64_t>(seed);
        expect_good(run_scenario(options));
    }
}

TEST(PanicScenario, PanicsAsItIsThereToShow) {
    const Watchdog watchdog;
    app::RunOptions options = options_of("crash", "real", 2);
    options.sets = {"how=panic", "after=1ms"};
    const auto run = run_scenario(options);
    EXPECT_EQ(run.report().status, RunStatus::Panic);
    EXPECT_EQ(run.report().message.substr(0, 28), "panic: something went wrong\n");
}

TEST(TinyRing, LossIsCountedAndDrawn) {
    const Watchdog watchdog;
    // 16 events a ring: 100 x 1000 yields on one P outrun any collector.
    app::RunOptions options = options_of("race_counter", "real", 1);
    options.sets = {"goroutines=100", "additions=1000"};
    options.ring_events = 16;
    const auto run = run_scenario(options);
    EXPECT_EQ(run.report().status, RunStatus::Ok);
    EXPECT_GT(run.timeline.recording().honesty.lost, 0U);
    std::size_t lost_spans = 0;
    for (const auto kind : {model::LaneKind::Proc, model::LaneKind::Machine}) {
        for (const model::LaneId lane : run.timeline.lanes(kind)) {
            run.timeline.for_each_span(
                lane, run.timeline.start(), run.timeline.end(), [&](const model::Span& span) {
                    lost_spans += span.state == model::State::Lost ? 1U : 0U;
                });
        }
    }
    EXPECT_GT(lost_spans, 0U);
}

TEST(TinyRing, AVirtualRunWaitsInsteadOfLosing) {
    const Watchdog watchdog;
    app::RunOptions options = options_of("letters", "virtual", 2);
    options.ring_events = 16;
    const auto run = run_scenario(options);
    EXPECT_EQ(run.timeline.recording().honesty.lost, 0U);
    EXPECT_EQ(run.number(), 260);
}

}  // namespace
}  // namespace golanes::test
