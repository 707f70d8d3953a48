#include "app/replay_token.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include <fmt/format.h>

#include "app/replay_check.h"
#include "app/run_policies.h"
#include "core/runtime/version.h"

namespace golanes::app {
namespace {

constexpr std::string_view kPrefix = "gl";
constexpr std::string_view kCostsField = "_costs-";
constexpr int kMostCores = 1024;

// --- Writing

std::string time_text(TimeNs time) {
    return time % kMicrosecond == 0 ? fmt::format("{}us", time / kMicrosecond)
                                    : fmt::format("{}ns", time);
}

std::string policy_words(const rt::LiveChange& change) {
    const catalog::Parameter& knob = catalog::policies()[change.index].knob;
    return fmt::format("_{}-{}", knob.name, catalog::value_text(knob, change.value));
}

std::string change_words(const rt::LiveChange& change) {
    switch (change.kind) {
        case rt::ChangeKind::Procs:
            return fmt::format("p{}", change.value);
        case rt::ChangeKind::Hold:
            return "h";
        case rt::ChangeKind::Release:
            return "r";
        case rt::ChangeKind::Value:
            return fmt::format("v{}-{}", change.index, change.value);
        case rt::ChangeKind::Policy:
            return policy_words(change);
        case rt::ChangeKind::Cpus:  // of real runs, which have no token
        case rt::ChangeKind::Stop:
            break;
    }
    return "x";
}

std::string change_text(const rt::LiveChange& change) {
    return fmt::format("{}-{}-{}", change.step, time_text(change.at), change_words(change));
}

void append_values(const RunPlan& plan, std::string& text) {
    const auto& parameters = plan.entry->scenario->parameters;
    for (std::size_t i = 0; i < plan.values.size(); ++i) {
        if (plan.values[i] != parameters[i].standard)
            text += fmt::format(
                ".{}-{}", parameters[i].name, catalog::value_text(parameters[i], plan.values[i]));
    }
}

void append_policies(const RunPlan& plan, std::string& text) {
    catalog::PolicyValues values = policies_of(plan.settings);
    values[static_cast<std::size_t>(catalog::PolicyId::Costs)] = 0;
    for (std::string policy : catalog::changed_policies(values)) {
        std::replace(policy.begin(), policy.end(), '=', '-');
        text += "._" + policy;
    }
    const rt::Costs& costs = plan.settings.costs;
    if (has_costs(costs))
        text += fmt::format(".{}{}-{}", kCostsField, costs.scale_percent, fmt::join(costs.ns, "-"));
}

// --- Reading

struct Field {
    std::string_view text;
    std::size_t at = 0;  ///< Index of its first character.
};

std::vector<Field> split(std::string_view text, char separator) {
    std::vector<Field> fields;
    std::size_t begin = 0;
    for (;;) {
        const std::size_t end = std::min(text.find(separator, begin), text.size());
        fields.push_back({text.substr(begin, end - begin), begin});
        if (end == text.size())
            return fields;
        begin = end + 1;
    }
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

Error wrong(const Field& field, std::string_view why) {
    return {fmt::format(
        "the replay token is wrong at character {}, \"{}\": {}", field.at + 1, field.text, why)};
}

/// The whole text as a number.
template <typename T>
bool read_number(std::string_view text, T& value) {
    const char* end = text.data() + text.size();
    const auto [rest, code] = std::from_chars(text.data(), end, value);
    return code == std::errc() && rest == end && !text.empty();
}

/// Takes the fields between scenario and check letters into a plan.
class FieldReader {
 public:
    explicit FieldReader(RunPlan& plan) : plan_(plan) {}

    Status read(const Field& field) {
        const std::string_view text = field.text;
        if (text.substr(0, kCostsField.size()) == kCostsField)
            return read_costs(field);
        if (!text.empty() && text.front() == '_')
            return read_policy(field);
        if (!text.empty() && text.front() >= '0' && text.front() <= '9')
            return read_change(field);
        if (text.find('-') != std::string_view::npos)
            return read_parameter(field);
        return read_letter(field);
    }

    /// What every token has.
    [[nodiscard]] bool complete() const { return has_procs_ && has_seed_; }

    [[nodiscard]] const catalog::PolicyValues& policies() const { return policies_; }

 private:
    Status read_letter(const Field& field) {
        const std::string_view number =
            field.text.substr(std::min<std::size_t>(1, field.text.size()));
        rt::SchedulerOptions& scheduler = plan_.settings.scheduler;
        switch (field.text.empty() ? ' ' : field.text.front()) {
            case 'p':
                has_procs_ = read_number(number, scheduler.procs) && scheduler.procs >= 1 &&
                             scheduler.procs <= kMaxProcs;
                return has_procs_ ? Status(Done{}) : wrong(field, "p is followed by 1 to 256 Ps");
            case 'c':
                return read_number(number, plan_.settings.cpus) && plan_.settings.cpus >= 1 &&
                               plan_.settings.cpus <= kMostCores
                           ? Status(Done{})
                           : wrong(field, "c is followed by 1 to 1024 cores");
            case 's':
                has_seed_ = read_number(number, scheduler.seed);
                return has_seed_ ? Status(Done{}) : wrong(field, "s is followed by the seed");
            default:
                break;
        }
        if (field.text != "full")
            return wrong(field, "no part of a token looks like this");
        plan_.level = trace::Level::Full;
        return Done{};
    }

    Status read_parameter(const Field& field) {
        const std::size_t dash = field.text.find('-');
        const std::string_view name = field.text.substr(0, dash);
        const catalog::Scenario& scenario = *plan_.entry->scenario;
        const auto index = catalog::parameter_index(scenario, name);
        if (!index)
            return wrong(
                field,
                fmt::format(
                    "{} has no parameter \"{}\" in this version of golanes", scenario.id, name));
        auto value = catalog::parse_value(scenario.parameters[*index], field.text.substr(dash + 1));
        if (!value.ok())
            return wrong(field, value.error().message);
        plan_.values[*index] = value.value();
        return Done{};
    }

    Status read_policy(const Field& field) {
        std::string text(field.text.substr(1));
        std::replace(text.begin(), text.end(), '-', '=');
        auto setting = catalog::parse_policy(text);
        if (!setting.ok())
            return wrong(field, setting.error().message);
        policies_[static_cast<std::size_t>(setting->id)] = setting->value;
        return Done{};
    }

    Status read_costs(const Field& field) {
        const auto numbers = split(field.text.substr(kCostsField.size()), '-');
        const catalog::Parameter& knob = catalog::policy(catalog::PolicyId::Costs).knob;
        std::int64_t percent = -1;
        bool good = numbers.size() == 1 + rt::kOpCount && read_number(numbers[0].text, percent) &&
                    percent >= knob.minimum && percent <= knob.maximum;
        for (std::size_t i = 0; good && i < rt::kOpCount; ++i) {
            DurationNs& ns = plan_.settings.costs.ns[i];
            good = read_number(numbers[i + 1].text, ns) && ns >= 0 && ns <= kSecond;
        }
        if (!good)
            return wrong(field, fmt::format("costs are a percentage and {} numbers", rt::kOpCount));
        policies_[static_cast<std::size_t>(catalog::PolicyId::Costs)] = percent;
        return Done{};
    }

    Status read_change(const Field& field) {
        rt::LiveChange change;
        auto& changes = plan_.settings.changes;
        if (!read_change_parts(field.text, change))
            return wrong(field,
                         "a change is its step, its time and p, h, r, v, x or a policy, as "
                         "1042-15us-p8");
        if (!changes.empty() && changes.back().step > change.step)
            return wrong(field, "changes stand in the order of their steps");
        changes.push_back(change);
        return Done{};
    }

    [[nodiscard]] bool read_change_parts(std::string_view text, rt::LiveChange& change) const {
        const std::size_t first = text.find('-');
        const std::size_t second = std::min(text.find('-', first + 1), text.size());
        if (first == std::string_view::npos || second + 1 >= text.size() ||
            !read_number(text.substr(0, first), change.step))
            return false;
        const auto at = parse_duration(text.substr(first + 1, second - first - 1));
        if (!at.ok() || at.value() < 0)
            return false;
        change.at = at.value();
        return read_change_kind(text[second + 1], text.substr(second + 2), change);
    }

    [[nodiscard]] bool read_change_kind(char letter,
                                        std::string_view rest,
                                        rt::LiveChange& change) const {
        switch (letter) {
            case 'p':
                change.kind = rt::ChangeKind::Procs;
                return read_number(rest, change.value) && change.value >= 1 &&
                       change.value <= kMaxProcs;
            case 'h':
                change.kind = rt::ChangeKind::Hold;
                return rest.empty();
            case 'r':
                change.kind = rt::ChangeKind::Release;
                return rest.empty();
            case 'x':
                change.kind = rt::ChangeKind::Stop;
                return rest.empty();
            case 'v':
                change.kind = rt::ChangeKind::Value;
                return read_value_change(rest, change);
            case '_':
                change.kind = rt::ChangeKind::Policy;
                return read_policy_change(rest, change);
            default:
                return false;
        }
    }

    [[nodiscard]] bool read_value_change(std::string_view text, rt::LiveChange& change) const {
        const std::size_t dash = std::min(text.find('-'), text.size());
        return read_number(text.substr(0, dash), change.index) &&
               change.index < plan_.values.size() && dash < text.size() &&
               read_number(text.substr(dash + 1), change.value);
    }

    static bool read_policy_change(std::string_view words, rt::LiveChange& change) {
        std::string text(words);
        std::replace(text.begin(), text.end(), '-', '=');
        const auto setting = catalog::parse_policy(text);
        if (!setting.ok())
            return false;
        change.index = static_cast<std::uint32_t>(setting.value().id);
        change.value = setting.value().value;
        return catalog::policy(setting.value().id).knob.takes == catalog::Takes::Live;
    }

    RunPlan& plan_;
    catalog::PolicyValues policies_ = catalog::standard_policies();
    bool has_procs_ = false;
    bool has_seed_ = false;
};

Status check_version(const Field& field) {
    int version = 0;
    if (field.text.substr(0, kPrefix.size()) != kPrefix ||
        !read_number(field.text.substr(kPrefix.size()), version))
        return Error{fmt::format("\"{}\" begins no replay token: they begin with {}{}",
                                 field.text,
                                 kPrefix,
                                 rt::kSchedulerVersion)};
    if (version != rt::kSchedulerVersion)
        return Error{fmt::format(
            "the replay token is of scheduler version {}, this golanes has version {}: the same "
            "seed would give another run",
            version,
            rt::kSchedulerVersion)};
    return Done{};
}

Result<RunPlan> read_fields(std::span<const Field> fields) {
    RunPlan plan;
    plan.entry = scenarios::find(fields[1].text);
    if (plan.entry == nullptr)
        return wrong(fields[1], "this version of golanes has no such scenario");
    if (plan.entry->scenario->real_only)
        return wrong(fields[1], "this scenario needs the real engine, which no token can repeat");
    for (const catalog::Parameter& parameter : plan.entry->scenario->parameters)
        plan.values.push_back(parameter.standard);
    plan.settings.is_virtual = true;
    FieldReader reader(plan);
    for (const Field& field : fields.subspan(2)) {
        if (auto read = reader.read(field); !read.ok())
            return read.error();
    }
    if (!reader.complete())
        return Error{"the replay token is cut: it names no number of Ps or no seed"};
    if (auto possible = catalog::check_policies(reader.policies(), true); !possible.ok())
        return possible.error();
    apply_policies(reader.policies(), plan.settings);
    return plan;
}

/// Why the check letters do not fit.
Error mistyped(std::string_view body, const Field& letters, const Result<RunPlan>& plan) {
    if (const auto typo = find_typo(body, letters.text))
        return {fmt::format("the replay token is mistyped at character {}: \"{}\" should be \"{}\"",
                            typo->at + 1,
                            body.substr(typo->at, typo->instead.size()),
                            typo->instead)};
    if (!plan.ok())
        return plan.error();
    return {fmt::format("the replay token is mistyped or cut: its last letters \"{}\" do not fit",
                        letters.text)};
}

}  // namespace

std::string replay_token(const RunPlan& plan) {
    if (!plan.settings.is_virtual || plan.entry == nullptr)
        return {};
    const rt::SchedulerOptions& scheduler = plan.settings.scheduler;
    std::string text = fmt::format(
        "{}{}.{}.p{}", kPrefix, rt::kSchedulerVersion, plan.entry->scenario->id, scheduler.procs);
    if (plan.settings.cpus > 0)
        text += fmt::format(".c{}", plan.settings.cpus);
    text += fmt::format(".s{}", scheduler.seed);
    if (plan.level == trace::Level::Full)
        text += ".full";
    append_values(plan, text);
    append_policies(plan, text);
    for (const rt::LiveChange& change : plan.settings.changes)
        text += "." + change_text(change);
    return text + "." + check_letters(text);
}

Result<RunPlan> read_replay_token(std::string_view text) {
    text = trimmed(text);
    if (const auto strange = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-");
        strange != std::string_view::npos)
        return Error{fmt::format(
            "the replay token is wrong at character {}: it has only a-z, 0-9, and . _ -",
            strange + 1)};
    const std::vector<Field> fields = split(text, '.');
    if (auto version = check_version(fields.front()); !version.ok())
        return version.error();
    const Field& letters = fields.back();
    if (fields.size() < 4 || letters.text.size() != kCheckLetters)
        return Error{"the replay token is cut: it ends with five check letters"};
    const std::string_view body = text.substr(0, letters.at - 1);
    auto plan = read_fields(std::span(fields).first(fields.size() - 1));
    if (check_letters(body) != letters.text)
        return mistyped(body, letters, plan);
    return plan;
}

}  // namespace golanes::app
