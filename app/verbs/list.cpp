#include "app/verbs/list.h"

#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/catalog/policy.h"
#include "scenarios/registry.h"

namespace golanes::app {
namespace {

using Json = nlohmann::ordered_json;

Json text_json(const catalog::Text& text) {
    return Json{{"en", text.en}, {"zh_CN", text.zh}};
}

std::string_view kind_text(catalog::ParameterKind kind) {
    switch (kind) {
        case catalog::ParameterKind::Integer:
            return "integer";
        case catalog::ParameterKind::Duration:
            return "duration";
        case catalog::ParameterKind::Switch:
            return "switch";
        case catalog::ParameterKind::Choice:
            return "choice";
        case catalog::ParameterKind::Factor:
            return "factor";
    }
    return "";
}

// What parameters and policies have in common.
Json knob_json(const catalog::Parameter& parameter) {
    Json json{{"name", parameter.name},
              {"title", text_json(parameter.title)},
              {"kind", kind_text(parameter.kind)},
              {"default", catalog::value_text(parameter, parameter.standard)}};
    if (parameter.kind == catalog::ParameterKind::Choice) {
        json["choices"] = parameter.choices;
    } else if (parameter.kind != catalog::ParameterKind::Switch) {
        json["minimum"] = catalog::value_text(parameter, parameter.minimum);
        json["maximum"] = catalog::value_text(parameter, parameter.maximum);
    }
    return json;
}

Json parameter_json(const catalog::Parameter& parameter) {
    Json json = knob_json(parameter);
    json["takes"] = parameter.takes == catalog::Takes::Live ? "live" : "next run";
    return json;
}

Json policies_json() {
    Json list = Json::array();
    for (const catalog::Policy& policy : catalog::policies()) {
        Json json = knob_json(policy.knob);
        json["lesson"] = text_json(policy.lesson);
        json["virtual_only"] = policy.virtual_only;
        if (policy.not_yet)
            json["not_yet"] = catalog::value_text(policy.knob, *policy.not_yet);
        list.push_back(std::move(json));
    }
    return list;
}

std::string_view end_flag(catalog::Expects expects) {
    switch (expects) {
        case catalog::Expects::Deadlock:
            return "expects_deadlock";
        case catalog::Expects::Panic:
            return "expects_panic";
        case catalog::Expects::Starvation:
            return "expects_starvation";
        case catalog::Expects::Ok:
            break;
    }
    return "";
}

// "deterministic": the schedule does not decide what it reports.
Json flags_json(const catalog::Scenario& scenario) {
    Json flags = Json::array();
    if (scenario.outcomes == catalog::Outcomes::Fixed)
        flags.push_back("deterministic");
    if (scenario.real_only)
        flags.push_back("real_only");
    if (scenario.full_level)
        flags.push_back("full_level");
    for (const catalog::End& end : scenario.ends)
        flags.push_back(end_flag(end.expects));
    return flags;
}

Json preset_json(const catalog::Preset& preset) {
    Json json{{"id", preset.id}, {"title", text_json(preset.title)}, {"sets", preset.sets}};
    if (preset.procs != 0)
        json["procs"] = preset.procs;
    if (!preset.policies.empty())
        json["policies"] = preset.policies;
    return json;
}

Json scenario_json(const catalog::Scenario& scenario) {
    Json parameters = Json::array();
    for (const catalog::Parameter& parameter : scenario.parameters)
        parameters.push_back(parameter_json(parameter));
    Json presets = Json::array();
    for (const catalog::Preset& preset : scenario.presets)
        presets.push_back(preset_json(preset));
    return Json{{"id", scenario.id},
                {"title", text_json(scenario.title)},
                {"summary", text_json(scenario.summary)},
                {"group", scenario.group},
                {"parameters", parameters},
                {"presets", presets},
                {"flags", flags_json(scenario)}};
}

// "tasks=2, P = 1, stealing=off".
std::string preset_words(const catalog::Preset& preset) {
    std::vector<std::string> words(preset.sets.begin(), preset.sets.end());
    if (preset.procs != 0)
        words.push_back(fmt::format("P = {}", preset.procs));
    words.insert(words.end(), preset.policies.begin(), preset.policies.end());
    return fmt::format("{}", fmt::join(words, ", "));
}

void print_json() {
    Json list = Json::array();
    for (const scenarios::Entry& entry : scenarios::all())
        list.push_back(scenario_json(*entry.scenario));
    fmt::print("{}\n", Json{{"scenarios", list}, {"policies", policies_json()}}.dump());
}

void print_text() {
    for (const scenarios::Entry& entry : scenarios::all()) {
        const catalog::Scenario& scenario = *entry.scenario;
        fmt::print("{}  {} / {}\n    {}\n",
                   scenario.id,
                   scenario.title.en,
                   scenario.title.zh,
                   scenario.summary.en);
        for (const catalog::Parameter& parameter : scenario.parameters)
            fmt::print("    --set {}={}  ({}{})\n",
                       parameter.name,
                       catalog::value_text(parameter, parameter.standard),
                       catalog::range_text(parameter),
                       parameter.takes == catalog::Takes::Live ? "; acts at once" : "");
        for (const catalog::Preset& preset : scenario.presets)
            fmt::print("    --preset {}  ({})\n", preset.id, preset_words(preset));
    }
    fmt::print("\npolicies (Go's rules unless --policy says otherwise)\n");
    for (const catalog::Policy& policy : catalog::policies())
        fmt::print("    --policy {}={}  ({}{})\n        {}\n",
                   policy.knob.name,
                   catalog::value_text(policy.knob, policy.knob.standard),
                   catalog::range_text(policy.knob),
                   policy.virtual_only ? "; virtual engine only" : "",
                   policy.lesson.en);
}

}  // namespace

void add_list_verb(CLI::App& root, int& exit_code) {
    auto json = std::make_shared<bool>(false);
    CLI::App* command = root.add_subcommand("list", "The scenarios, their titles and parameters");
    command->add_flag("--json", *json, "One JSON object on stdout and nothing else");
    command->callback([json, &exit_code] {
        if (*json)
            print_json();
        else
            print_text();
        exit_code = 0;
    });
}

}  // namespace golanes::app
