#include "core/model/run_comparison.h"

#include <algorithm>

#include "core/model/statistics.h"

namespace golanes::model {
namespace {

bool did_its_work(trace::RunStatus status) {
    return status == trace::RunStatus::Ok || status == trace::RunStatus::CheckFailed;
}

bool was_ended(trace::RunStatus status) {
    return status == trace::RunStatus::Stopped || status == trace::RunStatus::Timeout;
}

}  // namespace

RunCost cost_of(const Timeline& timeline, const RunInfo& run) {
    const TimeNs end = run.end >= 0 ? run.end : timeline.end();
    const Statistics sums = statistics(timeline, run.begin, end);
    return {.wall_ns = end - run.begin,
            .cpu_ns = sums.cpu_ns,
            .max_running = sums.max_running,
            .is_whole = run.end >= 0 && did_its_work(run.status)};
}

std::optional<double> speed_up(const RunCost& first, const RunCost& second) {
    if (!first.is_whole || !second.is_whole || first.wall_ns <= 0 || second.wall_ns <= 0)
        return std::nullopt;
    return static_cast<double>(first.wall_ns) / static_cast<double>(second.wall_ns);
}

const RunInfo* last_ended_run(const Timeline& timeline) {
    const auto runs = timeline.runs();
    const auto last = std::find_if(runs.rbegin(), runs.rend(), [](const RunInfo& run) {
        return run.end >= 0 && !was_ended(run.status);
    });
    return last == runs.rend() ? nullptr : &*last;
}

const RunInfo* run_numbered(const Timeline& timeline, std::uint32_t number) {
    const auto runs = timeline.runs();
    const auto found = std::ranges::find(runs, number, &RunInfo::number);
    return found == runs.end() ? nullptr : &*found;
}

}  // namespace golanes::model
