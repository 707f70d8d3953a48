#include "app/window_verbs.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/measured_answer.h"
#include "app/measured_claims.h"
#include "app/recorder.h"
#include "app/run_loop.h"
#include "app/run_policies.h"
#include "app/scenario_sources.h"
#include "app/session_client.h"
#include "app/trials.h"
#include "app/twin_run.h"
#include "app/verbs/answer.h"
#include "app/verbs/child.h"
#include "app/verbs/doctor.h"
#include "app/verbs/shot.h"
#include "app/window/first_start.h"
#include "app/window/locale.h"
#include "app/window/main_loop.h"
#include "core/base/clock.h"
#include "core/catalog/policy.h"
#include "core/model/run_comparison.h"
#include "core/recording/file.h"
#include "core/runtime/real_engine.h"

namespace golanes::app {
namespace {

enum class TourWish : std::uint8_t { AtFirstStart, Never };

int open_window(std::vector<std::string> files, TourWish tour) {
    WindowOptions options;
    options.shows_tour = tour == TourWish::AtFirstStart && files.empty() && !tour_was_seen();
    options.on_tour_end = [] {
        // Where nothing can be kept the next start shows it again.
        static_cast<void>(remember_tour());
    };
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets it
    if (const char* report = std::getenv("GOLANES_REPORT"); report != nullptr)
        options.report_path = report;
    SessionClient client(std::move(files), language_from_environment());
    const Status status = run_window(client, options);
    if (status.ok())
        return 0;
    fmt::print(stderr, "golanes: {}\n", status.error().message);
    return 2;
}

ui::FrameInput still_frame(const model::Timeline& timeline) {
    ui::FrameInput frame;
    for (const scenarios::Entry& entry : scenarios::all())
        frame.scenarios.push_back(entry.scenario);
    frame.timeline = timeline;
    frame.source = scenario_source;
    frame.run.phase = ui::RunPhase::Ended;
    const recording::Snapshot& recording = timeline.recording();
    frame.run.scenario = recording.meta->scenario;
    frame.run.is_virtual = recording.meta->engine == "virtual";
    frame.run.procs = std::max(1, recording.meta->procs);
    frame.machine_cpus = rt::usable_cpus();
    (frame.run.is_virtual ? frame.run.cores : frame.run.cpus) = recording.meta->cpus;
    if (!timeline.runs().empty())
        frame.run.seed = timeline.runs().back().seed;
    frame.meters.events = recording.event_count();
    frame.meters.lost = recording.honesty.lost;
    frame.meters.cpus = timeline.cpus_at(timeline.end());
    frame.meters.procs = frame.run.procs;
    if (!timeline.runs().empty() && timeline.runs().back().end >= 0)
        frame.meters.parallelism =
            model::statistics(timeline, timeline.runs().back().begin, timeline.runs().back().end)
                .parallelism;
    for (const std::string& warning : recording.honesty.warnings)
        frame.notices.push_back({ui::Notice::Kind::Error, warning});
    return frame;
}

Result<ui::FrameInput> frame_of_file(const std::string& path) {
    auto snapshot = recording::load(path);
    if (!snapshot.ok())
        return snapshot.error();
    ui::FrameInput frame = still_frame(model::build_timeline(snapshot.value()));
    frame.file = path;
    RunOptions options;
    options.scenario = frame.run.scenario;
    for (const recording::ParameterValue& parameter : snapshot->meta->parameters)
        options.sets.push_back(parameter.name + "=" + parameter.value);
    if (auto plan = plan_run(options); plan.ok())
        frame.run.values = plan->values;
    return frame;
}

Result<model::Timeline> record_here(const RunPlan& plan) {
    trace::RegionOptions region_options;
    region_options.ring_events = plan.ring_events;
    auto region = trace::RunRegion::create_anonymous(
        region_options, plan.settings.is_virtual ? TickClock{} : process_tick_clock());
    if (!region.ok())
        return region.error();
    store_values(plan, region->control());
    Recorder recorder(region.value(), meta_of(plan), {});
    recorder.start();
    run_loop(plan, region.value(), {.duration = plan.duration});
    recorder.stop();
    return recorder.timeline();
}

Result<ui::FrameInput> frame_of_run(const RunOptions& options) {
    auto plan = plan_run(options);
    if (!plan.ok())
        return plan.error();
    const bool says_costs = std::ranges::any_of(
        options.policies, [](const std::string& policy) { return policy.starts_with("costs="); });
    if (options.replay.empty() && !says_costs)
        charge_machine_costs(plan.value());
    const auto timeline = record_here(plan.value());
    if (!timeline.ok())
        return timeline.error();
    ui::FrameInput frame = still_frame(timeline.value());
    frame.run.values = plan->values;
    frame.run.policies = policies_of(plan->settings);
    return frame;
}

ui::TrialGroup shown_group(const TrialGroup& counted) {
    ui::TrialGroup group;
    group.procs = counted.procs;
    group.is_virtual = counted.is_virtual;
    group.trials = counted.trials;
    group.mean = counted.mean;
    for (const ResultBin& bin : counted.bins)
        group.results.push_back({bin.result, bin.count, bin.replay, bin.recording});
    return group;
}

/// The scenario so often on 1, 2, 4 and 8 Ps.
Result<ui::TrialsView> count_trials(const RunOptions& options, std::uint32_t trials) {
    ui::TrialsView view;
    auto plan = plan_run(options);
    if (!plan.ok())
        return plan.error();
    view.scenario = plan->entry->scenario->id;
    view.wanted = trials;
    constexpr std::array kProcs{1, 2, 4, 8};
    view.wanted_groups = kProcs.size();
    for (const int procs : kProcs) {
        plan->settings.scheduler.procs = procs;
        const auto group = run_trials(plan.value(), trials, [](const TrialGroup&) { return true; });
        if (!group.ok())
            return group.error();
        view.groups.push_back(shown_group(group.value()));
    }
    return view;
}

/// What `golanes shot --view twin` compares with.
struct TwinOptions {
    std::string file;
    int procs = 0;
    std::string policy;

    [[nodiscard]] bool any() const { return !file.empty() || procs != 0 || !policy.empty(); }
};

Result<model::Timeline> second_timeline(const model::Timeline& first,
                                        const model::RunInfo& run,
                                        const TwinOptions& options) {
    if (!options.file.empty()) {
        const auto snapshot = recording::load(options.file);
        if (!snapshot.ok())
            return snapshot.error();
        return model::build_timeline(snapshot.value());
    }
    ui::command::CompareRun change;
    change.procs = options.procs;
    if (!options.policy.empty()) {
        const auto policy = catalog::parse_policy(options.policy);
        if (!policy.ok())
            return policy.error();
        change.policy = policy.value();
    }
    auto like = plan_like(first, run);
    if (!like.ok())
        return like.error();
    const auto plan = changed_plan(std::move(like).value(), change);
    if (!plan.ok())
        return plan.error();
    return record_here(plan.value());
}

Status add_twin(ui::FrameInput& frame, const TwinOptions& options) {
    const model::RunInfo* first = model::last_ended_run(frame.timeline);
    if (first == nullptr)
        return Error{"no run in it came to an end: there is nothing to compare"};
    auto second = second_timeline(frame.timeline, *first, options);
    if (!second.ok())
        return second.error();
    const model::RunInfo* run = model::last_ended_run(second.value());
    if (run == nullptr)
        return Error{"the second run did not come to an end: there is nothing to compare"};
    frame.twin.phase = ui::TwinView::Phase::Ready;
    frame.twin.first_run = first->number;
    frame.twin.second_run = run->number;
    frame.twin.file = options.file;
    frame.twin.second = std::move(second).value();
    return Done{};
}

/// What is measured before a picture is drawn.
struct ShotMeasures {
    std::uint32_t trials = 0;
    bool answer = false;  ///< To the question of the scenario's lesson.
    bool claims = false;  ///< Those that the scenario shows.
};

Status measure_lesson(ui::FrameInput& frame) {
    const auto lesson = lessons::find_lesson(frame.run.scenario, "en");
    if (!lesson)
        return Error{
            fmt::format("--predict: the scenario \"{}\" has no lesson", frame.run.scenario)};
    const auto answer = measure_answer(lesson.value(), "", [](const MeasuredAnswer&) {});
    if (!answer.ok())
        return answer.error();
    frame.answer.scenario = lesson->scenario;
    frame.answer.wanted = static_cast<std::uint32_t>(lesson->question.repeat);
    frame.answer.measured = answer->measured;
    frame.answer.token = answer->token;
    frame.answer.timeless = answer->timeless;
    return Done{};
}

Status measure_claims(ui::FrameInput& frame) {
    const auto claims = lessons::parse_claims(lessons::claims_table());
    if (!claims.ok())
        return claims.error();
    frame.claims.results.resize(claims->size());
    ClaimMeter meter;
    for (std::size_t row = 0; row < claims->size(); ++row) {
        if (claims.value()[row].scenario != frame.run.scenario)
            continue;
        const MeasuredClaim measured = meter.measure(claims.value()[row]);
        frame.claims.results[row] = {measured.number, measured.holds};
    }
    return Done{};
}

// A scenario's id names a scenario; anything else is a file.
Result<ui::FrameInput> frame_of_subject(const std::string& subject,
                                        const RunOptions& options,
                                        std::uint32_t trials) {
    const bool is_token = subject.empty() && !options.replay.empty();
    if (is_token || (scenarios::find(subject) != nullptr && !std::filesystem::exists(subject))) {
        RunOptions run = options;
        run.scenario = subject;
        Result<ui::TrialsView> counted = ui::TrialsView{};
        if (trials > 0)
            counted = count_trials(run, trials);  // first: it needs a process without threads
        if (!counted.ok())
            return counted.error();
        auto frame = frame_of_run(run);
        if (frame.ok())
            frame->trials = std::move(counted).value();
        return frame;
    }
    return frame_of_file(subject);
}

Result<ui::FrameInput> frame_of(const std::string& subject,
                                const RunOptions& options,
                                const ShotMeasures& measures) {
    auto frame = frame_of_subject(subject, options, measures.trials);
    if (!frame.ok())
        return frame;
    if (measures.answer) {
        if (const Status status = measure_lesson(frame.value()); !status)
            return status.error();
    }
    if (measures.claims) {
        if (const Status status = measure_claims(frame.value()); !status)
            return status.error();
    }
    return frame;
}

}  // namespace

void add_window_verbs(CLI::App& root, int& exit_code) {
    add_doctor_verb(root, exit_code);
    add_child_verb(root, exit_code);
    add_answer_verb(root, exit_code);
    auto options = std::make_shared<RunOptions>();
    auto measures = std::make_shared<ShotMeasures>();
    auto twin = std::make_shared<TwinOptions>();
    CLI::App& shot = add_shot_verb(
        root, exit_code, [options, measures, twin, &root](const std::string& subject) {
            const CLI::App* verb = root.get_subcommand("shot");
            measures->answer = verb->get_option("--predict")->count() > 0;
            auto frame = frame_of(subject, *options, *measures);
            if (!frame.ok() || !twin->any())
                return frame;
            const Status added = add_twin(frame.value(), *twin);
            return added.ok() ? frame : Result<ui::FrameInput>(added.error());
        });
    add_run_options(shot, *options);
    shot.add_option("--trials", measures->trials, "First count so many runs, for --view outcomes")
        ->check(CLI::Range(1, 100'000));
    shot.add_option("--twin", twin->file, "A recording to compare with, for --view twin");
    shot.add_option("--twin-procs", twin->procs, "Compare with a run on so many Ps")
        ->check(CLI::Range(1, kMaxProcs));
    shot.add_option(
        "--twin-policy", twin->policy, "Compare with a run under this policy: name=value");
    shot.add_flag("--claims", measures->claims, "First measure its claims, for --view claims");
    auto files = std::make_shared<std::vector<std::string>>();
    root.add_option("FILE", *files, "Recordings to open in the window");
    auto no_tour = std::make_shared<bool>(false);
    root.add_flag("--no-tour", *no_tour, "Never show the tour of a first start");
    root.callback([&root, &exit_code, files, no_tour] {
        if (root.get_subcommands().empty())
            exit_code = open_window(*files, *no_tour ? TourWish::Never : TourWish::AtFirstStart);
    });
}

}  // namespace golanes::app
