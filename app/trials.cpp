#include "app/trials.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "app/child_run.h"
#include "app/recorder.h"
#include "core/base/clock.h"
#include "core/recording/file.h"

namespace golanes::app {
namespace {

/// Few: mostly nobody reads what a trial records, and what has no room is dropped.
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

struct Trial {
    std::optional<LoopReport> report;
    recording::Snapshot recording;  ///< Empty: it was not recorded.
};

Result<Trial> run_trial(const RunPlan& plan, bool records) {
    trace::RegionOptions options;
    if (!records)
        options.ring_events = kRingEvents;
    const TickClock clock = plan.settings.is_virtual ? TickClock{} : process_tick_clock();
    auto region = trace::RunRegion::create_shared(options, clock);
    if (!region.ok())
        return region.error();
    store_values(plan, region->control());
    Recorder recorder(region.value(), meta_of(plan), {.builds_timeline = false});
    auto child = ChildRun::start(plan, region.value(), {});
    if (!child.ok())
        return child.error();
    if (!records)
        return Trial{child->wait(), {}};
    recorder.start();
    auto report = child->wait();
    recorder.stop();
    return Trial{std::move(report), recorder.snapshot()};
}

// Names the file in the bin.
Status keep_trial(const RunPlan& plan,
                  const Trial& trial,
                  const std::string& folder,
                  std::size_t number,
                  ResultBin& bin) {
    bin.recording = fmt::format("{}/{}-p{}-{}.golanes",
                                folder,
                                plan.entry->scenario->id,
                                plan.settings.scheduler.procs,
                                number);
    return recording::save(trial.recording, bin.recording, recording::Overwrite::Yes);
}

}  // namespace

TrialTally::TrialTally(const RunPlan& plan) {
    group_.procs = plan.settings.scheduler.procs;
    group_.is_virtual = plan.settings.is_virtual;
}

ResultBin& TrialTally::add(const std::optional<LoopReport>& report, std::uint64_t seed) {
    const std::string result = report ? result_text(report->last) : "crashed";
    ++group_.trials;
    if (const auto number = number_of(result)) {
        sum_ += static_cast<double>(*number);
        group_.mean = sum_ / ++numbers_;
    }
    auto bin = std::lower_bound(group_.bins.begin(),
                                group_.bins.end(),
                                result,
                                [](const ResultBin& one, const std::string& text) {
                                    return comes_before(one.result, text);
                                });
    if (bin != group_.bins.end() && bin->result == result)
        ++bin->count;
    else
        bin =
            group_.bins.insert(bin, {result, 1, seed, report ? report->replay : std::string(), {}});
    return *bin;
}

Result<TrialGroup> run_trials(const RunPlan& plan,
                              std::uint32_t count,
                              const std::function<bool(const TrialGroup&)>& goes_on,
                              const std::string& keep) {
    RunPlan tried = plan;
    tried.duration = -1;
    const bool keeps = !keep.empty() && !plan.settings.is_virtual;
    TrialTally tally(tried);
    for (std::uint32_t i = 0; i < count; ++i) {
        tried.settings.scheduler.seed = plan.settings.scheduler.seed + i;
        const auto trial = run_trial(tried, keeps);
        if (!trial.ok())
            return trial.error();
        ResultBin& bin = tally.add(trial->report, tried.settings.scheduler.seed);
        if (keeps && bin.count == 1) {
            const Status kept =
                keep_trial(tried, trial.value(), keep, tally.group().bins.size(), bin);
            if (!kept.ok())
                return kept.error();
        }
        if (!goes_on(tally.group()))
            break;
    }
    return tally.group();
}

}  // namespace golanes::app
