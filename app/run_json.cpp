#include "app/run_json.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/run_policies.h"
#include "core/base/headline.h"

namespace golanes::app {
namespace {

using Json = nlohmann::ordered_json;

// The last whole run of the recording: what the numbers are about.
model::Statistics last_run_statistics(const model::Timeline& timeline, TimeNs& end) {
    const auto runs = timeline.runs();
    if (runs.empty())
        return {};
    const model::RunInfo* run = &runs.back();
    if (run->status == trace::RunStatus::Timeout && runs.size() > 1)
        run = &runs[runs.size() - 2];
    end = run->end < 0 ? timeline.end() : run->end;
    return model::statistics(timeline, run->begin, end + 1);
}

Json outcome_json(const rt::Outcome& outcome) {
    if (const auto* number = std::get_if<std::int64_t>(&outcome))
        return *number;
    if (const auto* text = std::get_if<std::string>(&outcome))
        return *text;
    return nullptr;
}

std::string outcome_text(const rt::Outcome& outcome) {
    if (const auto* number = std::get_if<std::int64_t>(&outcome))
        return fmt::format("{}", *number);
    if (const auto* text = std::get_if<std::string>(&outcome))
        return *text;
    return "none reported";
}

Json checks_json(const std::vector<rt::CheckResult>& checks) {
    Json list = Json::array();
    for (const rt::CheckResult& check : checks)
        list.push_back(Json{{"what", check.what}, {"holds", check.holds}});
    return list;
}

Json policies_json(const rt::RunSettings& settings) {
    Json json = Json::object();
    const catalog::PolicyValues values = policies_of(settings);
    for (const catalog::Policy& policy : catalog::policies())
        json[std::string(policy.knob.name)] =
            catalog::value_text(policy.knob, values[static_cast<std::size_t>(policy.id)]);
    return json;
}

// The moment just before the end of the run, when the goroutines still stood where they waited.
std::vector<std::string> who_waits(const model::Timeline& timeline) {
    const auto runs = timeline.runs();
    if (runs.empty())
        return {};
    const TimeNs end = runs.back().end < 0 ? timeline.end() : runs.back().end;
    for (const model::Mark& mark : timeline.marks(runs.back().begin, end)) {
        if (mark.kind == model::MarkKind::WorldStop &&
            mark.value == static_cast<std::uint64_t>(trace::StopWorldReason::Ending))
            return model::waiting_sentences(timeline, mark.time);
    }
    return model::waiting_sentences(timeline, end - 1);
}

}  // namespace

bool ended_as_expected(const RunPlan& plan, const rt::RunReport& report) {
    using trace::RunStatus;
    if (report.status == RunStatus::Ok || report.status == RunStatus::Stopped ||
        report.status == RunStatus::Timeout)
        return true;
    const catalog::Expects expects =
        catalog::expectation(*plan.entry->scenario, plan.values, policies_of(plan.settings));
    return (report.status == RunStatus::Deadlock && expects == catalog::Expects::Deadlock) ||
           (report.status == RunStatus::Panic && expects == catalog::Expects::Panic) ||
           (report.status == RunStatus::Starved && expects == catalog::Expects::Starvation);
}

std::string run_json(const RunFacts& facts) {
    const RunPlan& plan = *facts.plan;
    const recording::Snapshot& recording = facts.timeline.recording();
    TimeNs end = 0;
    const model::Statistics statistics = last_run_statistics(facts.timeline, end);
    Json json;
    json["status"] = trace::run_status_text(facts.report.last.status);
    json["scenario"] = plan.entry->scenario->id;
    json["engine"] = plan.settings.is_virtual ? "virtual" : "real";
    json["procs"] = plan.settings.scheduler.procs;
    json["cpus"] = recording.meta->cpus;
    json["seed"] = plan.settings.scheduler.seed;
    json["level"] = recording.meta->level;
    json["wall_ns"] = statistics.wall_ns;
    json["cpu_ns"] = statistics.cpu_ns;
    json["off_cpu_ns"] = statistics.off_cpu_ns;
    json["overlap_ns"] = statistics.overlap_ns;
    json["max_running"] = statistics.max_running;
    json["parallelism"] = statistics.parallelism;
    json["events"] = recording.event_count() + recording.honesty.shed;
    json["lost"] = recording.honesty.lost;
    json["violations"] = facts.timeline.violations();
    json["goroutines"] = facts.report.last.goroutines;
    json["dropped_goroutines"] = facts.report.last.drops.all;
    json["runs"] = facts.report.runs;
    json["outcome"] = outcome_json(facts.report.last.outcome);
    json["checks"] = checks_json(facts.report.last.checks);
    if (!facts.report.last.message.empty())
        json["message"] = facts.report.last.message;
    if (facts.report.last.status == trace::RunStatus::Deadlock)
        json["waiting"] = who_waits(facts.timeline);
    json["policies"] = policies_json(plan.settings);
    json["replay"] = facts.report.replay.empty() ? Json(nullptr) : Json(facts.report.replay);
    return json.dump();
}

std::pair<std::string, std::string> crash_json(const RunPlan& plan) {
    Json json;
    json["status"] = trace::run_status_text(trace::RunStatus::Crashed);
    json["scenario"] = plan.entry->scenario->id;
    json["engine"] = plan.settings.is_virtual ? "virtual" : "real";
    json["procs"] = plan.settings.scheduler.procs;
    json["cpus"] = meta_of(plan).cpus;
    json["seed"] = plan.settings.scheduler.seed;
    json["level"] = plan.level == trace::Level::Full ? "full" : "scheduler";
    for (const char* unknown : {"wall_ns",
                                "cpu_ns",
                                "max_running",
                                "parallelism",
                                "events",
                                "lost",
                                "goroutines",
                                "outcome",
                                "replay"})
        json[unknown] = nullptr;
    json["checks"] = Json::array();
    json["message"] = "@";
    const std::string text = json.dump();
    const auto at = text.rfind('@');
    return {text.substr(0, at), text.substr(at + 1) + "\n"};
}

std::string run_text(const RunFacts& facts) {
    const RunPlan& plan = *facts.plan;
    const recording::Snapshot& recording = facts.timeline.recording();
    TimeNs end = 0;
    const model::Statistics statistics = last_run_statistics(facts.timeline, end);
    std::string text = fmt::format(
        "{}: {}\n", plan.entry->scenario->id, trace::run_status_text(facts.report.last.status));
    if (!facts.report.last.message.empty())
        text += std::string(headline(facts.report.last.message)) + "\n";
    if (facts.report.last.status == trace::RunStatus::Deadlock) {
        for (const std::string& sentence : who_waits(facts.timeline))
            text += "  " + sentence + "\n";
    }
    text += fmt::format("  outcome      {}\n", outcome_text(facts.report.last.outcome));
    text += fmt::format("  engine       {}, P = {}, {} cores, seed {}\n",
                        plan.settings.is_virtual ? "virtual" : "real",
                        plan.settings.scheduler.procs,
                        recording.meta->cpus,
                        plan.settings.scheduler.seed);
    text += fmt::format(
        "  wall time    {}\n  CPU time     {} (parallelism {:.2f}, at most {} running at once)\n",
        format_duration(statistics.wall_ns),
        format_duration(statistics.cpu_ns),
        statistics.parallelism,
        statistics.max_running);
    text += fmt::format("  goroutines   {}, switches {}, steals {}, preemptions {}\n",
                        facts.report.last.goroutines,
                        statistics.switches,
                        statistics.steals,
                        statistics.preemptions);
    text += fmt::format("  recorded     {} events, {} lost, {} run{}\n",
                        recording.event_count() + recording.honesty.shed,
                        recording.honesty.lost,
                        facts.report.runs,
                        facts.report.runs == 1 ? "" : "s");
    const auto changed = catalog::changed_policies(policies_of(plan.settings));
    if (!changed.empty())
        text += fmt::format("  policies     {}\n", fmt::join(changed, " "));
    if (!facts.report.replay.empty())
        text += fmt::format("  replay       {}\n", facts.report.replay);
    return text;
}

}  // namespace golanes::app
