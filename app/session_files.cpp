// The session's files: opening, loading aside, saving.
#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "app/run_policies.h"
#include "app/session_client.h"
#include "core/recording/file.h"
#include "ui/panels/tr.h"

namespace golanes::app {
namespace {

std::string absolute(const std::string& path) {
    std::error_code ignored;
    const auto full = std::filesystem::absolute(path, ignored);
    return ignored ? path : full.string();
}

}  // namespace

void SessionClient::open_next() {
    if (to_open_.empty() || loading_.valid())
        return;
    const std::string path = absolute(to_open_.front());
    to_open_.erase(to_open_.begin());
    loading_ = std::async(std::launch::async, [this, path] {
        Loaded loaded{path, Error{}};
        auto snapshot = recording::load(path);
        if (snapshot.ok())
            loaded.timeline = model::build_timeline(snapshot.value());
        else
            loaded.timeline = snapshot.error();
        news();
        return loaded;
    });
}

void SessionClient::look_after_loader() {
    if (!loading_.valid() ||
        loading_.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
        return;
    Loaded loaded = loading_.get();
    if (!loaded.timeline.ok()) {
        notify(ui::Notice::Kind::Error, loaded.timeline.error().message);
        return open_next();
    }
    end_live_run();
    opened_ = std::move(loaded.timeline).value();
    const recording::Snapshot& recording = opened_.recording();
    frame_.file = loaded.path;
    frame_.run = {};
    frame_.run.scenario = recording.meta->scenario;
    frame_.run.is_virtual = recording.meta->engine == "virtual";
    frame_.run.procs = std::max(1, recording.meta->procs);
    if (!frame_.run.is_virtual)
        frame_.run.cpus = std::clamp(recording.meta->cpus, 0, frame_.machine_cpus);
    adopt_recorded_values(*recording.meta);
    for (const std::string& warning : recording.honesty.warnings)
        notify(ui::Notice::Kind::Error, warning);
    meters_at_ = 0;
    open_next();
}

// The sliders show what the recorded run had, and "Start" runs that again.
void SessionClient::adopt_recorded_values(const recording::Meta& meta) {
    RunOptions options;
    options.scenario = meta.scenario;
    options.procs = std::max(1, meta.procs);
    options.engine = frame_.run.is_virtual ? "virtual" : "real";
    for (const recording::ParameterValue& parameter : meta.parameters)
        options.sets.push_back(parameter.name + "=" + parameter.value);
    for (const recording::ParameterValue& policy : meta.policies)
        options.policies.push_back(policy.name + "=" + policy.value);
    auto plan = plan_run(options);
    plan_ = plan.ok() ? std::move(plan).value() : RunPlan{};
    frame_.run.values = plan_.values;
    frame_.run.policies = catalog::watched_policies();
    if (frame_.run.is_virtual && plan.ok())
        frame_.run.policies = policies_of(plan_.settings);
}

void SessionClient::on(const ui::command::Open& c) {
    to_open_.push_back(c.path);
    open_next();
}

void SessionClient::files_dropped(std::vector<std::string> paths) {
    for (std::string& path : paths)
        act(ui::command::Open{std::move(path)});
}

void SessionClient::on(const ui::command::Save& c) {
    const std::uint64_t version = live_ != nullptr ? live_->recorder().version() : 0;
    const recording::Snapshot snapshot =
        live_ != nullptr ? live_->recorder().snapshot() : opened_.recording();
    const Status saved = recording::save(
        snapshot, c.path, c.overwrite ? recording::Overwrite::Yes : recording::Overwrite::No);
    if (!saved.ok())
        return notify(ui::Notice::Kind::Error, saved.error().message);
    is_saved_ = true;
    saved_version_ = version;
    ++frame_.saves;
    notify(ui::Notice::Kind::Info, fmt::format(fmt::runtime(ui::tr("Saved: {}")), c.path));
}

}  // namespace golanes::app
