// A ring of goroutines each of which waits for a lock that the next one holds: as it stood when the
// run ended so, or for good while others went on.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/model/findings/find_all.h"
#include "core/model/wait_chain.h"
#include "core/model/words.h"

namespace golanes::model {
namespace {

Finding finding_of(const RunPart& part, const std::vector<WaitEdge>& ring) {
    const Timeline& timeline = *part.timeline;
    const std::uint32_t run = part.run.number;
    Finding finding;
    finding.kind = FindingKind::Deadlock;
    finding.run = run;
    finding.to = part.end_time();
    std::vector<std::string> names;
    for (const WaitEdge& edge : ring) {
        names.push_back(timeline.goroutine_name(run, edge.waiter));
        finding.goroutines.push_back(edge.waiter);
        finding.from = std::max(finding.from, edge.since);
        finding.report += fmt::format("{} waits in {} for {}, {} by {}, {}\n",
                                      names.back(),
                                      trace::wait_reason_text(edge.reason),
                                      object_name(timeline, run, edge.object),
                                      edge.cause == WaitCause::Holds ? "held" : "wanted",
                                      timeline.goroutine_name(run, edge.on),
                                      place_text(timeline, edge.where));
    }
    finding.object = ring.front().object;
    finding.words = {fmt::format("{}", fmt::join(names, ", "))};
    finding.key = finding.words[0];
    return finding;
}

}  // namespace

void find_deadlock(const RunPart& part, std::vector<Finding>& findings) {
    bool has_lock_waits = false;
    part.for_each([&](const trace::Event& event, std::uint64_t) {
        has_lock_waits = has_lock_waits || event.type == trace::EventType::LockContend;
    });
    if (!has_lock_waits || part.run.end < 0 || !part.is_whole)
        return;
    for (const auto& ring : deadlock_cycles(*part.timeline, part.run.end))
        findings.push_back(finding_of(part, ring));
}

}  // namespace golanes::model
