#include "app/child_run.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/crash.h"

namespace golanes::app {
namespace {

using Json = nlohmann::json;

// The report crosses the pipe as JSON. The structured bindings name every field: one that is added
// to a report does not compile until it is added here.

Json to_json(const rt::Outcome& outcome) {
    if (const auto* number = std::get_if<std::int64_t>(&outcome))
        return *number;
    if (const auto* text = std::get_if<std::string>(&outcome))
        return *text;
    return nullptr;
}

rt::Outcome outcome_of(const Json& json) {
    if (json.is_number())
        return json.get<std::int64_t>();
    if (json.is_string())
        return json.get<std::string>();
    return {};
}

std::string packed(const LoopReport& report) {
    const auto& [last, replay, runs] = report;
    const auto& [status,
                 message,
                 outcome,
                 checks,
                 goroutines,
                 drops,
                 is_stuck,
                 wall_ns,
                 virtual_end] = last;
    Json list = Json::array();
    for (const rt::CheckResult& check : checks)
        list.push_back({check.what, check.holds});
    const Json json{runs,
                    static_cast<int>(status),
                    message,
                    to_json(outcome),
                    std::move(list),
                    goroutines,
                    {drops.all, drops.cut_off},
                    is_stuck,
                    wall_ns,
                    virtual_end,
                    replay};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<LoopReport> unpacked(const std::string& text) {
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded())
        return std::nullopt;  // it crashed before it could report
    LoopReport report;
    auto& [last, replay, runs] = report;
    auto& [status, message, outcome, checks, goroutines, drops, is_stuck, wall_ns, virtual_end] =
        last;
    json.at(0).get_to(runs);
    status = static_cast<trace::RunStatus>(json.at(1).get<int>());
    json.at(2).get_to(message);
    outcome = outcome_of(json.at(3));
    for (const Json& check : json.at(4))
        checks.push_back({check.at(0).get<std::string>(), check.at(1).get<bool>()});
    json.at(5).get_to(goroutines);
    json.at(6).at(0).get_to(drops.all);
    json.at(6).at(1).get_to(drops.cut_off);
    json.at(7).get_to(is_stuck);
    json.at(8).get_to(wall_ns);
    json.at(9).get_to(virtual_end);
    json.at(10).get_to(replay);
    return report;
}

void write_all(int pipe, const std::string& text) {
    for (std::size_t done = 0; done < text.size();) {
        const ssize_t written = ::write(pipe, text.data() + done, text.size() - done);
        if (written < 0 && errno != EINTR)
            return;
        done += written > 0 ? static_cast<std::size_t>(written) : 0;
    }
}

std::string read_all(int pipe) {
    std::string text;
    char buffer[4096];
    for (;;) {
        const ssize_t got = ::read(pipe, buffer, sizeof buffer);
        if (got > 0)
            text.append(buffer, static_cast<std::size_t>(got));
        else if (got == 0 || errno != EINTR)
            return text;
    }
}

[[noreturn]] void play(const RunPlan& plan,
                       const trace::RunRegion& region,
                       const LoopSettings& settings,
                       pid_t parent,
                       int pipe) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(1);  // it died before we could ask to die with it
    install_crash_handler(region.control(), AfterCrash::Exit1);
    write_all(pipe, packed(run_loop(plan, region, settings)));
    _exit(0);  // threads of the run may still live
}

}  // namespace

Result<ChildRun> ChildRun::start(const RunPlan& plan,
                                 const trace::RunRegion& region,
                                 const LoopSettings& settings) {
    int ends[2];
    if (pipe(ends) != 0)
        return Error{fmt::format("cannot make a pipe: {}", std::generic_category().message(errno))};
    std::fflush(nullptr);  // or both would write what is buffered
    const pid_t parent = getpid();
    const pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        play(plan, region, settings, parent, ends[1]);
    }
    close(ends[1]);
    if (pid > 0)
        return ChildRun(pid, ends[0]);
    close(ends[0]);
    return Error{fmt::format("cannot start the process of the run: {}",
                             std::generic_category().message(errno))};
}

ChildRun::ChildRun(ChildRun&& other) noexcept
    : pid_(std::exchange(other.pid_, 0)),
      pipe_(std::exchange(other.pipe_, -1)),
      signal_(other.signal_) {}

ChildRun::~ChildRun() {
    if (pid_ == 0)
        return;
    kill(pid_, SIGKILL);
    wait();
}

std::optional<LoopReport> ChildRun::wait() {
    const std::string text = read_all(pipe_);
    close(pipe_);
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    signal_ = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return unpacked(text);
}

}  // namespace golanes::app
