// Presets: every one is understood, and every scenario has a quick one.
#include "core/catalog/policy.h"
#include "tests/core/runtime/run_fixture.h"
#include "tests/scenarios/scenario_run.h"

namespace golanes::test {
namespace {

TEST(PresetsTest, EveryPresetIsUnderstood) {
    for (const scenarios::Entry& entry : scenarios::all()) {
        for (const catalog::Preset& preset : entry.scenario->presets) {
            app::RunOptions options;
            options.scenario = entry.scenario->id;
            options.preset = preset.id;
            const auto plan = app::plan_run(options);
            EXPECT_TRUE(plan.ok())
                << entry.scenario->id << " " << preset.id << ": " << plan.error().message;
            EXPECT_FALSE(preset.title.en.empty() || preset.title.zh.empty()) << preset.id;
        }
    }
}

TEST(PresetsTest, EveryScenarioHasAQuickOneThatComputesAtMost50Ms) {
    const Watchdog watchdog;
    for (const scenarios::Entry& entry : scenarios::all()) {
        ASSERT_NE(catalog::preset_named(*entry.scenario, "quick"), nullptr) << entry.scenario->id;
        if (entry.scenario->real_only)
            continue;
        app::RunOptions options = options_of(std::string(entry.scenario->id), "virtual", 1);
        options.preset = "quick";
        const auto run = run_scenario(options);
        EXPECT_LE(run.report().wall_ns, 50 * kMillisecond) << entry.scenario->id;
    }
}

TEST(PresetsTest, WhatStandsBesideAPresetOverrulesIt) {
    app::RunOptions options;
    options.scenario = "alternate";
    options.preset = "as-article";
    EXPECT_EQ(app::plan_run(options)->settings.scheduler.procs, 1);
    EXPECT_EQ(app::plan_run(options)->values[0], 2);
    options.procs = 3;
    options.sets = {"tasks=5"};
    EXPECT_EQ(app::plan_run(options)->settings.scheduler.procs, 3);
    EXPECT_EQ(app::plan_run(options)->values[0], 5);
}

TEST(PresetsTest, APresetMayTurnAPolicy) {
    app::RunOptions options;
    options.scenario = "steal";
    options.preset = "without";
    EXPECT_FALSE(app::plan_run(options)->settings.scheduler.stealing);
    options.policies = {"stealing=on"};
    EXPECT_TRUE(app::plan_run(options)->settings.scheduler.stealing);
}

}  // namespace
}  // namespace golanes::test
