#include "tests/scenarios/scenario_run.h"

#include "app/recorder.h"
#include "core/base/clock.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {

app::RunOptions options_of(const std::string& scenario, const std::string& engine, int procs) {
    app::RunOptions options;
    options.scenario = scenario;
    options.engine = engine;
    options.procs = procs;
    return options;
}

ScenarioRun run_scenario(const app::RunOptions& options) {
    auto plan = app::plan_run(options);
    GOLANES_CHECK(plan.ok(), "the options are good");
    trace::RegionOptions region_options;
    region_options.rings = 128;
    region_options.ring_events = plan->ring_events;
    const TickClock clock = plan->settings.is_virtual ? TickClock{} : process_tick_clock();
    auto region = trace::RunRegion::create_anonymous(region_options, clock);
    GOLANES_CHECK(region.ok(), "memory for a run region");
    app::store_values(plan.value(), region->control());
    app::Recorder recorder(region.value(), app::meta_of(plan.value()), {});
    recorder.start();
    ScenarioRun run{plan.value(), {}, {}};
    run.loop = app::run_loop(plan.value(), region.value(), {});
    recorder.stop();
    run.timeline = recorder.timeline();
    if (options.ring_events == app::RunOptions{}.ring_events)  // a tiny ring is there to lose
        expect_orderly(run.timeline.recording(), run.timeline);
    return run;
}

model::Statistics ScenarioRun::statistics() const {
    return model::statistics(timeline, timeline.start(), timeline.end());
}

std::int64_t ScenarioRun::number() const {
    const auto* value = std::get_if<std::int64_t>(&report().outcome);
    return value != nullptr ? *value : -1;
}

std::string ScenarioRun::outcome() const {
    const auto* text = std::get_if<std::string>(&report().outcome);
    return text != nullptr ? *text : std::to_string(number());
}

std::vector<std::string> ScenarioRun::lines() const {
    std::vector<std::string> all;
    const recording::Snapshot& recording = timeline.recording();
    recording.for_each([&](const trace::Event& event) {
        if (event.type == trace::EventType::Log)
            all.push_back(recording.names->string(static_cast<StringId>(event.arg)));
    });
    return all;
}

}  // namespace golanes::test
