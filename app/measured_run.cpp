#include "app/measured_run.h"

#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/recorder.h"
#include "core/base/clock.h"

namespace golanes::app {

Result<RunOptions> options_from_words(std::string_view scenario, std::string_view words) {
    RunOptions options;
    options.scenario = scenario;
    CLI::App parser;
    add_run_options(parser, options);
    try {
        parser.parse(std::string(words));
    } catch (const CLI::ParseError& error) {
        return Error{fmt::format("\"{}\": {}", words, error.what())};
    }
    if (options.engine == "virtual" && !options.seed_given) {
        options.seed = 1;  // the same answer for everybody, unless the words ask for another
        options.seed_given = true;
    }
    return options;
}

Result<MeasuredRun> run_measured(const RunOptions& options) {
    auto plan = plan_run(options);
    if (!plan.ok())
        return plan.error();
    trace::RegionOptions region_options;
    region_options.ring_events = plan->ring_events;
    const TickClock clock = plan->settings.is_virtual ? TickClock{} : process_tick_clock();
    auto region = trace::RunRegion::create_anonymous(region_options, clock);
    if (!region.ok())
        return region.error();
    store_values(plan.value(), region->control());
    Recorder recorder(region.value(), meta_of(plan.value()), {});
    recorder.start();
    MeasuredRun run{plan.value(), {}, {}};
    run.report = run_loop(plan.value(), region.value(), {});
    recorder.stop();
    run.timeline = recorder.timeline();
    return run;
}

}  // namespace golanes::app
