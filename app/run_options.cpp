#include "app/run_options.h"

#include <algorithm>
#include <charconv>
#include <ctime>

#include <fmt/format.h>

#include "app/calibrate.h"
#include "app/machine_text.h"
#include "app/replay_token.h"
#include "app/run_policies.h"
#include "core/base/cpu_list.h"
#include "core/runtime/real_engine.h"

namespace golanes::app {
namespace {

std::string known_scenarios() {
    std::vector<std::string_view> ids;
    for (const scenarios::Entry& entry : scenarios::all())
        ids.push_back(entry.scenario->id);
    return fmt::format("{}", fmt::join(ids, ", "));
}

// The preset, where one is named. Errors: there is none of that name.
Result<catalog::Preset> preset_of(const catalog::Scenario& scenario, const std::string& id) {
    if (id.empty())
        return catalog::Preset{};
    if (const catalog::Preset* preset = catalog::preset_named(scenario, id))
        return *preset;
    std::vector<std::string_view> ids;
    for (const catalog::Preset& preset : scenario.presets)
        ids.push_back(preset.id);
    return Error{
        fmt::format("{} has no preset \"{}\"; it has: {}", scenario.id, id, fmt::join(ids, ", "))};
}

// Its texts come first, so that what stands beside it on the command line overrules it.
std::vector<std::string_view> behind(const std::vector<std::string_view>& preset,
                                     const std::vector<std::string>& given) {
    std::vector<std::string_view> all = preset;
    all.insert(all.end(), given.begin(), given.end());
    return all;
}

Status apply_policy_texts(const std::vector<std::string_view>& texts, RunPlan& plan) {
    catalog::PolicyValues values = catalog::standard_policies();
    for (const std::string_view text : texts) {
        auto setting = catalog::parse_policy(text);
        if (!setting.ok())
            return setting.error();
        values[static_cast<std::size_t>(setting->id)] = setting->value;
    }
    if (auto possible = catalog::check_policies(values, plan.settings.is_virtual); !possible.ok())
        return possible;
    if (values[static_cast<std::size_t>(catalog::PolicyId::Costs)] != 0)
        plan.settings.costs = machine_costs();
    apply_policies(values, plan.settings);
    return Done{};
}

// A list of one number has a dash, so that it is no count: "3-3".
std::string cpu_argument(const std::vector<int>& cpus) {
    return cpus.size() == 1 ? fmt::format("{0}-{0}", cpus[0]) : cpu_list_text(cpus);
}

Status apply_cpu_list(const std::string& text, rt::RunSettings& settings) {
    const auto list = parse_cpu_list(text);
    if (!list.ok())
        return Error{fmt::format("--cpus: {}", list.error().message)};
    if (settings.is_virtual)
        return Error{
            fmt::format("--cpus {} names real CPUs; a virtual run takes how many cores: --cpus {}",
                        text,
                        list->size())};
    const std::vector<int> there = allowed_cpus();
    for (const int cpu : list.value()) {
        if (!std::binary_search(there.begin(), there.end(), cpu))
            return Error{fmt::format(
                "--cpus {}: CPU {} is not there, there are {}", text, cpu, cpu_list_text(there))};
    }
    settings.cpu_list = list.value();
    settings.cpus = static_cast<int>(settings.cpu_list.size());
    return Done{};
}

Status apply_cpus(const std::string& text, rt::RunSettings& settings) {
    if (text.find_first_of("-,") != std::string::npos && text[0] != '-')
        return apply_cpu_list(text, settings);
    const int most = settings.is_virtual ? 1024 : rt::usable_cpus();
    int count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || end != text.data() + text.size() || count < 1 || count > most)
        return Error{
            fmt::format("--cpus takes 1 to {}{}, not {}",
                        most,
                        settings.is_virtual ? "" : " on this machine, or a list like 0-1,3",
                        text)};
    settings.cpus = count;
    return Done{};
}

Status apply_engine(const RunOptions& options, RunPlan& plan) {
    if (!options.engine.empty() && options.engine != "real" && options.engine != "virtual")
        return Error{fmt::format("--engine takes real or virtual, not \"{}\"", options.engine)};
    plan.settings.is_virtual = options.engine == "virtual";
    if (plan.settings.is_virtual && plan.entry->scenario->real_only)
        return Error{
            fmt::format("{} needs the real engine: leave --engine virtual out", options.scenario)};
    return options.cpus.empty() ? Status(Done{}) : apply_cpus(options.cpus, plan.settings);
}

Status apply_level(const RunOptions& options, RunPlan& plan) {
    const std::string level = !options.level.empty()             ? options.level
                              : plan.entry->scenario->full_level ? "full"
                                                                 : "scheduler";
    if (level != "scheduler" && level != "full")
        return Error{fmt::format("--level takes scheduler or full, not \"{}\"", options.level)};
    plan.level = level == "full" ? trace::Level::Full : trace::Level::Scheduler;
    return Done{};
}

// "64M", "256K", "65536".
Result<std::size_t> parse_stack(const std::string& text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
    const unsigned shift = unit == "K" ? 10 : unit == "M" ? 20 : unit == "G" ? 30 : 0;
    const std::uint64_t most = rt::kMostStackBytes >> shift;
    if (error != std::errc() || number == 0 || number > most || (shift == 0 && !unit.empty()) ||
        (number << shift) < rt::kLeastStackBytes)
        return Error{fmt::format("--stack takes 16K to 1G, for example 64M, not \"{}\"", text)};
    return static_cast<std::size_t>(number << shift);
}

std::string utc_now() {
    const time_t now = time(nullptr);
    tm parts{};
    gmtime_r(&now, &parts);
    char text[32];
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

}  // namespace

std::uint64_t fresh_seed() {
    return mix64(static_cast<std::uint64_t>(monotonic_ns())) >> 16;
}

namespace {

// What the options say about a run, with the scenario's standards for what they do not say.
Result<RunPlan> plan_from_options(const RunOptions& options) {
    RunPlan plan;
    plan.entry = scenarios::find(options.scenario);
    if (plan.entry == nullptr)
        return Error{fmt::format(
            "there is no scenario \"{}\"; there are: {}", options.scenario, known_scenarios())};
    const catalog::Scenario& scenario = *plan.entry->scenario;
    const auto preset = preset_of(scenario, options.preset);
    if (!preset.ok())
        return preset.error();
    rt::SchedulerOptions& scheduler = plan.settings.scheduler;
    scheduler.procs = options.procs != 0 || options.procs_given ? options.procs
                      : preset->procs != 0                      ? preset->procs
                                                                : scenario.standard_procs;
    if (scheduler.procs < 1 || scheduler.procs > kMaxProcs)
        return Error{fmt::format("--procs takes 1 to {}, not {}", kMaxProcs, options.procs)};
    scheduler.seed = options.seed_given ? options.seed : fresh_seed();
    plan.values = catalog::standard_values(scenario);
    const auto sets = behind(preset->sets, options.sets);
    const auto policies = behind(preset->policies, options.policies);
    for (const Status& status : {catalog::read_sets(scenario, sets, plan.values),
                                 apply_engine(options, plan),
                                 apply_policy_texts(policies, plan),
                                 apply_level(options, plan)}) {
        if (!status.ok())
            return status.error();
    }
    return plan;
}

// The first option that says something else than the token; empty: none does.
std::string contradiction(const RunOptions& options, const RunPlan& said, const RunPlan& token) {
    if (options.procs != 0 && said.settings.scheduler.procs != token.settings.scheduler.procs)
        return "--procs";
    if (!options.cpus.empty() && said.settings.cpus != token.settings.cpus)
        return "--cpus";
    if (options.engine == "real")
        return "--engine";
    if (options.seed_given && said.settings.scheduler.seed != token.settings.scheduler.seed)
        return "--seed";
    if (!options.level.empty() && said.level != token.level)
        return "--level";
    if (!options.policies.empty() && policies_of(said.settings) != policies_of(token.settings))
        return "--policy";
    if (!options.sets.empty() && said.values != token.values)
        return "--set";
    if (!options.preset.empty() &&
        (said.values != token.values || policies_of(said.settings) != policies_of(token.settings)))
        return "--preset";
    return options.duration.empty() ? "" : "--duration";
}

Result<RunPlan> plan_from_token(const RunOptions& options) {
    auto token = read_replay_token(options.replay);
    if (!token.ok())
        return token.error();
    RunOptions asked = options;
    asked.scenario = token->entry->scenario->id;
    if (!options.scenario.empty() && options.scenario != asked.scenario)
        return Error{fmt::format(
            "the replay token is one of {}, not of {}", asked.scenario, options.scenario)};
    if (asked.engine.empty())
        asked.engine = "virtual";
    auto said = plan_from_options(asked);
    if (!said.ok())
        return said.error();
    if (const std::string option = contradiction(options, said.value(), token.value());
        !option.empty())
        return Error{fmt::format(
            "{} contradicts the replay token, which says everything: leave it out", option)};
    return token;
}

}  // namespace

Result<RunPlan> plan_run(const RunOptions& options) {
    auto plan = options.replay.empty() ? plan_from_options(options) : plan_from_token(options);
    if (!plan.ok())
        return plan;
    if (!options.duration.empty()) {
        auto duration = parse_duration(options.duration);
        if (!duration.ok())
            return Error{"--duration: " + duration.error().message};
        plan->duration = duration.value();
    }
    if (!options.stack.empty()) {
        auto stack = parse_stack(options.stack);
        if (!stack.ok())
            return stack.error();
        plan->stacks.bytes = stack.value();
    }
    plan->ring_events = options.ring_events;
    if (plan->ring_events < 16 || plan->ring_events > (1U << 24) ||
        (plan->ring_events & (plan->ring_events - 1)) != 0)
        return Error{fmt::format("--ring takes a power of two from 16 to 16777216, not {}",
                                 options.ring_events)};
    return plan;
}

void charge_machine_costs(RunPlan& plan) {
    plan.settings.costs = plan.settings.is_virtual ? machine_costs() : rt::Costs{};
}

std::vector<std::string> arguments_of(const RunPlan& plan) {
    const rt::SchedulerOptions& scheduler = plan.settings.scheduler;
    const catalog::Scenario& scenario = *plan.entry->scenario;
    std::vector<std::string> stack;  // a token does not say it: it shows in an overflow only
    if (plan.stacks.bytes != rt::kStandardStackBytes)
        stack = {"--stack", fmt::format("{}", plan.stacks.bytes)};
    if (plan.settings.is_virtual) {
        std::vector<std::string> arguments{
            std::string(scenario.id), "--replay", replay_token(plan)};
        arguments.insert(arguments.end(), stack.begin(), stack.end());
        return arguments;
    }
    std::vector<std::string> arguments{std::string(scenario.id),
                                       "--procs",
                                       fmt::format("{}", scheduler.procs),
                                       "--engine",
                                       "real",
                                       "--seed",
                                       fmt::format("{}", scheduler.seed),
                                       "--level",
                                       plan.level == trace::Level::Full ? "full" : "scheduler"};
    arguments.insert(arguments.end(), stack.begin(), stack.end());
    if (plan.settings.cpus != 0)
        arguments.insert(arguments.end(),
                         {"--cpus",
                          plan.settings.cpu_list.empty() ? fmt::format("{}", plan.settings.cpus)
                                                         : cpu_argument(plan.settings.cpu_list)});
    for (std::size_t i = 0; i < plan.values.size(); ++i) {
        const catalog::Parameter& parameter = scenario.parameters[i];
        arguments.insert(
            arguments.end(),
            {"--set",
             fmt::format("{}={}", parameter.name, catalog::value_text(parameter, plan.values[i]))});
    }
    for (const std::string& policy : catalog::changed_policies(policies_of(plan.settings)))
        arguments.insert(arguments.end(), {"--policy", policy});
    return arguments;
}

recording::Meta meta_of(const RunPlan& plan) {
    recording::Meta meta;
    const catalog::Scenario& scenario = *plan.entry->scenario;
    meta.scenario = scenario.id;
    meta.title = scenario.title.en;
    meta.engine = plan.settings.is_virtual ? "virtual" : "real";
    meta.seed = plan.settings.scheduler.seed;
    meta.procs = plan.settings.scheduler.procs;
    meta.cpus = plan.settings.cpus != 0    ? plan.settings.cpus
                : plan.settings.is_virtual ? meta.procs
                                           : rt::usable_cpus();
    meta.level = plan.level == trace::Level::Full ? "full" : "scheduler";
    meta.machine = fmt::format("{}, {}", cpu_model(), kernel_text());
    meta.started = utc_now();
    for (std::size_t i = 0; i < plan.values.size(); ++i)
        meta.parameters.push_back({std::string(scenario.parameters[i].name),
                                   catalog::value_text(scenario.parameters[i], plan.values[i])});
    for (const catalog::Policy& policy : catalog::policies())
        meta.policies.push_back(
            {std::string(policy.knob.name),
             catalog::value_text(policy.knob,
                                 policies_of(plan.settings)[static_cast<std::size_t>(policy.id)])});
    if (has_costs(plan.settings.costs)) {
        for (std::size_t i = 0; i < rt::kOpCount; ++i)
            meta.costs.push_back({std::string(kOpNames[i]), plan.settings.costs.ns[i]});
    }
    return meta;
}

}  // namespace golanes::app
