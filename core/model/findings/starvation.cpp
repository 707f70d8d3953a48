// Starvation: a goroutine is runnable for longer than a fair scheduler would let it wait. Fair is
// one time slice for each goroutine that stands before it, with room for what a machine adds. Time
// in which the world was stopped, or Ps had no CPU, does not count.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/model/findings/find_all.h"

namespace golanes::model {
namespace {

using trace::Event;
using trace::EventType;

constexpr DurationNs kSlice = 10 * kMillisecond;
constexpr int kPatience = 4;     ///< Fair waits.
constexpr int kRealMachine = 5;  ///< More of them where other programs run, too.
constexpr DurationNs kShortest = 50 * kMillisecond;

struct Clock {
    TimeNs time = 0;
    DurationNs excused = 0;
    std::uint64_t starts = 0;
};

struct Hunger {
    Clock since;
    std::uint64_t event = 0;
};

class Hunt {
 public:
    explicit Hunt(const RunPart& part) : part_(part) {
        for (const auto& policy : part.timeline->recording().meta->policies) {
            const auto slice = parse_duration(policy.value);
            if (policy.name == "slice" && slice.ok())
                slice_ = std::max(slice_, slice.value());
        }
    }

    void read(const Event& event, std::uint64_t number) {
        now_.time = static_cast<TimeNs>(event.time);
        switch (event.type) {
            case EventType::GoCreate:
            case EventType::GoStop:
            case EventType::GoUnblock:
                hungry_[event.a] = {now_, number};
                crowd_ = std::max(crowd_, hungry_.size());
                break;
            case EventType::GoStart:
                feed(event.a, number);
                ++now_.starts;
                break;
            case EventType::WorldStop:
                stopped_since_ = now_.time;
                break;
            case EventType::WorldStart:
                now_.excused += now_.time - stopped_since_;
                break;
            case EventType::OffCpu:
                now_.excused += static_cast<DurationNs>(event.arg);
                break;
            default:
                break;
        }
    }

    // Those who are runnable when the run ends have waited until then.
    void end(std::uint64_t number) {
        while (!hungry_.empty())
            feed(hungry_.begin()->first, number);
    }

    [[nodiscard]] const std::vector<Finding>& worst() const { return found_; }

 private:
    void feed(GoroutineId goroutine, std::uint64_t number) {
        const auto at = hungry_.find(goroutine);
        if (at == hungry_.end())
            return;
        const Hunger hunger = at->second;
        hungry_.erase(at);
        const DurationNs length =
            now_.time - hunger.since.time - (now_.excused - hunger.since.excused);
        if (length > bound())
            report(goroutine, hunger, number);
    }

    [[nodiscard]] DurationNs bound() const {
        const int procs = std::max(1, part_.timeline->procs_at(now_.time));
        const auto turns = static_cast<DurationNs>(crowd_) / procs + 1;
        const int patience = part_.run.is_virtual ? kPatience : kPatience * kRealMachine;
        return std::max(kShortest * (part_.run.is_virtual ? 1 : kRealMachine),
                        slice_ * turns * patience);
    }

    // One finding a goroutine: its longest.
    void report(GoroutineId goroutine, const Hunger& hunger, std::uint64_t number) {
        Finding finding;
        finding.kind = FindingKind::Starvation;
        finding.run = part_.run.number;
        finding.from = hunger.since.time;
        finding.to = now_.time;
        finding.goroutines = {goroutine};
        finding.events = {hunger.event, number};
        finding.words = {part_.timeline->goroutine_name(part_.run.number, goroutine),
                         format_duration(finding.to - finding.from),
                         fmt::format("{}", now_.starts - hunger.since.starts)};
        finding.key = finding.words[0];
        const auto known = std::find_if(found_.begin(), found_.end(), [&](const Finding& one) {
            return one.goroutines == finding.goroutines;
        });
        if (known == found_.end())
            found_.push_back(std::move(finding));
        else if (known->to - known->from < finding.to - finding.from)
            *known = std::move(finding);
    }

    const RunPart& part_;
    DurationNs slice_ = kSlice;
    Clock now_;
    TimeNs stopped_since_ = 0;
    std::size_t crowd_ = 0;  ///< The most that were runnable at once.
    std::map<GoroutineId, Hunger> hungry_;
    std::vector<Finding> found_;
};

}  // namespace

void find_starvation(const RunPart& part, std::vector<Finding>& findings) {
    if (!part.is_whole)
        return;
    Hunt hunt(part);
    part.for_each([&](const Event& event, std::uint64_t number) { hunt.read(event, number); });
    hunt.end(part.end - 1);
    findings.insert(findings.end(), hunt.worst().begin(), hunt.worst().end());
}

}  // namespace golanes::model
