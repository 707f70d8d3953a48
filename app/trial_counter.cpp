#include "app/trial_counter.h"

#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace golanes::app {
namespace {

using Json = nlohmann::json;

std::vector<std::string> arguments_for(const RunPlan& plan,
                                       const ui::command::CountOutcomes& wanted,
                                       const std::string& folder) {
    std::vector<std::string> words{"outcomes"};
    const std::vector<std::string> of_run = arguments_of(plan);
    for (std::size_t i = 0; i < of_run.size(); ++i) {
        if (of_run[i] == "--procs" || of_run[i] == "--duration" || of_run[i] == "--engine")
            ++i;  // and its value
        else
            words.push_back(of_run[i]);
    }
    const std::vector<std::string> own{"--procs",
                                       fmt::format("{}", fmt::join(wanted.procs, ",")),
                                       "--engine",
                                       wanted.both_engines        ? "real,virtual"
                                       : plan.settings.is_virtual ? "virtual"
                                                                  : "real",
                                       "--keep",
                                       folder,
                                       "--trials",
                                       fmt::format("{}", wanted.trials),
                                       "--json",
                                       "--progress"};
    words.insert(words.end(), own.begin(), own.end());
    return words;
}

ui::TrialGroup group_of(const Json& json) {
    ui::TrialGroup group;
    group.procs = json.value("procs", 1);
    group.is_virtual = json.value("engine", "") == "virtual";
    group.trials = json.value("trials", 0U);
    if (json.contains("mean") && json["mean"].is_number())
        group.mean = json["mean"].get<double>();
    for (const Json& one : json.value("results", Json::array())) {
        ui::TrialResult result;
        result.text = one.value("result", "");
        result.count = one.value("count", 0U);
        if (one.contains("replay") && one["replay"].is_string())
            result.token = one["replay"].get<std::string>();
        if (one.contains("recording") && one["recording"].is_string())
            result.recording = one["recording"].get<std::string>();
        group.results.push_back(std::move(result));
    }
    return group;
}

}  // namespace

Result<std::unique_ptr<TrialCounter>> TrialCounter::start(const RunPlan& plan,
                                                          const ui::command::CountOutcomes& wanted,
                                                          const std::string& program,
                                                          std::function<void()> on_end) {
    auto folder = ScratchFolder::make();
    if (!folder.ok())
        return folder.error();
    auto process =
        LineProcess::start(program, arguments_for(plan, wanted, folder->path()), std::move(on_end));
    if (!process.ok())
        return process.error();
    std::unique_ptr<TrialCounter> counter(
        new TrialCounter(std::move(process).value(), std::move(folder).value()));
    counter->view_.running = true;
    counter->view_.wanted = wanted.trials;
    counter->view_.wanted_groups = wanted.procs.size() * (wanted.both_engines ? 2 : 1);
    counter->view_.scenario = plan.entry->scenario->id;
    return counter;
}

void TrialCounter::stop() {
    process_->stop();
    view_.running = false;
}

void TrialCounter::read_line(const std::string& line) {
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object())
        return;
    view_.groups.clear();
    for (const Json& group : json.value("groups", Json::array()))
        view_.groups.push_back(group_of(group));
}

const ui::TrialsView& TrialCounter::poll() {
    view_.running = process_->running();
    const std::vector<std::string> lines = process_->take_lines();
    if (!lines.empty())
        read_line(lines.back());  // the newest line says all
    return view_;
}

}  // namespace golanes::app
