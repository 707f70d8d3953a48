#include "app/verbs/run.h"

#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <unistd.h>

#include "app/child_run.h"
#include "app/crash.h"
#include "app/recorder.h"
#include "app/run_json.h"
#include "app/run_loop.h"
#include "app/step_options.h"
#include "app/stepped_run.h"
#include "core/base/clock.h"
#include "core/recording/file.h"

namespace golanes::app {
namespace {

struct RunVerb {
    RunOptions options;
    StepOptions steps;
    std::string record;
    bool json = false;
    bool force = false;
};

int fail(const std::string& message) {
    std::fprintf(stderr, "golanes: %s\n", message.c_str());
    return 2;
}

void print_log_lines(const model::Timeline& timeline) {
    const recording::Snapshot& recording = timeline.recording();
    recording.for_each([&](const trace::Event& event) {
        if (event.type == trace::EventType::Log)
            fmt::print("{}\n", recording.names->string(static_cast<StringId>(event.arg)));
    });
}

// With --record the run has a process of its own: its crash leaves the recording to be saved.
bool runs_in_child(const RunVerb& verb) {
    return !verb.record.empty();
}

int save_recording(const RunVerb& verb, const model::Timeline& timeline) {
    if (verb.record.empty())
        return 0;
    const Status saved =
        recording::save(timeline.recording(),
                        verb.record,
                        verb.force ? recording::Overwrite::Yes : recording::Overwrite::No);
    return saved.ok() ? 0 : fail(saved.error().message);
}

// The lines of goroutines go where Go prints them.
void print_trouble(const rt::RunReport& report) {
    if (report.status == trace::RunStatus::Panic || report.status == trace::RunStatus::Deadlock ||
        report.status == trace::RunStatus::Overflow)
        std::fprintf(stderr, "%s\n", report.message.c_str());
}

int report(const RunVerb& verb, const RunFacts& facts, const SteppedRun* stepped) {
    print_trouble(facts.report.last);
    if (verb.json) {
        fmt::print("{}\n", run_json(facts));
    } else {
        const std::string line =
            stepped == nullptr ? std::string() : stepped->end_line(facts.report.replay);
        if (!line.empty())
            fmt::print("{}\n", line);
        if (facts.report.runs == 1)
            print_log_lines(facts.timeline);
        fmt::print("{}", run_text(facts));
    }
    if (const int failed = save_recording(verb, facts.timeline); failed != 0)
        return failed;
    return ended_as_expected(*facts.plan, facts.report.last) ? 0 : 1;
}

// A path that cannot be written is better known before the run than after it.
Status check_record_path(const RunVerb& verb) {
    if (!verb.record.empty() && !verb.force && access(verb.record.c_str(), F_OK) == 0)
        return Error{
            fmt::format("{}: the file exists; choose another name or add --force", verb.record)};
    return Done{};
}

Status check_steps(const RunVerb& verb, const RunPlan& plan) {
    if (!verb.steps.any())
        return Done{};
    if (!plan.settings.is_virtual)
        return Error{
            "--until, --until-event and --step lead a virtual run, and real time does not wait: "
            "add --engine virtual"};
    if (plan.duration >= 0)
        return Error{"--until, --until-event and --step lead one run: leave --duration out"};
    if (verb.steps.talks && verb.json)
        return Error{
            "--step talks on stdout, where --json wants to be alone: leave one of them out"};
    return Done{};
}

/// A run that somebody leads; nothing where nobody does.
using Lead = std::unique_ptr<SteppedRun>;

Lead lead_of(const RunVerb& verb,
             const StepRequest& first,
             const trace::RunRegion& region,
             Recorder& recorder) {
    return verb.steps.any() ? std::make_unique<SteppedRun>(verb.steps, first, region, recorder)
                            : nullptr;
}

void start(Recorder& recorder, const Lead& lead) {
    recorder.start();
    if (lead != nullptr)
        lead->start();
}

void stop(Recorder& recorder, const Lead& lead) {
    if (lead != nullptr)
        lead->finish();
    recorder.stop();
}

int run_here(const RunVerb& verb,
             const RunPlan& plan,
             const StepRequest& first,
             const trace::RunRegion& region,
             const LoopSettings& settings) {
    install_crash_handler(region.control(), AfterCrash::Exit1);
    Recorder recorder(region, meta_of(plan), {});
    const Lead lead = lead_of(verb, first, region, recorder);
    start(recorder, lead);
    const LoopReport loop = run_loop(plan, region, settings);
    stop(recorder, lead);
    return report(verb, {&plan, loop, recorder.timeline()}, lead.get());
}

int run_beside(const RunVerb& verb,
               const RunPlan& plan,
               const StepRequest& first,
               const trace::RunRegion& region,
               const LoopSettings& settings) {
    Recorder recorder(region, meta_of(plan), {});
    const Lead lead = lead_of(verb, first, region, recorder);
    auto child = ChildRun::start(plan, region, settings);
    if (!child.ok())
        return fail(child.error().message);
    start(recorder, lead);
    const std::optional<LoopReport> loop = child->wait();
    stop(recorder, lead);
    if (loop)
        return report(verb, {&plan, *loop, recorder.timeline()}, lead.get());
    if (child->signal() != 0)  // else its crash handler has told
        std::fprintf(stderr, "golanes: the run was ended by signal %d\n", child->signal());
    const int failed = save_recording(verb, recorder.timeline());
    return failed != 0 ? failed : 1;
}

int run(const RunVerb& verb) {
    if (verb.options.scenario.empty() && verb.options.replay.empty())
        return fail(
            "SCENARIO is required, unless --replay names a run; golanes run --help tells more");
    auto plan = plan_run(verb.options);
    if (!plan.ok())
        return fail(plan.error().message);
    const auto first = first_step(verb.steps);
    if (!first.ok())
        return fail(first.error().message);
    for (const Status& good : {check_steps(verb, plan.value()), check_record_path(verb)}) {
        if (!good.ok())
            return fail(good.error().message);
    }
    trace::RegionOptions region_options;
    region_options.ring_events = plan->ring_events;
    const TickClock clock = plan->settings.is_virtual ? TickClock{} : process_tick_clock();
    auto region = runs_in_child(verb) ? trace::RunRegion::create_shared(region_options, clock)
                                      : trace::RunRegion::create_anonymous(region_options, clock);
    if (!region.ok())
        return fail(region.error().message);
    if (verb.json) {
        auto [head, tail] = crash_json(plan.value());
        set_crash_json(std::move(head), std::move(tail));
    }
    store_values(plan.value(), region->control());
    const LoopSettings settings{.duration = plan->duration, .exits_after = true};
    const int code = runs_in_child(verb)
                         ? run_beside(verb, plan.value(), first.value(), region.value(), settings)
                         : run_here(verb, plan.value(), first.value(), region.value(), settings);
    // Threads of the run may still live: no destructor runs, as when a Go main returns.
    std::fflush(nullptr);
    _exit(code);
}

}  // namespace

void add_run_verb(CLI::App& root, int& exit_code) {
    auto verb = std::make_shared<RunVerb>();
    CLI::App* command = root.add_subcommand("run", "Run a scenario without a window");
    command->add_option("SCENARIO", verb->options.scenario, "Its id; golanes list names them");
    add_run_options(*command, verb->options);
    add_step_options(*command, verb->steps);
    command->add_option("--record", verb->record, "Save the recording to this file");
    command->add_flag("--json", verb->json, "One JSON object on stdout and nothing else");
    command->add_flag("--force", verb->force, "Overwrite the recording file");
    command->callback([verb, &exit_code] { exit_code = run(*verb); });
}

}  // namespace golanes::app
