#include "app/verbs/outcomes.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "app/trials.h"
#include "core/base/time.h"

namespace golanes::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint32_t kMostTrials = 1'000'000;
constexpr DurationNs kBetweenLines = 50 * kMillisecond;
constexpr std::size_t kBarLength = 40;

struct OutcomesVerb {
    RunOptions options;
    std::string procs;    ///< "1,2,4"; empty: the scenario's standard.
    std::string engines;  ///< "real,virtual"; empty: the scenario's standard.
    std::string keep;
    std::string trials = "200";
    bool json = false;
    bool progress = false;
    int descriptor = STDOUT_FILENO;  ///< Where the JSON goes: the window reads it from a pipe.
};

int fail(const std::string& message) {
    fmt::print(stderr, "golanes: {}\n", message);
    return 2;
}

Result<int> number_in(std::string_view text, int least, int most, std::string_view what) {
    int number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end || number < least || number > most)
        return Error{fmt::format("{} from {} to {}", what, least, most)};
    return number;
}

/// "1,2,4" as numbers. Errors: what --procs takes.
Result<std::vector<int>> read_procs(const std::string& text) {
    std::vector<int> list;
    for (std::size_t at = 0; at <= text.size() && !text.empty();) {
        const std::size_t comma = std::min(text.find(',', at), text.size());
        const auto procs =
            number_in(std::string_view(text).substr(at, comma - at),
                      1,
                      kMaxProcs,
                      fmt::format("--procs \"{}\": write numbers of Ps, like 1,2,4, each", text));
        if (!procs.ok())
            return procs.error();
        list.push_back(procs.value());
        at = comma + 1;
    }
    if (list.empty())
        list.push_back(0);  // the scenario's standard
    return list;
}

// "real,virtual" as words; each is checked where a plan is made of it.
std::vector<std::string> read_engines(const std::string& text) {
    std::vector<std::string> list;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t comma = std::min(text.find(',', at), text.size());
        list.push_back(text.substr(at, comma - at));
        at = comma + 1;
    }
    return list;
}

const char* engine_of(bool is_virtual) {
    return is_virtual ? "virtual" : "real";
}

Json word_or_null(const std::string& text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

Json group_json(const TrialGroup& group) {
    Json results = Json::array();
    for (const ResultBin& bin : group.bins)
        results.push_back({{"result", bin.result},
                           {"count", bin.count},
                           {"seed", bin.seed},
                           {"replay", word_or_null(bin.replay)},
                           {"recording", word_or_null(bin.recording)}});
    return {{"procs", group.procs},
            {"engine", engine_of(group.is_virtual)},
            {"trials", group.trials},
            {"mean", group.mean ? Json(*group.mean) : Json(nullptr)},
            {"results", std::move(results)}};
}

std::string all_json(const RunPlan& plan,
                     std::uint32_t trials,
                     const std::vector<TrialGroup>& groups,
                     bool done) {
    Json list = Json::array();
    for (const TrialGroup& group : groups)
        list.push_back(group_json(group));
    const Json json{{"scenario", plan.entry->scenario->id},
                    {"engine", engine_of(plan.settings.is_virtual)},
                    {"trials", trials},
                    {"done", done},
                    {"groups", std::move(list)}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string how_to_see(const ResultBin& bin) {
    if (!bin.recording.empty())
        return bin.recording;
    return bin.replay.empty() ? fmt::format("seed {}", bin.seed) : bin.replay;
}

std::string group_text(const TrialGroup& group) {
    std::string text = fmt::format("P = {}, {}", group.procs, engine_of(group.is_virtual));
    if (group.mean)
        text += fmt::format(", mean {:.2f}", *group.mean);
    text += "\n";
    for (const ResultBin& bin : group.bins) {
        const auto length = static_cast<std::size_t>(bin.count) * kBarLength / group.trials;
        text += fmt::format("  {:>14}  {:>6}  {:<{}}  {}\n",
                            bin.result,
                            bin.count,
                            std::string(std::max<std::size_t>(1, length), '#'),
                            kBarLength,
                            how_to_see(bin));
    }
    return text;
}

/// Prints what there is so far, not more often than it can be read.
class Progress {
 public:
    Progress(bool on, int descriptor) : on_(on), descriptor_(descriptor) {}

    void tell(const std::string& line) {
        const TimeNs now = monotonic_ns();
        if (!on_ || now - told_ < kBetweenLines)
            return;
        told_ = now;
        dprintf(descriptor_, "%s\n", line.c_str());
    }

 private:
    bool on_;
    int descriptor_;
    TimeNs told_ = 0;
};

Result<std::vector<RunPlan>> plans_of(const OutcomesVerb& verb) {
    const auto list = read_procs(verb.procs);
    if (!list.ok())
        return list.error();
    std::vector<RunPlan> plans;
    RunOptions options = verb.options;
    for (const std::string& engine : read_engines(verb.engines)) {
        options.engine = engine;
        for (const int procs : list.value()) {
            auto plan = plan_run(options);
            if (!plan.ok())
                return plan.error();
            if (procs != 0)
                plan->settings.scheduler.procs = procs;
            plans.push_back(std::move(plan).value());
        }
    }
    return plans;
}

int run(const OutcomesVerb& verb) {
    const auto trials =
        number_in(verb.trials,
                  1,
                  kMostTrials,
                  fmt::format("--trials \"{}\": write how many, a number", verb.trials));
    if (!trials.ok())
        return fail(trials.error().message);
    const auto plans = plans_of(verb);
    if (!plans.ok())
        return fail(plans.error().message);
    if (plans->front().duration >= 0)
        return fail("--duration repeats in one recording: outcomes counts with --trials");
    if (std::error_code error; !verb.keep.empty()) {
        std::filesystem::create_directories(verb.keep, error);
        if (error)
            return fail(fmt::format("--keep {}: {}", verb.keep, error.message()));
    }
    const auto count = static_cast<std::uint32_t>(trials.value());
    std::vector<TrialGroup> groups;
    Progress progress(verb.json && verb.progress, verb.descriptor);
    for (const RunPlan& plan : plans.value()) {
        groups.emplace_back();
        const auto tell = [&](const TrialGroup& so_far) {
            groups.back() = so_far;
            progress.tell(all_json(plan, count, groups, false));
            return true;
        };
        const auto group = run_trials(plan, count, tell, verb.keep);
        if (!group.ok())
            return fail(group.error().message);
        if (!verb.json)
            fmt::print("{}", group_text(group.value()));
        std::fflush(stdout);
    }
    if (verb.json)
        dprintf(verb.descriptor, "%s\n", all_json(plans->front(), count, groups, true).c_str());
    return 0;
}

}  // namespace

void add_outcomes_verb(CLI::App& root, int& exit_code) {
    auto verb = std::make_shared<OutcomesVerb>();
    CLI::App* command =
        root.add_subcommand("outcomes", "Run a scenario many times and count its results");
    command->add_option("SCENARIO", verb->options.scenario, "Its id; golanes list names them");
    add_run_options(*command, verb->options);
    command->remove_option(command->get_option("--procs"));
    command->add_option("--procs", verb->procs, "Numbers of Ps to compare, like 1,2,4");
    command->remove_option(command->get_option("--engine"));
    command->add_option(
        "--engine", verb->engines, "real or virtual; or both to compare: real,virtual");
    command->add_option(
        "--keep", verb->keep, "A folder: the first real run of each result is recorded there");
    command->add_option("--trials", verb->trials, "How many runs of each")->capture_default_str();
    command->add_flag("--json", verb->json, "One JSON object on stdout and nothing else");
    command->add_flag(
        "--progress", verb->progress, "With --json: a line with what there is so far, as it comes");
    command->add_option("--to-descriptor", verb->descriptor)->group("");  // not for people
    command->callback([verb, &exit_code] { exit_code = run(*verb); });
}

}  // namespace golanes::app
