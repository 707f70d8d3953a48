#include "app/twin_run.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "app/replay_token.h"
#include "app/run_policies.h"
#include "core/model/run_comparison.h"
#include "core/recording/file.h"
#include "core/runtime/real_engine.h"
#include "ui/panels/tr.h"

namespace golanes::app {

Result<RunPlan> plan_like(const model::Timeline& timeline, const model::RunInfo& run) {
    if (!run.replay.empty())
        return read_replay_token(run.replay);
    const recording::Meta& meta = *timeline.recording().meta;
    RunOptions options;
    options.scenario = meta.scenario;
    options.procs = std::max(1, timeline.procs_at(run.end - 1));
    options.engine = meta.engine;
    const int all = meta.engine == "virtual" ? meta.procs : rt::usable_cpus();
    if (meta.cpus > 0 && meta.cpus < all)
        options.cpus = std::to_string(meta.cpus);
    options.level = meta.level;
    for (const recording::ParameterValue& parameter : meta.parameters)
        options.sets.push_back(parameter.name + "=" + parameter.value);
    for (const recording::ParameterValue& policy : meta.policies)
        options.policies.push_back(policy.name + "=" + policy.value);
    return plan_run(options);
}

Result<RunPlan> changed_plan(RunPlan plan, const ui::command::CompareRun& change) {
    rt::RunSettings& settings = plan.settings;
    const bool one_core_a_proc = settings.is_virtual && settings.cpus == settings.scheduler.procs;
    settings.changes.clear();
    if (change.procs != 0)
        settings.scheduler.procs = change.procs;
    if (one_core_a_proc)
        settings.cpus = 0;
    if (change.policy) {
        catalog::PolicyValues values = policies_of(settings);
        values[static_cast<std::size_t>(change.policy->id)] = change.policy->value;
        if (const Status possible = catalog::check_policies(values, settings.is_virtual); !possible)
            return possible.error();
        apply_policies(values, settings);
    }
    plan.same_seed = true;
    plan.duration = -1;
    return plan;
}

Result<std::unique_ptr<TwinRun>> TwinRun::record(const RunPlan& plan,
                                                 std::function<void()> on_news,
                                                 const std::string& program) {
    const auto at_full_speed = [](trace::Control& control) {
        control.pace.store(trace::kPaceUnlimited, std::memory_order_relaxed);  // read between steps
    };
    auto run = LiveRun::start(plan, std::move(on_news), at_full_speed, program);
    if (!run.ok())
        return run.error();
    std::unique_ptr<TwinRun> twin(new TwinRun);
    twin->live_ = std::move(run).value();
    twin->view_.phase = ui::TwinView::Phase::Recording;
    return twin;
}

std::unique_ptr<TwinRun> TwinRun::open(const std::string& path, std::function<void()> on_news) {
    std::unique_ptr<TwinRun> twin(new TwinRun);
    twin->view_.phase = ui::TwinView::Phase::Loading;
    twin->view_.file = path;
    twin->loading_ = std::async(std::launch::async, [path, news = std::move(on_news)] {
        const auto snapshot = recording::load(path);
        auto timeline = snapshot.ok()
                            ? Result<model::Timeline>(model::build_timeline(snapshot.value()))
                            : Result<model::Timeline>(snapshot.error());
        news();
        return timeline;
    });
    return twin;
}

TwinRun::~TwinRun() {
    if (loading_.valid())
        loading_.wait();
}

// The child goes on with the next repetition until it is stopped: the first is what was wanted.
void TwinRun::look_after_run() {
    view_.second = live_->recorder().timeline();
    const bool has_ended = model::last_ended_run(view_.second) != nullptr;
    if (has_ended)
        live_->ask_to_stop();
    if (!live_->poll_end())
        return;
    view_.second = live_->recorder().timeline();
    view_.error = live_->end_text();
    live_.reset();
    finish();
}

void TwinRun::look_after_file() {
    if (loading_.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
        return;
    auto loaded = loading_.get();
    if (loaded.ok())
        view_.second = std::move(loaded).value();
    else
        view_.error = loaded.error().message;
    finish();
}

void TwinRun::finish() {
    const model::RunInfo* run = model::last_ended_run(view_.second);
    if (run == nullptr) {
        view_.phase = ui::TwinView::Phase::Failed;
        if (view_.error.empty())
            view_.error = ui::tr("There is no run in it that came to an end.");
        return;
    }
    view_.phase = ui::TwinView::Phase::Ready;
    view_.second_run = run->number;
}

const ui::TwinView& TwinRun::poll() {
    if (live_ != nullptr)
        look_after_run();
    else if (loading_.valid())
        look_after_file();
    return view_;
}

}  // namespace golanes::app
