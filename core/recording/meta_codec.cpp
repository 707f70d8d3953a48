#include "core/recording/meta_codec.h"

#include <string_view>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace golanes::recording {
namespace {

using nlohmann::json;

json json_of(const std::vector<ParameterValue>& values) {
    json list = json::array();
    for (const ParameterValue& each : values)
        list.push_back({{"name", each.name}, {"value", each.value}});
    return list;
}

json json_of(const Meta& meta) {
    json costs = json::array();
    for (const OperationCost& cost : meta.costs)
        costs.push_back({{"operation", cost.operation}, {"ns", cost.ns}});
    return {{"source", meta.source},
            {"scenario", meta.scenario},
            {"title", meta.title},
            {"engine", meta.engine},
            {"seed", meta.seed},
            {"procs", meta.procs},
            {"cpus", meta.cpus},
            {"level", meta.level},
            {"machine", meta.machine},
            {"started", meta.started},
            {"parameters", json_of(meta.parameters)},
            {"policies", json_of(meta.policies)},
            {"costs", std::move(costs)}};
}

json json_of(const Honesty& honesty) {
    return {{"lost", honesty.lost},
            {"shed", honesty.shed},
            {"clamped", honesty.clamped},
            {"unordered", honesty.unordered},
            {"warnings", honesty.warnings}};
}

json event_table_json() {
    json table = json::array();
    for (const trace::EventInfo& info : trace::event_table())
        table.push_back({{"number", static_cast<int>(info.type)},
                         {"name", info.name},
                         {"a", info.a},
                         {"seq", info.seq},
                         {"flags", info.flags},
                         {"arg", info.arg},
                         {"meaning", info.meaning}});
    return table;
}

/// Takes values out of one JSON object and remembers the first key that was of the wrong kind.
class Fields {
 public:
    Fields(const json& object, std::string& wrong) : object_(object), wrong_(wrong) {}

    void take(const char* key, std::string& out) const {
        if (const json* value = find(key, &json::is_string))
            out = value->get_ref<const std::string&>();
    }

    void take(const char* key, std::uint64_t& out) const {
        if (const json* value = find(key, &json::is_number_unsigned))
            out = value->get<std::uint64_t>();
    }

    void take(const char* key, DurationNs& out) const {
        if (const json* value = find(key, &json::is_number_integer))
            out = value->get<DurationNs>();
    }

    void take(const char* key, int& out) const {
        const json* value = find(key, &json::is_number_integer);
        if (value == nullptr)
            return;
        const auto number = value->get<std::int64_t>();
        if (number < INT32_MIN || number > INT32_MAX)
            set_wrong(key);
        else
            out = static_cast<int>(number);
    }

    /// The array's elements; none when the key is missing.
    [[nodiscard]] json::array_t array(const char* key) const {
        const json* value = find(key, &json::is_array);
        return value == nullptr ? json::array_t() : value->get_ref<const json::array_t&>();
    }

    [[nodiscard]] json object(const char* key) const {
        const json* value = find(key, &json::is_object);
        return value == nullptr ? json::object() : *value;
    }

    void set_wrong(std::string_view key) const {
        if (wrong_.empty())
            wrong_ = key;
    }

 private:
    const json* find(const char* key, bool (json::*is_kind)() const noexcept) const {
        if (!object_.is_object()) {
            set_wrong(key);
            return nullptr;
        }
        const auto found = object_.find(key);
        if (found == object_.end())
            return nullptr;
        if (((*found).*is_kind)())
            return &*found;
        set_wrong(key);
        return nullptr;
    }

    const json& object_;
    std::string& wrong_;
};

std::vector<ParameterValue> values_of(const json::array_t& list, std::string& wrong) {
    std::vector<ParameterValue> values;
    for (const json& entry : list) {
        ParameterValue& value = values.emplace_back();
        const Fields fields(entry, wrong);
        fields.take("name", value.name);
        fields.take("value", value.value);
    }
    return values;
}

std::vector<OperationCost> costs_of(const json::array_t& list, std::string& wrong) {
    std::vector<OperationCost> costs;
    for (const json& entry : list) {
        OperationCost& cost = costs.emplace_back();
        const Fields fields(entry, wrong);
        fields.take("operation", cost.operation);
        fields.take("ns", cost.ns);
    }
    return costs;
}

Meta meta_of(const json& object, std::string& wrong) {
    Meta meta;
    const Fields fields(object, wrong);
    fields.take("source", meta.source);
    fields.take("scenario", meta.scenario);
    fields.take("title", meta.title);
    fields.take("engine", meta.engine);
    fields.take("seed", meta.seed);
    fields.take("procs", meta.procs);
    fields.take("cpus", meta.cpus);
    fields.take("level", meta.level);
    fields.take("machine", meta.machine);
    fields.take("started", meta.started);
    meta.parameters = values_of(fields.array("parameters"), wrong);
    meta.policies = values_of(fields.array("policies"), wrong);
    meta.costs = costs_of(fields.array("costs"), wrong);
    return meta;
}

Honesty honesty_of(const json& object, std::string& wrong) {
    Honesty honesty;
    const Fields fields(object, wrong);
    fields.take("lost", honesty.lost);
    fields.take("shed", honesty.shed);
    fields.take("clamped", honesty.clamped);
    fields.take("unordered", honesty.unordered);
    for (const json& warning : fields.array("warnings")) {
        if (warning.is_string())
            honesty.warnings.push_back(warning.get<std::string>());
        else
            fields.set_wrong("warnings");
    }
    return honesty;
}

/// Numbers may move between versions of the vocabulary; names do not. So names decide. An unknown
/// type whose number means something else here moves out of the way, from 255 down.
TypeMap type_map_of(const json::array_t& table, std::string& wrong) {
    TypeMap map;
    for (std::size_t i = 0; i < map.size(); ++i)
        map[i] = static_cast<trace::EventType>(i);
    std::uint8_t next_free = 255;
    for (const json& entry : table) {
        int number = -1;
        std::string name;
        const Fields fields(entry, wrong);
        fields.take("number", number);
        fields.take("name", name);
        if (number < 0 || number > 255)
            continue;
        const auto known = trace::event_type_named(name);
        if (known)
            map[static_cast<std::size_t>(number)] = *known;
        else if (number > 0 && number < trace::kEventTypeCount &&
                 next_free >= trace::kEventTypeCount)
            map[static_cast<std::size_t>(number)] = static_cast<trace::EventType>(next_free--);
    }
    return map;
}

}  // namespace

Bytes encode_meta(const Meta& meta, const Honesty& honesty) {
    const json root = {{"meta", json_of(meta)},
                       {"honesty", json_of(honesty)},
                       {"event_types", event_table_json()}};
    const std::string text = root.dump(-1, ' ', false, json::error_handler_t::replace);
    return {text.begin(), text.end()};
}

Result<MetaSection> decode_meta(ByteView payload) {
    const json root = json::parse(payload.begin(), payload.end(), nullptr, false);
    if (!root.is_object())
        return Error{"its text is not a JSON object"};
    std::string wrong;
    const Fields fields(root, wrong);
    MetaSection section{.meta = meta_of(fields.object("meta"), wrong),
                        .honesty = honesty_of(fields.object("honesty"), wrong),
                        .types = type_map_of(fields.array("event_types"), wrong)};
    if (!wrong.empty())
        return Error{fmt::format("\"{}\" in its JSON is of the wrong kind", wrong)};
    return section;
}

}  // namespace golanes::recording
