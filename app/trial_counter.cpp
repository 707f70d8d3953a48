#include "app/trial_counter.h"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace golanes::app {
namespace {

using Json = nlohmann::json;

std::vector<std::string> arguments_for(const RunPlan& plan,
                                       std::uint32_t trials,
                                       const std::vector<int>& procs) {
    std::vector<std::string> words{"outcomes"};
    const std::vector<std::string> of_run = arguments_of(plan);
    for (std::size_t i = 0; i < of_run.size(); ++i) {
        if (of_run[i] == "--procs" || of_run[i] == "--duration")
            ++i;  // and its value
        else
            words.push_back(of_run[i]);
    }
    const std::vector<std::string> own{"--procs",
                                       fmt::format("{}", fmt::join(procs, ",")),
                                       "--trials",
                                       fmt::format("{}", trials),
                                       "--json",
                                       "--progress",
                                       "--to-descriptor",
                                       fmt::format("{}", ChildProcess::kRegionFd)};
    words.insert(words.end(), own.begin(), own.end());
    return words;
}

ui::TrialGroup group_of(const Json& json) {
    ui::TrialGroup group;
    group.procs = json.value("procs", 1);
    group.trials = json.value("trials", 0U);
    if (json.contains("mean") && json["mean"].is_number())
        group.mean = json["mean"].get<double>();
    for (const Json& one : json.value("results", Json::array())) {
        ui::TrialResult result;
        result.text = one.value("result", "");
        result.count = one.value("count", 0U);
        if (one.contains("replay") && one["replay"].is_string())
            result.token = one["replay"].get<std::string>();
        group.results.push_back(std::move(result));
    }
    return group;
}

}  // namespace

Result<std::unique_ptr<TrialCounter>> TrialCounter::start(const RunPlan& plan,
                                                          std::uint32_t trials,
                                                          const std::vector<int>& procs,
                                                          const std::string& program,
                                                          std::function<void()> on_end) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return Error{fmt::format("cannot make a pipe: {}", std::generic_category().message(errno))};
    fcntl(ends[1], F_SETFL, 0);  // the writer waits where we are slow
    std::unique_ptr<TrialCounter> counter(new TrialCounter(ends[0]));
    auto child = ChildProcess::start(
        program, arguments_for(plan, trials, procs), ends[1], std::move(on_end));
    close(ends[1]);
    if (!child.ok())
        return child.error();
    counter->child_ = std::move(child).value();
    counter->view_.running = true;
    counter->view_.wanted = trials;
    counter->view_.procs = procs;
    counter->view_.scenario = plan.entry->scenario->id;
    counter->view_.is_virtual = plan.settings.is_virtual;
    return counter;
}

TrialCounter::~TrialCounter() {
    stop();
    close(pipe_);
}

void TrialCounter::stop() {
    child_.reset();
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
    const bool ended = child_ == nullptr || child_->end().has_value();
    char buffer[8192];
    for (ssize_t got = 0; (got = read(pipe_, buffer, sizeof buffer)) > 0;)
        unread_.append(buffer, static_cast<std::size_t>(got));
    const std::size_t last = unread_.rfind('\n');
    if (last != std::string::npos) {
        const std::size_t before = last == 0 ? std::string::npos : unread_.rfind('\n', last - 1);
        const std::size_t start = before == std::string::npos ? 0 : before + 1;
        read_line(unread_.substr(start, last - start));  // the newest line says all
        unread_.erase(0, last + 1);
    }
    view_.running = !ended;
    return view_;
}

}  // namespace golanes::app
