#include "tests/app/replay/play.h"

#include <thread>

#include <gtest/gtest.h>

#include "app/recorder.h"
#include "app/replay_token.h"
#include "core/base/clock.h"

namespace golanes::test {

Played play(const app::RunPlan& plan,
            const app::LoopSettings& settings,
            const std::function<void(trace::Control&)>& beside,
            Begins begins,
            const std::function<void(trace::Control&)>& prepare) {
    trace::RegionOptions options;
    options.rings = 8;
    auto region = trace::RunRegion::create_anonymous(options, TickClock{});
    app::store_values(plan, region->control());
    region->control().hold = begins == Begins::Held ? 1 : 0;
    if (prepare)
        prepare(region->control());
    app::Recorder recorder(region.value(), app::meta_of(plan), {});
    recorder.start();
    std::thread other;
    if (beside)
        other = std::thread([&] { beside(region->control()); });
    Played played;
    played.loop = app::run_loop(plan, region.value(), settings);
    if (other.joinable())
        other.join();
    recorder.stop();
    played.recording = recorder.snapshot();
    played.timeline = recorder.timeline();
    return played;
}

app::RunPlan virtual_plan(const std::string& scenario, std::vector<std::string> sets) {
    app::RunOptions options;
    options.scenario = scenario;
    options.engine = "virtual";
    options.procs = 2;
    options.seed = 11;
    options.seed_given = true;
    options.sets = std::move(sets);
    auto plan = app::plan_run(options);
    EXPECT_TRUE(plan.ok()) << plan.error().message;
    return plan.value();
}

app::RunPlan plan_of_token(const std::string& token) {
    auto plan = app::read_replay_token(token);
    EXPECT_TRUE(plan.ok()) << token << ": " << plan.error().message;
    return plan.value();
}

}  // namespace golanes::test
