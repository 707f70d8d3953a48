// What keeps a program from using its Ps: its own order (serialised), or too few CPUs
// (oversubscription).
#include <algorithm>

#include <fmt/format.h>

#include "core/model/findings/find_all.h"
#include "core/model/statistics.h"

namespace golanes::model {
namespace {

constexpr DurationNs kLeastVirtual = 5 * kMillisecond;
constexpr DurationNs kLeastReal = 50 * kMillisecond;

struct Facts {
    Statistics statistics;
    int least_procs = 0;
    int least_cpus = 0;
};

Facts facts_of(const RunPart& part) {
    const Timeline& timeline = *part.timeline;
    Facts facts;
    facts.statistics = statistics(timeline, part.run.begin, part.end_time());
    facts.least_procs = timeline.procs_at(part.run.begin);
    facts.least_cpus = timeline.cpus_at(part.run.begin);
    for (const CountStep& step : timeline.proc_counts()) {
        if (step.time > part.run.begin && step.time < part.end_time())
            facts.least_procs = std::min(facts.least_procs, step.count);
    }
    return facts;
}

Finding about(const RunPart& part, FindingKind kind) {
    Finding finding;
    finding.kind = kind;
    finding.run = part.run.number;
    finding.from = part.run.begin;
    finding.to = part.end_time();
    return finding;
}

}  // namespace

// Several goroutines compute, one after another: each waits for what another does. Not where they
// stood in queues (then it is the scheduler's matter), and not on one P or CPU.
void find_serialised(const RunPart& part, std::vector<Finding>& findings) {
    const Facts facts = facts_of(part);
    const Statistics& s = facts.statistics;
    const DurationNs least = part.run.is_virtual ? kLeastVirtual : kLeastReal;
    if (facts.least_procs < 2 || facts.least_cpus < 2 || s.cpu_ns < least ||
        s.cpu_ns < s.wall_ns / 5 * 4 || s.overlap_ns > s.cpu_ns / 50 ||
        s.off_cpu_ns > s.cpu_ns / 20)
        return;
    Finding finding = about(part, FindingKind::Serialised);
    DurationNs runnable = 0;
    for (const GoroutineInfo& goroutine : part.timeline->goroutines(part.run.number)) {
        runnable += goroutine.runnable_ns;
        if (goroutine.run_ns >= s.cpu_ns / 10)
            finding.goroutines.push_back(goroutine.id);
    }
    if (runnable > s.cpu_ns / 10 || finding.goroutines.size() < 2)
        return;
    finding.words = {fmt::format("{}", finding.goroutines.size()),
                     format_duration(s.cpu_ns),
                     fmt::format("{}", facts.least_procs)};
    findings.push_back(std::move(finding));
}

void find_oversubscription(const RunPart& part, std::vector<Finding>& findings) {
    const Facts facts = facts_of(part);
    const Statistics& s = facts.statistics;
    const DurationNs busy = s.cpu_ns + s.off_cpu_ns;
    if (facts.least_cpus <= 0 || facts.least_procs <= facts.least_cpus ||
        s.off_cpu_ns < kLeastVirtual || s.off_cpu_ns < busy / 5)
        return;
    Finding finding = about(part, FindingKind::Oversubscription);
    finding.words = {fmt::format("{}", facts.least_procs),
                     fmt::format("{}", facts.least_cpus),
                     fmt::format("{}%", s.off_cpu_ns * 100 / busy)};
    findings.push_back(std::move(finding));
}

}  // namespace golanes::model
