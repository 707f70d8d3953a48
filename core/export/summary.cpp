#include "core/export/summary.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/export/text.h"
#include "core/recording/format.h"
#include "core/trace/event.h"

namespace golanes::exporting {
namespace {

using trace::Event;
using trace::EventType;

bool names_goroutine(const Event& event) {
    return trace::info_of(event.type).a == "goroutine" && event.a != 0;
}

bool names_machine(const Event& event) {
    const auto meaning = trace::info_of(event.type).a;
    return (meaning == "M" || meaning == "from M") && event.a != 0;
}

/// Reads the events once.
class Counter {
 public:
    void count(const Event& event) {
        ++by_type_[static_cast<std::size_t>(event.type)];
        if (event.type == EventType::RunBegin)
            begin_run();
        if (event.type == EventType::RunEnd)
            status_ = static_cast<trace::RunStatus>(event.flags);
        if (event.type == EventType::ReplayToken)
            replay_ = event;
        if (event.type == EventType::ProcCount)
            procs_ = std::max({procs_, std::uint64_t{event.a}, event.arg});
        if (event.p != kNoProc)
            procs_ = std::max(procs_, std::uint64_t{event.p} + 1);
        if (names_goroutine(event))
            goroutines_.insert(trace::pack_pair(static_cast<std::uint32_t>(runs_), event.a));
        if (names_machine(event))
            machines_.insert(event.a);
        first_run_cut_ = first_run_cut_ || (runs_ == 0 && trace::is_goroutine_event(event.type));
    }

    void report(Summary& summary, const trace::Names& names) const {
        summary.replay = names.string(static_cast<StringId>(replay_.arg));
        summary.replay_run = replay_.a;
        for (std::size_t i = 0; i < by_type_.size(); ++i) {
            if (by_type_[i] != 0)
                summary.events_by_kind[kind_name(i)] = by_type_[i];
        }
        summary.runs = runs_ + (first_run_cut_ ? 1 : 0);
        summary.goroutines = goroutines_.size();
        summary.procs = std::max(procs_, summary.procs);
        summary.threads = machines_.size();
        summary.status = trace::run_status_text(status_);
    }

 private:
    static std::string kind_name(std::size_t number) {
        const trace::EventInfo& info = trace::info_of(static_cast<EventType>(number));
        return static_cast<std::size_t>(info.type) == number ? std::string(info.name)
                                                             : fmt::format("type#{}", number);
    }

    void begin_run() {
        ++runs_;
        status_ = trace::RunStatus::Running;
    }

    std::array<std::uint64_t, 256> by_type_{};
    std::unordered_set<std::uint64_t> goroutines_;  ///< (run, goroutine)
    std::unordered_set<MachineId> machines_;
    Event replay_;
    std::uint64_t runs_ = 0;
    std::uint64_t procs_ = 0;
    bool first_run_cut_ = false;  ///< Goroutines were there before any run began: shed, or lost.
    trace::RunStatus status_ = trace::RunStatus::Running;
};

using Row = std::pair<std::string_view, std::string>;

std::string run_words(const Summary& summary) {
    const recording::Meta& meta = summary.meta;
    return fmt::format("{}, {} engine, seed {}, level {}",
                       meta.scenario.empty() ? "(no scenario)" : meta.scenario,
                       meta.engine.empty() ? "unknown" : meta.engine,
                       meta.seed,
                       meta.level);
}

std::string missing_words(const recording::Honesty& honesty) {
    return fmt::format("{} lost, {} shed, {} clamped, {} unordered",
                       honesty.lost,
                       honesty.shed,
                       honesty.clamped,
                       honesty.unordered);
}

std::vector<Row> rows_of(const Summary& summary) {
    std::vector<Row> rows{
        {"source",
         fmt::format("{}, format version {}", summary.meta.source, recording::format::kVersion)},
        {"run", run_words(summary)}};
    if (!summary.meta.title.empty())
        rows.emplace_back("title", summary.meta.title);
    for (const recording::ParameterValue& parameter : summary.meta.parameters)
        rows.emplace_back("parameter", fmt::format("{} = {}", parameter.name, parameter.value));
    for (const recording::ParameterValue& policy : summary.meta.policies)
        rows.emplace_back("policy", fmt::format("{} = {}", policy.name, policy.value));
    for (const recording::OperationCost& cost : summary.meta.costs)
        rows.emplace_back("cost", fmt::format("{} = {} ns", cost.operation, cost.ns));
    if (!summary.meta.machine.empty())
        rows.emplace_back("machine",
                          fmt::format("{}, {} CPUs", summary.meta.machine, summary.meta.cpus));
    if (!summary.meta.started.empty())
        rows.emplace_back("started", summary.meta.started);
    rows.emplace_back("time",
                      fmt::format("{} ns to {} ns ({})",
                                  summary.start_ns,
                                  summary.end_ns,
                                  format_duration(summary.end_ns - summary.start_ns)));
    rows.emplace_back("runs", fmt::format("{}, the last: {}", summary.runs, summary.status));
    if (!summary.replay.empty())
        rows.emplace_back("replay", fmt::format("{} (run {})", summary.replay, summary.replay_run));
    rows.emplace_back("goroutines", fmt::format("{}", summary.goroutines));
    rows.emplace_back("Ps, threads", fmt::format("{}, {}", summary.procs, summary.threads));
    rows.emplace_back("events", fmt::format("{}", summary.events));
    rows.emplace_back("missing", missing_words(summary.honesty));
    for (const std::string& warning : summary.honesty.warnings)
        rows.emplace_back("warning", warning);
    return rows;
}

}  // namespace

Summary summarize(const recording::Snapshot& snapshot) {
    Summary summary;
    summary.meta = *snapshot.meta;
    summary.honesty = snapshot.honesty;
    summary.events = snapshot.event_count();
    summary.procs = static_cast<std::uint64_t>(std::max(0, snapshot.meta->procs));
    summary.start_ns = snapshot.start_ns();
    summary.end_ns = snapshot.end_ns();
    Counter counter;
    snapshot.for_each([&](const Event& event) { counter.count(event); });
    counter.report(summary, *snapshot.names);
    return summary;
}

std::string summary_text(const Summary& summary) {
    std::string text;
    for (const auto& [name, value] : rows_of(summary))
        text += fmt::format("{:<12} {}\n", name, one_line(value));
    std::vector<std::pair<std::string, std::uint64_t>> kinds(summary.events_by_kind.begin(),
                                                             summary.events_by_kind.end());
    std::stable_sort(kinds.begin(), kinds.end(), [](const auto& x, const auto& y) {
        return x.second > y.second;
    });
    for (const auto& [name, count] : kinds)
        text += fmt::format("  {:<16} {:>12}\n", name, count);
    return text;
}

std::string summary_json(const Summary& summary, const std::string& findings) {
    nlohmann::ordered_json parameters = nlohmann::ordered_json::object();
    for (const recording::ParameterValue& parameter : summary.meta.parameters)
        parameters[parameter.name] = parameter.value;
    nlohmann::ordered_json policies = nlohmann::ordered_json::object();
    for (const recording::ParameterValue& policy : summary.meta.policies)
        policies[policy.name] = policy.value;
    nlohmann::ordered_json costs = nlohmann::ordered_json::object();
    for (const recording::OperationCost& cost : summary.meta.costs)
        costs[cost.operation] = cost.ns;
    nlohmann::ordered_json json = {{"source", summary.meta.source},
                                   {"version", recording::format::kVersion},
                                   {"scenario", summary.meta.scenario},
                                   {"title", summary.meta.title},
                                   {"engine", summary.meta.engine},
                                   {"seed", summary.meta.seed},
                                   {"level", summary.meta.level},
                                   {"cpus", summary.meta.cpus},
                                   {"machine", summary.meta.machine},
                                   {"started", summary.meta.started},
                                   {"parameters", parameters},
                                   {"policies", policies},
                                   {"costs_ns", costs},
                                   {"replay", summary.replay},
                                   {"status", summary.status},
                                   {"runs", summary.runs},
                                   {"events", summary.events},
                                   {"events_by_kind", summary.events_by_kind},
                                   {"goroutines", summary.goroutines},
                                   {"procs", summary.procs},
                                   {"threads", summary.threads},
                                   {"start_ns", summary.start_ns},
                                   {"end_ns", summary.end_ns},
                                   {"lost", summary.honesty.lost},
                                   {"shed", summary.honesty.shed},
                                   {"clamped", summary.honesty.clamped},
                                   {"unordered", summary.honesty.unordered},
                                   {"warnings", summary.honesty.warnings}};
    if (!findings.empty())
        json["findings"] = nlohmann::ordered_json::parse(findings);
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace golanes::exporting
