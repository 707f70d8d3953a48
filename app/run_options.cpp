#include "app/run_options.h"

#include <charconv>
#include <ctime>
#include <fstream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <sys/utsname.h>

#include "core/runtime/real_engine.h"

namespace golanes::app {
namespace {

struct KeyValue {
    std::string_view key;
    std::string_view value;
};

Result<KeyValue> split(std::string_view text, std::string_view option) {
    const auto at = text.find('=');
    if (at == std::string_view::npos || at == 0)
        return Error{fmt::format("{} takes name=value, not \"{}\"", option, text)};
    return KeyValue{text.substr(0, at), text.substr(at + 1)};
}

std::string known_scenarios() {
    std::vector<std::string_view> ids;
    for (const scenarios::Entry& entry : scenarios::all())
        ids.push_back(entry.scenario->id);
    return fmt::format("{}", fmt::join(ids, ", "));
}

Result<std::vector<std::int64_t>> read_values(const catalog::Scenario& scenario,
                                              const std::vector<std::string>& sets) {
    std::vector<std::int64_t> values;
    for (const catalog::Parameter& parameter : scenario.parameters)
        values.push_back(parameter.standard);
    for (const std::string& text : sets) {
        auto pair = split(text, "--set");
        if (!pair.ok())
            return pair.error();
        const auto index = catalog::parameter_index(scenario, pair->key);
        if (!index) {
            std::vector<std::string_view> names;
            for (const catalog::Parameter& parameter : scenario.parameters)
                names.push_back(parameter.name);
            return Error{fmt::format("{} has no parameter \"{}\"; it has: {}",
                                     scenario.id,
                                     pair->key,
                                     fmt::join(names, ", "))};
        }
        auto value = catalog::parse_value(scenario.parameters[*index], pair->value);
        if (!value.ok())
            return value.error();
        values[*index] = value.value();
    }
    return values;
}

Result<bool> on_off(const KeyValue& pair) {
    if (pair.value == "on")
        return true;
    if (pair.value == "off")
        return false;
    return Error{fmt::format("policy {} takes on or off, not \"{}\"", pair.key, pair.value)};
}

Status apply_global_tick(const KeyValue& pair, rt::SchedulerOptions& options) {
    if (pair.value != "61" && pair.value != "0")
        return Error{fmt::format("policy global_tick takes 61 or 0, not \"{}\"", pair.value)};
    options.global_tick = pair.value == "61" ? 61 : 0;
    return Done{};
}

Status apply_slice(const KeyValue& pair, rt::SchedulerOptions& options) {
    auto slice = parse_duration(pair.value);
    if (!slice.ok() || slice.value() < 10 * kMicrosecond || slice.value() > 10 * kSecond)
        return Error{
            fmt::format("policy slice takes a duration from 10us to 10s, not \"{}\"", pair.value)};
    options.slice = slice.value();
    return Done{};
}

Status apply_policy(const KeyValue& pair, rt::SchedulerOptions& options) {
    if (pair.key == "global_tick")
        return apply_global_tick(pair, options);
    if (pair.key == "slice")
        return apply_slice(pair, options);
    if (pair.key == "stealing" || pair.key == "runnext") {
        auto on = on_off(pair);
        if (!on.ok())
            return on.error();
        (pair.key == "stealing" ? options.stealing : options.runnext) = on.value();
        return Done{};
    }
    for (const std::string_view later :
         {"forced_preemption", "ring", "handoff", "pick", "sysmon"}) {
        if (pair.key == later)
            return Error{
                fmt::format("policy {} does not exist yet in this version; there are: stealing, "
                            "runnext, global_tick, slice",
                            pair.key)};
    }
    return Error{fmt::format(
        "there is no policy \"{}\"; there are: stealing, runnext, global_tick, slice", pair.key)};
}

Status apply_policies(const std::vector<std::string>& policies, rt::SchedulerOptions& options) {
    for (const std::string& text : policies) {
        auto pair = split(text, "--policy");
        if (!pair.ok())
            return pair.error();
        if (auto applied = apply_policy(pair.value(), options); !applied.ok())
            return applied;
    }
    return Done{};
}

Status apply_engine(const RunOptions& options, RunPlan& plan) {
    if (options.engine != "real" && options.engine != "virtual")
        return Error{fmt::format("--engine takes real or virtual, not \"{}\"", options.engine)};
    plan.settings.is_virtual = options.engine == "virtual";
    if (plan.settings.is_virtual && plan.entry->scenario->real_only)
        return Error{
            fmt::format("{} needs the real engine: leave --engine virtual out", options.scenario)};
    if (options.cpus < 0 || options.cpus > 1024)
        return Error{fmt::format("--cpus takes 1 to 1024, not {}", options.cpus)};
    plan.settings.cpus = options.cpus;
    return Done{};
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

std::string machine_text() {
    utsname name{};
    uname(&name);
    std::string cpu = name.machine;
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);) {
        if (line.rfind("model name", 0) == 0) {
            cpu = line.substr(line.find(':') + 2);
            break;
        }
    }
    return fmt::format("{}, {} {}", cpu, name.sysname, name.release);
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

void add_run_options(CLI::App& verb, RunOptions& options) {
    verb.add_option("--procs", options.procs, "Number of Ps (GOMAXPROCS), 1 to 256")
        ->each([&options](const std::string&) { options.procs_given = true; });
    verb.add_option("--cpus", options.cpus, "CPU cores the run may use (both engines)");
    verb.add_option("--engine", options.engine, "real or virtual");
    verb.add_option("--seed", options.seed, "Seed of every random choice")
        ->each([&options](const std::string&) { options.seed_given = true; });
    verb.add_option("--policy", options.policies, "Scheduling policy, name=value (repeatable)")
        ->allow_extra_args(false);
    verb.add_option("--level", options.level, "scheduler or full: how much is recorded");
    verb.add_option("--set", options.sets, "Scenario parameter, name=value (repeatable)")
        ->allow_extra_args(false);
    verb.add_option(
        "--duration", options.duration, "Repeat the scenario for this long, for example 5s");
    verb.add_option("--ring", options.ring_events, "Events each trace ring holds (a power of two)");
}

std::uint64_t fresh_seed() {
    return mix64(static_cast<std::uint64_t>(monotonic_ns())) >> 16;
}

Result<RunPlan> plan_run(const RunOptions& options) {
    RunPlan plan;
    plan.entry = scenarios::find(options.scenario);
    if (plan.entry == nullptr)
        return Error{fmt::format(
            "there is no scenario \"{}\"; there are: {}", options.scenario, known_scenarios())};
    rt::SchedulerOptions& scheduler = plan.settings.scheduler;
    scheduler.procs = options.procs == 0 && !options.procs_given
                          ? plan.entry->scenario->standard_procs
                          : options.procs;
    if (scheduler.procs < 1 || scheduler.procs > kMaxProcs)
        return Error{fmt::format("--procs takes 1 to {}, not {}", kMaxProcs, options.procs)};
    scheduler.seed = options.seed_given ? options.seed : fresh_seed();
    auto values = read_values(*plan.entry->scenario, options.sets);
    if (!values.ok())
        return values.error();
    plan.values = std::move(values).value();
    for (const Status& status : {apply_policies(options.policies, scheduler),
                                 apply_engine(options, plan),
                                 apply_level(options, plan)}) {
        if (!status.ok())
            return status.error();
    }
    if (!options.duration.empty()) {
        auto duration = parse_duration(options.duration);
        if (!duration.ok())
            return Error{"--duration: " + duration.error().message};
        plan.duration = duration.value();
    }
    plan.ring_events = options.ring_events;
    if (plan.ring_events < 16 || plan.ring_events > (1U << 24) ||
        (plan.ring_events & (plan.ring_events - 1)) != 0)
        return Error{fmt::format("--ring takes a power of two from 16 to 16777216, not {}",
                                 options.ring_events)};
    return plan;
}

std::vector<std::string> arguments_of(const RunPlan& plan) {
    const rt::SchedulerOptions& scheduler = plan.settings.scheduler;
    const catalog::Scenario& scenario = *plan.entry->scenario;
    std::vector<std::string> arguments{std::string(scenario.id),
                                       "--procs",
                                       fmt::format("{}", scheduler.procs),
                                       "--engine",
                                       plan.settings.is_virtual ? "virtual" : "real",
                                       "--seed",
                                       fmt::format("{}", scheduler.seed),
                                       "--level",
                                       plan.level == trace::Level::Full ? "full" : "scheduler"};
    if (plan.settings.cpus != 0)
        arguments.insert(arguments.end(), {"--cpus", fmt::format("{}", plan.settings.cpus)});
    for (std::size_t i = 0; i < plan.values.size(); ++i) {
        const catalog::Parameter& parameter = scenario.parameters[i];
        arguments.insert(
            arguments.end(),
            {"--set",
             fmt::format("{}={}", parameter.name, catalog::value_text(parameter, plan.values[i]))});
    }
    for (const std::string& policy : {fmt::format("stealing={}", scheduler.stealing ? "on" : "off"),
                                      fmt::format("runnext={}", scheduler.runnext ? "on" : "off"),
                                      fmt::format("global_tick={}", scheduler.global_tick),
                                      fmt::format("slice={}ns", scheduler.slice)})
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
    meta.machine = machine_text();
    meta.started = utc_now();
    for (std::size_t i = 0; i < plan.values.size(); ++i)
        meta.parameters.push_back({std::string(scenario.parameters[i].name),
                                   catalog::value_text(scenario.parameters[i], plan.values[i])});
    return meta;
}

}  // namespace golanes::app
