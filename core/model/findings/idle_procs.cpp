// Goroutines stand in the global queue while Ps are idle: for so long that it is no matter of
// waking a thread up.
#include <algorithm>

#include <fmt/format.h>

#include "core/model/findings/find_all.h"

namespace golanes::model {
namespace {

constexpr DurationNs kLeastVirtual = 10 * kMillisecond;
constexpr DurationNs kLeastReal = 100 * kMillisecond;

struct Stretch {
    TimeNs start = 0;
    TimeNs end = 0;
    std::uint32_t most = 0;

    [[nodiscard]] DurationNs length() const { return end - start; }
};

// The stretches of at least `least` in which the global queue held somebody.
std::vector<Stretch> full_stretches(const RunPart& part, DurationNs least) {
    std::vector<Stretch> stretches;
    Stretch now;
    const auto close = [&](TimeNs end) {
        now.end = end;
        if (now.most > 0 && now.length() >= least)
            stretches.push_back(now);
    };
    for (const QueueLengthStep& step : part.timeline->queue_lengths(
             {trace::QueueKind::Global, 0}, part.run.begin, part.end_time())) {
        const TimeNs time = std::max(step.time, part.run.begin);
        if (step.length == 0)
            close(time);
        if (step.length == 0 || now.most == 0)
            now = {time, time, 0};
        now.most = std::max(now.most, step.length);
    }
    close(part.end_time());
    return stretches;
}

}  // namespace

void find_idle_procs(const RunPart& part, std::vector<Finding>& findings) {
    const DurationNs least = part.run.is_virtual ? kLeastVirtual : kLeastReal;
    for (const Stretch& full : full_stretches(part, least)) {
        int idle = 0;
        Stretch longest;
        for (const LaneId lane : part.timeline->lanes(LaneKind::Proc, full.start, full.end)) {
            bool was_idle = false;
            part.timeline->for_each_span(lane, full.start, full.end, [&](const Span& span) {
                const TimeNs start = std::max(span.start, full.start);
                const TimeNs end = std::min(span.end, full.end);
                if (span.state != State::Idle || end - start < least)
                    return;
                was_idle = true;
                if (end - start > longest.length())
                    longest = {start, end, full.most};
            });
            idle += was_idle ? 1 : 0;
        }
        if (idle == 0)
            continue;
        Finding finding;
        finding.kind = FindingKind::IdleProcs;
        finding.run = part.run.number;
        finding.from = longest.start;
        finding.to = longest.end;
        finding.words = {format_duration(longest.length()),
                         fmt::format("{}", full.most),
                         fmt::format("{}", idle)};
        findings.push_back(std::move(finding));
        return;  // one a run: the first
    }
}

}  // namespace golanes::model
