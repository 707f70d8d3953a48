#include "core/catalog/catalog.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "core/base/check.h"
#include "core/base/time.h"
#include "core/catalog/policy.h"

namespace golanes::catalog {
namespace {

Error bad_value(const Parameter& parameter, std::string_view text) {
    return {fmt::format(
        "\"{}\" is not a value of {}: give {}", text, parameter.name, range_text(parameter))};
}

std::optional<std::int64_t> parse_integer(std::string_view text) {
    std::int64_t value = 0;
    const auto [rest, code] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (code != std::errc() || rest != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::optional<std::int64_t> parse_switch(std::string_view text) {
    if (text == "on" || text == "1" || text == "true" || text == "yes")
        return 1;
    if (text == "off" || text == "0" || text == "false" || text == "no")
        return 0;
    return std::nullopt;
}

std::optional<std::int64_t> parse_choice(const Parameter& parameter, std::string_view text) {
    const auto found = std::find(parameter.choices.begin(), parameter.choices.end(), text);
    if (found == parameter.choices.end())
        return std::nullopt;
    return found - parameter.choices.begin();
}

// "2x", "0.5x", "50%": in percent. At most two digits behind the point, so that nothing is rounded.
std::optional<std::int64_t> parse_factor(std::string_view text) {
    if (text.empty() || text.front() == '-' || (text.back() != 'x' && text.back() != '%'))
        return std::nullopt;
    const bool is_percent = text.back() == '%';
    text.remove_suffix(1);
    const auto point = text.find('.');
    const std::string_view behind =
        point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    const auto whole = parse_integer(text.substr(0, point));
    if (!whole || *whole < 0 || *whole > 1'000'000)
        return std::nullopt;
    if (is_percent)
        return point == std::string_view::npos ? whole : std::nullopt;
    if (point == std::string_view::npos)
        return *whole * 100;
    const auto part = parse_integer(behind);
    if (!part || *part < 0 || behind.size() > 2)
        return std::nullopt;
    return *whole * 100 + (behind.size() == 1 ? *part * 10 : *part);
}

std::string factor_text(std::int64_t percent) {
    if (percent % 100 == 0)
        return fmt::format("{}x", percent / 100);
    return percent % 10 == 0 ? fmt::format("{}.{}x", percent / 100, percent % 100 / 10)
                             : fmt::format("{}.{:02}x", percent / 100, percent % 100);
}

std::string duration_text(std::int64_t ns) {
    if (ns != 0 && ns % kSecond == 0)
        return fmt::format("{}s", ns / kSecond);
    if (ns % kMillisecond == 0)
        return fmt::format("{}ms", ns / kMillisecond);
    return ns % kMicrosecond == 0 ? fmt::format("{}us", ns / kMicrosecond)
                                  : fmt::format("{}ns", ns);
}

std::optional<std::int64_t> parse_by_kind(const Parameter& parameter, std::string_view text) {
    switch (parameter.kind) {
        case ParameterKind::Integer:
            return parse_integer(text);
        case ParameterKind::Switch:
            return parse_switch(text);
        case ParameterKind::Choice:
            return parse_choice(parameter, text);
        case ParameterKind::Duration:
            if (auto duration = parse_duration(text); duration.ok())
                return duration.value();
            return std::nullopt;
        case ParameterKind::Factor:
            return parse_factor(text);
    }
    return std::nullopt;
}

Error unknown_parameter(const Scenario& scenario, std::string_view name) {
    std::vector<std::string_view> names;
    for (const Parameter& parameter : scenario.parameters)
        names.push_back(parameter.name);
    return {fmt::format(
        "{} has no parameter \"{}\"; it has: {}", scenario.id, name, fmt::join(names, ", "))};
}

// What an End asks about: a parameter of the scenario, or a policy.
std::int64_t value_named(const Scenario& scenario,
                         std::string_view name,
                         const std::vector<std::int64_t>& values,
                         const std::vector<std::int64_t>& policy_values) {
    if (const auto index = parameter_index(scenario, name)) {
        GOLANES_CHECK(*index < values.size(), "a value for every parameter");
        return values[*index];
    }
    const auto all = policies();
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const Policy& policy) { return policy.knob.name == name; });
    GOLANES_CHECK(found != all.end(), "an end's condition names a parameter or a policy");
    const auto index = static_cast<std::size_t>(found - all.begin());
    return index < policy_values.size() ? policy_values[index] : found->knob.standard;
}

}  // namespace

std::optional<std::size_t> parameter_index(const Scenario& scenario, std::string_view name) {
    const auto found = std::find_if(scenario.parameters.begin(),
                                    scenario.parameters.end(),
                                    [&](const Parameter& p) { return p.name == name; });
    if (found == scenario.parameters.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - scenario.parameters.begin());
}

Expects expectation(const Scenario& scenario,
                    const std::vector<std::int64_t>& values,
                    const std::vector<std::int64_t>& policies) {
    for (const End& end : scenario.ends) {
        if (end.when.empty() || value_named(scenario, end.when, values, policies) == end.value)
            return end.expects;
    }
    return Expects::Ok;
}

const Preset* preset_named(const Scenario& scenario, std::string_view id) {
    const auto found = std::find_if(scenario.presets.begin(),
                                    scenario.presets.end(),
                                    [&](const Preset& preset) { return preset.id == id; });
    return found == scenario.presets.end() ? nullptr : &*found;
}

std::vector<std::int64_t> standard_values(const Scenario& scenario) {
    std::vector<std::int64_t> values;
    for (const Parameter& parameter : scenario.parameters)
        values.push_back(parameter.standard);
    return values;
}

Status read_sets(const Scenario& scenario,
                 const std::vector<std::string_view>& sets,
                 std::vector<std::int64_t>& values) {
    for (const std::string_view text : sets) {
        const auto at = text.find('=');
        if (at == std::string_view::npos || at == 0)
            return Error{fmt::format("--set takes name=value, not \"{}\"", text)};
        const auto index = parameter_index(scenario, text.substr(0, at));
        if (!index)
            return unknown_parameter(scenario, text.substr(0, at));
        const auto value = parse_value(scenario.parameters[*index], text.substr(at + 1));
        if (!value.ok())
            return value.error();
        values[*index] = value.value();
    }
    return Done{};
}

Result<std::int64_t> parse_value(const Parameter& parameter, std::string_view text) {
    const auto value = parse_by_kind(parameter, text);
    if (!value)
        return bad_value(parameter, text);
    const bool ranged =
        parameter.kind != ParameterKind::Switch && parameter.kind != ParameterKind::Choice;
    if (ranged && (*value < parameter.minimum || *value > parameter.maximum))
        return bad_value(parameter, text);
    return *value;
}

std::string range_text(const Parameter& parameter) {
    if (parameter.kind == ParameterKind::Choice)
        return fmt::format("one of {}", fmt::join(parameter.choices, ", "));
    if (parameter.kind == ParameterKind::Switch)
        return "on or off";
    return fmt::format("{} to {}",
                       value_text(parameter, parameter.minimum),
                       value_text(parameter, parameter.maximum));
}

std::string value_text(const Parameter& parameter, std::int64_t value) {
    switch (parameter.kind) {
        case ParameterKind::Switch:
            return value != 0 ? "on" : "off";
        case ParameterKind::Choice:
            if (value >= 0 && value < static_cast<std::int64_t>(parameter.choices.size()))
                return std::string(parameter.choices[static_cast<std::size_t>(value)]);
            break;
        case ParameterKind::Duration:
            return duration_text(value);
        case ParameterKind::Factor:
            return factor_text(value);
        case ParameterKind::Integer:
            break;
    }
    return fmt::format("{}", value);
}

void set_standard(const Scenario& scenario, ValueStore& store) {
    GOLANES_CHECK(scenario.parameters.size() <= store.size(), "a scenario has too many parameters");
    for (std::size_t i = 0; i < scenario.parameters.size(); ++i)
        store[i].store(scenario.parameters[i].standard,
                       std::memory_order_relaxed);  // read by whoever starts later
}

std::int64_t Values::get(std::string_view name) const {
    const auto index = parameter_index(*scenario_, name);
    GOLANES_CHECK(index.has_value(), "a scenario reads a parameter it does not declare");
    // Relaxed: a knob is one number, and no other data is ordered by it.
    return (*store_)[*index].load(std::memory_order_relaxed);
}

}  // namespace golanes::catalog
