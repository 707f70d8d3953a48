#include "app/trials.h"

#include <algorithm>
#include <charconv>

#include "app/child_run.h"
#include "core/base/clock.h"

namespace golanes::app {
namespace {

/// Few: nobody reads what a trial records, and what has no room is dropped.
constexpr std::uint32_t kRingEvents = 1U << 10;

std::string result_text(const rt::RunReport& report) {
    if (report.status != trace::RunStatus::Ok)
        return std::string(trace::run_status_text(report.status));
    if (const auto* number = std::get_if<std::int64_t>(&report.outcome))
        return std::to_string(*number);
    if (const auto* text = std::get_if<std::string>(&report.outcome))
        return *text;
    return "none reported";
}

std::optional<std::int64_t> number_of(const std::string& text) {
    std::int64_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end || text.empty())
        return std::nullopt;
    return number;
}

bool comes_before(const std::string& a, const std::string& b) {
    const auto x = number_of(a);
    const auto y = number_of(b);
    if (x && y)
        return *x < *y;
    return x.has_value() != y.has_value() ? x.has_value() : a < b;
}

Result<std::optional<LoopReport>> run_trial(const RunPlan& plan) {
    trace::RegionOptions options;
    options.ring_events = kRingEvents;
    const TickClock clock = plan.settings.is_virtual ? TickClock{} : process_tick_clock();
    auto region = trace::RunRegion::create_shared(options, clock);
    if (!region.ok())
        return region.error();
    store_values(plan, region->control());
    auto child = ChildRun::start(plan, region.value(), {});
    if (!child.ok())
        return child.error();
    return child->wait();
}

}  // namespace

TrialTally::TrialTally(const RunPlan& plan) {
    group_.procs = plan.settings.scheduler.procs;
    group_.is_virtual = plan.settings.is_virtual;
}

void TrialTally::add(const std::optional<LoopReport>& report, std::uint64_t seed) {
    const std::string result = report ? result_text(report->last) : "crashed";
    ++group_.trials;
    if (const auto number = number_of(result)) {
        sum_ += static_cast<double>(*number);
        group_.mean = sum_ / ++numbers_;
    }
    const auto bin = std::lower_bound(group_.bins.begin(),
                                      group_.bins.end(),
                                      result,
                                      [](const ResultBin& one, const std::string& text) {
                                          return comes_before(one.result, text);
                                      });
    if (bin != group_.bins.end() && bin->result == result)
        ++bin->count;
    else
        group_.bins.insert(bin, {result, 1, seed, report ? report->replay : std::string()});
}

Result<TrialGroup> run_trials(const RunPlan& plan,
                              std::uint32_t count,
                              const std::function<bool(const TrialGroup&)>& goes_on) {
    RunPlan trial = plan;
    trial.duration = -1;
    TrialTally tally(trial);
    for (std::uint32_t i = 0; i < count; ++i) {
        trial.settings.scheduler.seed = plan.settings.scheduler.seed + i;
        auto report = run_trial(trial);
        if (!report.ok())
            return report.error();
        tally.add(report.value(), trial.settings.scheduler.seed);
        if (!goes_on(tally.group()))
            break;
    }
    return tally.group();
}

}  // namespace golanes::app
